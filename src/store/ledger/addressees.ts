import { type Database, type Sql, sql } from '../database.ts';

/**
 * The readers who had mail at an address: a digest goes to its reader's own, and whoever moves to
 * another is told so at the one that they leave. An address that was imported, and not hashed yet,
 * is known to who has it in clear.
 */
export async function listReadersAt(db: Database, addressHash: string): Promise<number[]> {
  const readers = await db.rows<{ id: number }>(sql`
    select n.subscriber_id as id from public.delivery n
      where n.kind = 'notice' and n.address_hash = ${addressHash} and n.subscriber_id is not null
    union select d.subscriber_id from public.feedback f join public.delivery d on d.id = f.delivery_id
      where f.address_hash = ${addressHash} and d.subscriber_id is not null
    union select r.id from public.subscriber r where r.address_hash = ${addressHash}`);
  return readers.map(({ id }) => id);
}

/** Holds for a delivery `d` to an address that these readers have or had; notices go to anybody's. */
export function isTo(addressHash: string, readers: readonly number[]): Sql {
  return sql`(d.address_hash = ${addressHash} and d.kind = 'notice'
    or d.address_hash = ${addressHash} and d.subscriber_id = any(${readers}::bigint[]))`;
}
