import type { DeliveryState, FrozenDigest } from '../../core/letter/delivery.ts';
import type { Fate, ResendScope, Target } from '../../core/letter/resend.ts';
import type { ContentColumns } from '../../core/letter/stored-content.ts';
import { type Database, findRow, getRow, json, type Sql, sql } from '../database.ts';
import { isSuppressed } from '../ledger/endings.ts';
import { isCovering } from '../ledger/histories.ts';
import { isOfItems } from '../ledger/pauses.ts';
import { contentColumns, readDigest } from '../ledger/stored-digests.ts';
import { matches } from './filter.ts';

/** One press of "resend", fixed when it came. */
export interface Press {
  readonly id: number;
  readonly key: string;
  readonly actor: string;
  readonly reason: string;
  readonly scope: ResendScope;
  readonly allowsCopies: boolean;
  /** The newest delivery that whoever pressed knew of. */
  readonly asOf: number;
  readonly at: Date;
  readonly endedAt: Date | null;
}

/** One thing that a press is about: a delivery, or a reader who has none. */
export interface PressItem {
  readonly number: number;
  readonly deliveryId: number | null;
  readonly subscriberId: number | null;
  readonly state: DeliveryState | null;
}

/** What became of an item. */
export interface ItemEnd {
  readonly number: number;
  readonly fate: Fate;
  readonly madeId: number | null;
}

/** When an answer must have come, and what counts as sent since. */
export interface Looking {
  readonly asOf: number;
  readonly quietMs: number;
}

const columns = sql`p.id, p.key, p.actor, p.reason, p.scope, p.allows_copies as "allowsCopies",
  p.as_of as "asOf", p.at, p.ended_at as "endedAt"`;
const listed = (ids: readonly number[]) =>
  sql`(select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)`;
/** Of several copies of one edition to one reader, the newest. */
const isNewestCopy = sql`not exists (select 1 from public.delivery v
  where v.edition_id = d.edition_id and v.subscriber_id = d.subscriber_id and v.resend > d.resend)
  and not exists (select 1 from public.delivery v where d.edition_id is null
    and v.subscriber_id = d.subscriber_id and v.refers_to = d.message_id)`;
/** Holds where a delivery `v` tells of an item that `d` tells of. */
const sharesItem = sql`d.items is not null and v.items is not null and exists (
  select 1 from public.item_delivery a join public.item_delivery b on b.item_id = a.item_id
  where a.delivery_id = d.id and b.delivery_id = v.id)`;
// None is older than the cut of what it covers: all that a reader ever got need not be looked at.
const shares = sql`v.subscriber_id = d.subscriber_id and v.id <> d.id and v.kind = 'digest'
  and (v.covers && d.covers and v.composed_at >= (select min(e.cut_at) from public.edition e
    where e.id = any(d.covers)) or ${sharesItem})`;

/** Holds for a delivery `d` that a scope is about. */
function isIn(scope: ResendScope): Sql {
  switch (scope.kind) {
    case 'delivery':
      return sql`d.id = ${scope.delivery}`;
    case 'failed':
    case 'in_doubt':
      return sql`d.kind = 'digest' and d.edition_id = ${scope.editionId}
        and d.state = ${scope.kind} and ${isNewestCopy}`;
    case 'filter':
      return sql`d.kind = 'digest' and ${matches(scope.filter)} and ${isNewestCopy}`;
    case 'deferred':
      return sql`d.state = 'deferred'
        and (${scope.editionId ?? null}::bigint is null or d.edition_id = ${scope.editionId ?? 0})`;
    case 'reader':
      return sql`d.subscriber_id = ${scope.subscriberId} and ${isNewestOf(scope.editionId)}`;
    case 'correction':
      return sql`d.subscriber_id is not null and d.id >= ${firstOf(scope.editionId)}
        and ${isNewestOf(scope.editionId)}`;
  }
}

/** The newest delivery to its reader that covers an edition; none is older than its cut. */
function isNewestOf(editionId: number): Sql {
  const cutAt = sql`(select e.cut_at from public.edition e where e.id = ${editionId})`;
  return sql`d.kind = 'digest' and d.covers @> array[${editionId}::bigint]
    and d.composed_at >= ${cutAt}
    and not exists (select 1 from public.delivery v where v.subscriber_id = d.subscriber_id
      and v.kind = 'digest' and v.covers @> array[${editionId}::bigint]
      and v.composed_at >= ${cutAt} and v.id > d.id)`;
}

/** The first delivery composed after an edition was cut, as near as clocks of several hosts agree. */
const firstOf = (editionId: number) => sql`(select min(o.id) from (select f.id
  from public.delivery f where f.composed_at >= (select e.cut_at from public.edition e
    where e.id = ${editionId}) order by f.composed_at limit 1000) o)`;

/** Presses of "resend", what they are about and what became of it. */
export function createPressStore(db: Database) {
  const listTargets = (ids: readonly number[], { asOf, quietMs }: Looking) =>
    db.rows<Target>(sql`select d.id, d.kind, d.edition_id as "editionId",
        d.subscriber_id as "subscriberId", d.address, d.address_hash as "addressHash",
        d.message_id as "messageId", d.state,
        (select s.profile ->> 'language' from public.subscription s
          where s.subscriber_id = d.subscriber_id) as language,
        exists (select 1 from public.digest g where g.delivery_id = d.id) as "isKept",
        exists (select 1 from public.subscription s
          where s.subscriber_id = d.subscriber_id and s.state = 'active') as "isSubscribed",
        ${isSuppressed} as "isSuppressed",
        exists (select 1 from public.pause u where u.cancels and u.ended_at is null
          and (u.edition_id = d.edition_id or u.scope = 'items' and ${isOfItems})) as "isCancelled",
        d.doubted_at is not null as "wasTriedAgain",
        coalesce(d.in_flight_at < clock_timestamp()
          - make_interval(secs => ${quietMs / 1000}::double precision), true) as "isQuiet",
        exists (select 1 from public.delivery v where ${shares}
          and v.state in ('ready', 'deferred', 'sending')) as "hasOpen",
        exists (select 1 from public.delivery v where ${shares} and ${isCovering}) as "isCovered",
        exists (select 1 from public.delivery v where v.edition_id = d.edition_id
          and v.subscriber_id = d.subscriber_id and v.id > ${asOf})
          or d.edition_id is null and exists (select 1 from public.delivery v
            where v.subscriber_id = d.subscriber_id and v.id <> d.id and v.id > ${asOf}
              and ${sharesItem}) as "hasNewer"
      from public.delivery d where d.id in ${listed(ids)} order by d.id`);

  return {
    findLastDelivery: async () =>
      (
        await getRow<{ last: number }>(
          db,
          sql`select coalesce(max(id), 0)::bigint as last from public.delivery`,
        )
      ).last,
    /** What a scope is about as it stands, in the order of ids, those after one. */
    listIds: async (scope: ResendScope, page: { afterId: number; most: number }) =>
      (
        await db.rows<{ id: number }>(sql`select d.id from public.delivery d
          where ${isIn(scope)} and d.id > ${page.afterId} order by d.id limit ${page.most}`)
      ).map(({ id }) => id),
    /** Deliveries as they stand. */
    listTargets,

    /** Fixes a press and all that it is about; undefined where its key was used before. Needs a transaction. */
    async insert(press: Omit<Press, 'id' | 'endedAt'>): Promise<number | undefined> {
      const { scope } = press;
      const row = await findRow<{ id: number }>(
        db,
        sql`insert into public.press (key, actor, reason, scope, allows_copies, as_of, at)
          values (${press.key}, ${press.actor}, ${press.reason}, ${json(scope)},
            ${press.allowsCopies}, ${press.asOf}, ${press.at})
          on conflict (key) do nothing returning id`,
      );
      if (!row) return undefined;
      await db.rows(sql`insert into public.press_item (press_id, number, delivery_id, state)
        select ${row.id}, row_number() over (order by d.id), d.id, d.state
        from public.delivery d where ${isIn(scope)}`);
      if (scope.kind === 'reader') {
        await db.rows(sql`insert into public.press_item (press_id, number, subscriber_id)
          select ${row.id}, 1, ${scope.subscriberId}
          where not exists (select 1 from public.press_item i where i.press_id = ${row.id})`);
      }
      return row.id;
    },
    find: (id: number) =>
      findRow<Press>(db, sql`select ${columns} from public.press p where p.id = ${id}`),
    /** The newest first, those before an id where one is given. */
    list: (page: { beforeId?: number | undefined; most: number }) =>
      db.rows<Press>(sql`select ${columns} from public.press p
        where (${page.beforeId ?? null}::bigint is null or p.id < ${page.beforeId ?? 0})
        order by p.id desc limit ${page.most}`),
    findByKey: (key: string) =>
      findRow<Press>(db, sql`select ${columns} from public.press p where p.key = ${key}`),
    /** Those that are not at their end, the oldest first. */
    listOpen: () =>
      db.rows<{ id: number }>(sql`select id from public.press where ended_at is null order by id`),

    /** Some of what is still to be done, locked; what another process works on is passed over. */
    lockItems: (pressId: number, most: number) =>
      db.rows<PressItem>(sql`select i.number, i.delivery_id as "deliveryId",
          i.subscriber_id as "subscriberId", i.state from public.press_item i
        where i.press_id = ${pressId} and i.fate is null
        order by i.number limit ${most} for update of i skip locked`),
    /** Holds the subscriptions of readers: nobody composes for them or ends them meanwhile. */
    lockReaders: (subscriberIds: readonly number[]) =>
      db.rows(sql`select s.id from public.subscription s
        where s.subscriber_id in ${listed(subscriberIds)} order by s.id for update`),
    recordItems: (pressId: number, ends: readonly ItemEnd[]) =>
      db.rows(sql`update public.press_item i set fate = n.fate, made_id = n."madeId"
        from jsonb_to_recordset(${json(ends)}::jsonb) as n(number int, fate text, "madeId" bigint)
        where i.press_id = ${pressId} and i.number = n.number`),
    /** Ends a press of which nothing is left; false where something is, or it was ended before. */
    recordEnded: async (pressId: number, at: Date) =>
      (
        await db.rows(sql`update public.press p set ended_at = ${at}
          where p.id = ${pressId} and p.ended_at is null and not exists (
            select 1 from public.press_item i where i.press_id = p.id and i.fate is null)
          returning id`)
      ).length > 0,
    /** How many came to what; null for those still to be done. */
    countFates: (pressId: number) =>
      db.rows<{ fate: Fate | null; count: number }>(sql`select fate, count(*)::int as count
        from public.press_item where press_id = ${pressId} group by fate order by fate`),
    /** Some of what a press made or touched. */
    listMade: (pressId: number, most: number) =>
      db.rows<{ id: number }>(sql`select made_id as id from public.press_item
        where press_id = ${pressId} and made_id is not null order by number limit ${most}`),

    async listContents(
      ids: readonly number[],
    ): Promise<(Pick<FrozenDigest, 'content'> & { id: number })[]> {
      const rows = await db.rows<ContentColumns & { id: number }>(sql`
        select g.delivery_id as id, ${contentColumns} from public.digest g
        where g.delivery_id in ${listed(ids)}`);
      return rows.map(readDigest);
    },
    /** Opens failed deliveries again, as if they had not been tried yet. */
    reopen: (ids: readonly number[], at: Date) =>
      db.rows(sql`update public.delivery d set state = 'ready', cause = null, next_at = ${at},
          ended_at = null, attempts = 0, reopened_at = ${at}
        where d.id in ${listed(ids)} and d.state = 'failed'`),
    /** Makes ready once more what is in doubt, marked as such. */
    retry: (ids: readonly number[], at: Date) =>
      db.rows(sql`update public.delivery d set state = 'ready', next_at = ${at}, doubted_at = ${at},
          in_flight_at = null, sender_id = null, reopened_at = ${at}
        where d.id in ${listed(ids)} and d.state = 'in_doubt'`),
    /** Lets deferred deliveries be claimed now. */
    hurry: (ids: readonly number[], at: Date) =>
      db.rows(sql`update public.delivery d set next_at = ${at}
        where d.id in ${listed(ids)} and d.state = 'deferred'`),
  };
}
