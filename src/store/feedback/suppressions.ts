import type { SuppressionReason } from '../../core/reader/sign-up.ts';
import { type Database, sql } from '../database.ts';

/** A suppression as it is listed. */
export interface ListedSuppression {
  readonly hash: string;
  readonly reason: SuppressionReason;
  readonly note: string | null;
  readonly at: Date;
  readonly deliveryId: number | null;
}

/** Standing orders not to mail an address, known by its keyed hash alone. */
export function createSuppressionStore(db: Database) {
  return {
    /** The newest first, of one reason or of all; at `before` itself, those whose hash comes after `past`. */
    list: (page: { reason: SuppressionReason | null; most: number; before: Date; past?: string }) =>
      db.rows<ListedSuppression>(sql`select address_hash as hash, reason, note, at,
          delivery_id as "deliveryId" from public.suppression
        where (${page.reason}::text is null or reason = ${page.reason})
          and (at < ${page.before} or (at = ${page.before} and address_hash > ${page.past ?? null}))
        order by at desc, address_hash limit ${page.most}`),
    /** Suppresses an address that bounced; a graver reason stays. */
    insertBounced: (bounced: {
      addressHash: string;
      note: string | null;
      at: Date;
      deliveryId: number;
    }) =>
      db.rows(sql`insert into public.suppression (address_hash, reason, note, at, delivery_id)
        values (${bounced.addressHash}, 'bounce', ${bounced.note}, ${bounced.at},
          ${bounced.deliveryId})
        on conflict (address_hash) do nothing`),
    /** Takes it back, and the bounces that led to it out of the score; false where there is none. */
    async remove(addressHash: string): Promise<boolean> {
      const removed = await db.rows(sql`delete from public.suppression
        where address_hash = ${addressHash} returning address_hash`);
      if (removed.length === 0) return false;
      await db.rows(sql`update public.feedback set counts = false
        where address_hash = ${addressHash}`);
      return true;
    },
  };
}
