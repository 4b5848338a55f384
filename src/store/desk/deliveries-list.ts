import type { DeliveryFilter } from '../../core/letter/delivery-filter.ts';
import { type Database, empty, findRow, raw, type Sql, sql } from '../database.ts';
import { listReadersAt } from '../ledger/addressees.ts';
import { goingEditions, opened } from '../ledger/pauses.ts';
import { matches } from './filter.ts';

/** So many deliveries one page looks at where no index knows what is asked for. */
const MOST_LOOKED_AT = 20_000;

/** Whose mail a list is about, where it is somebody's. */
export interface Addressee {
  /** In lower case. */
  readonly address: string;
  readonly addressHash: string;
  /** The reader who has this address now; absent where nobody has. */
  readonly subscriberId: number | undefined;
}

/** What a list of deliveries shows. */
export interface ListFilter extends DeliveryFilter {
  readonly to?: Addressee | undefined;
}

/** A page of a list, the newest first, and the delivery that looking ended at; absent where it came to the end of all or of the page. */
export interface FoundIds {
  readonly ids: readonly number[];
  readonly reachedId?: number;
}

/** The name under which a statement has what it found: its one column is `id`. */
const found = sql`found`;

/** Finds what a page shows, by what is rarest of what is asked for. */
export async function findIds(
  db: Database,
  filter: ListFilter,
  page: { beforeId?: number | undefined; most: number },
): Promise<FoundIds> {
  const isBefore = page.beforeId === undefined ? empty : sql`and d.id < ${page.beforeId}`;
  const among = async (withFound: Sql): Promise<FoundIds> => {
    const rows = await db.rows<{ id: number }>(sql`${withFound}
      select f.id from ${found} f order by f.id desc limit ${page.most}`);
    return { ids: rows.map(({ id }) => id) };
  };
  const { to, editionId, subscriberId, state } = filter;
  if (to || subscriberId !== undefined || editionId !== undefined) {
    const isTheirs = to ? sql`and ${await isAt(db, to)}` : empty;
    // Lest the database walks through all others in the order of the list.
    return among(sql`with found as materialized (select d.id from public.delivery d
      where ${matches(filter)} ${isTheirs} ${isBefore})`);
  }
  if (state === 'ready' || state === 'deferred') return among(findWaiting(filter, isBefore));
  return walk(db, filter, { isBefore, most: page.most });
}

/** Mail to a reader went to their own address, and notices to anybody's. */
async function isAt(
  db: Database,
  { address, addressHash, subscriberId = 0 }: Addressee,
): Promise<Sql> {
  const readers = [...(await listReadersAt(db, addressHash)), subscriberId];
  return sql`(d.address_hash = ${addressHash} and d.kind = 'notice'
    or lower(d.address) = ${address} and d.subscriber_id = any(${readers}::bigint[]))`;
}

/** What waits, by the few editions that have anything open. */
function findWaiting(filter: ListFilter, isBefore: Sql): Sql {
  return sql`with recursive ${goingEditions}, found as materialized (
    select w.id from (select o.edition_id from ${opened} o where o.edition_id is not null) o
      cross join lateral (select d.id from public.delivery d
        where d.edition_id = o.edition_id and ${matches(filter)} ${isBefore}) w
    union all select d.id from public.delivery d
      where d.edition_id is null and ${matches(filter)} ${isBefore})`;
}

/** Goes back through the ledger, or through what of it an index holds, so far and no further. */
async function walk(
  db: Database,
  { state, cause, domain }: ListFilter,
  { isBefore, most }: { isBefore: Sql; most: number },
): Promise<FoundIds> {
  const indexed = cause ? 'failed' : state === 'accepted' ? undefined : state;
  // As a literal: only so does the database see that an index is about it.
  const base = indexed ? sql`d.state = ${raw(`'${indexed}'`)}` : sql`true`;
  const isKnown = !domain && !cause && state === indexed;
  const rows = await db.rows<{ id: number }>(sql`select l.id from (
      select d.id, (${matches({ state, cause, domain })}) as fits from public.delivery d
      where ${base} ${isBefore} order by d.id desc ${isKnown ? empty : sql`limit ${MOST_LOOKED_AT}`}) l
    where l.fits order by l.id desc limit ${most}`);
  const ids = rows.map(({ id }) => id);
  if (isKnown || ids.length === most) return { ids };
  const reached = await findRow<{ id: number }>(
    db,
    sql`select d.id from public.delivery d where ${base} ${isBefore}
      order by d.id desc offset ${MOST_LOOKED_AT - 1} limit 1`,
  );
  return { ids, ...(reached ? { reachedId: reached.id } : {}) };
}
