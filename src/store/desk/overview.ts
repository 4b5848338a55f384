import { MOST_COUNTED } from '../../core/desk/counted.ts';
import type { Edition, EditionState } from '../../core/edition/edition.ts';
import type {
  AttemptVerdict,
  DeliveryKind,
  DeliveryState,
  FailureCause,
} from '../../core/letter/delivery.ts';
import type { Exclusion } from '../../core/reader/subscription.ts';
import { type Database, findRow, getRow, listOf, sql } from '../database.ts';
import { goingEditions, opened } from '../ledger/pauses.ts';
import { findIds, type ListFilter } from './deliveries-list.ts';
import { madeOn } from './made.ts';

/** How many deliveries stand so, for one reason. */
export interface Failure {
  readonly state: DeliveryState;
  readonly cause: FailureCause | null;
  readonly verdict: AttemptVerdict | null;
  readonly count: number;
  /** The last words of a server to one of them. */
  readonly reply: string | null;
}

/** A line of a list of deliveries. */
export interface ListedDelivery {
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly notice: string | null;
  readonly edition: string | null;
  readonly announcementId: number | null;
  readonly address: string | null;
  readonly state: DeliveryState;
  readonly cause: FailureCause | null;
  readonly resend: number;
  readonly attempts: number;
  readonly composedAt: Date;
  readonly acceptedAt: Date | null;
  readonly nextAt: Date | null;
  readonly lastReply: string | null;
  readonly refersTo: string | null;
  readonly messageId: string;
  readonly subscriptionId: number | null;
}

/** A line of a list of editions. */
export interface ListedEdition {
  readonly id: number;
  readonly name: string;
  readonly date: string;
  readonly state: EditionState;
  readonly isSample: boolean;
  readonly cutAt: Date;
  readonly papers: number;
  readonly passedBecause: Edition['passedBecause'];
}

/** One try, with the server's own words. */
export interface ListedAttempt {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly relay: string;
  readonly outcome: string;
  readonly code: number | null;
  readonly enhancedCode: string | null;
  readonly reply: string | null;
}

const columns = sql`d.id, d.kind, d.notice, e.name as edition,
  d.announcement_id as "announcementId", d.address, d.state, d.cause, d.resend,
  d.attempts, d.composed_at as "composedAt", d.accepted_at as "acceptedAt", d.next_at as "nextAt",
  d.last_reply as "lastReply", d.refers_to as "refersTo", d.message_id as "messageId",
  case when d.kind <> 'post' then s.id end as "subscriptionId"`;
const joined = sql`public.delivery d left join public.edition e on e.id = d.edition_id
  left join public.subscription s on s.subscriber_id = d.subscriber_id`;

/** The ledger as an operator looks at it. */
export function createOverviewStore(db: Database) {
  const isOfRounds = (since: Date) => sql`d.round_id in (select r.id from public.round r
    where r.opened_at >= ${since} and not r.is_of_channels)`;

  return {
    ...madeOn(db),
    /** What the rounds since a time planned; `open` of them are still composed. */
    sumRounds: (since: Date) =>
      getRow<{
        candidates: number;
        deliveries: number;
        exclusions: number;
        erased: number;
        open: number;
      }>(
        db,
        sql`select coalesce(sum(r.candidates), 0)::int as candidates,
            coalesce(sum(r.deliveries), 0)::int as deliveries,
            coalesce(sum(r.exclusions), 0)::int as exclusions,
            coalesce(sum(r.erased), 0)::int as erased,
            count(*) filter (where r.frozen_at is null)::int as open
          from public.round r where r.opened_at >= ${since} and not r.is_of_channels`,
      ),
    countExclusions: (since: Date) =>
      db.rows<{ exclusion: Exclusion; count: number }>(sql`
        select o.exclusion, count(*)::int as count from public.outcome o
        join public.round r on r.id = o.round_id
        where r.opened_at >= ${since} and not r.is_of_channels and o.exclusion is not null
        group by o.exclusion order by count desc`),
    /** Where the deliveries of those rounds stand; each round's are read in the order of its index. */
    countStates: (since: Date) =>
      db.rows<{ state: DeliveryState; cause: FailureCause | null; count: number }>(sql`
        select s.state, s.cause, sum(s.count)::int as count from public.round r
        cross join lateral (select d.state, d.cause, count(*) as count from public.delivery d
          where d.round_id = r.id group by d.state, d.cause) s
        where r.opened_at >= ${since} and not r.is_of_channels group by s.state, s.cause order by s.state, s.cause`),
    /** Second copies that were made since a time. */
    countCopies: async (since: Date) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.delivery d
            where d.composed_at >= ${since} and d.resend > 0 and d.kind <> 'post'`,
        )
      ).count,
    /** What did not arrive of those rounds, by what the last try said. */
    countFailures: (since: Date) =>
      db.rows<Failure>(sql`select d.state, d.cause, a.verdict, count(*)::int as count,
          max(d.last_reply) as reply
        from public.delivery d left join lateral (select t.verdict from public.attempt t
          where t.delivery_id = d.id order by t.id desc limit 1) a on true
        where ${isOfRounds(since)} and d.state in ('failed', 'deferred', 'in_doubt')
        group by d.state, d.cause, a.verdict order by count desc`),
    /** Editions that are written, have open digests, or are among those that stand still and are not closed; the newest first. */
    listUnfinished: (stopped: readonly number[]) =>
      db.rows<{ id: number; name: string; state: EditionState }>(sql`
        with recursive ${goingEditions}
        select e.id, e.name, e.state from public.edition e
        where e.state = 'cut' or e.id in (select o.edition_id from ${opened} o)
          or (e.id = any(${listOf(stopped)}::bigint[]) and e.state <> 'closed')
        order by e.cut_at desc nulls first, e.id desc`),
    /** Readers whose digest of a cancelled edition ended so, or will, and whom no other brought it; counting stops beyond `MOST_COUNTED`. */
    countUnserved: async (editionId: number) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from (
            select distinct d.subscriber_id from public.delivery d
            where d.edition_id = ${editionId}
              and (d.cause = 'cancelled' or d.state in ('ready', 'deferred'))
              and exists (select 1 from public.subscription s
                where s.subscriber_id = d.subscriber_id and s.state = 'active')
              and not exists (select 1 from public.delivery o
                where o.subscriber_id = d.subscriber_id and o.id <> d.id and o.state <> 'failed'
                  and o.composed_at >= d.composed_at and ${editionId} = any(o.covers))
            limit ${MOST_COUNTED + 1}) u`,
        )
      ).count,
    /** What may or may not have arrived, by edition or announcement; both null for notices, and for digests without an edition. */
    countDoubts: () =>
      db.rows<{
        kind: DeliveryKind;
        edition: string | null;
        announcementId: number | null;
        count: number;
      }>(sql`
        select d.kind, e.name as edition, d.announcement_id as "announcementId",
          count(*)::int as count
        from public.delivery d
        left join public.edition e on e.id = d.edition_id
        where d.state = 'in_doubt' and d.kind <> 'post'
        group by d.kind, e.name, d.announcement_id
        order by e.name, d.announcement_id, d.kind`),
    /** Digests that servers accepted since a time, each try for itself. */
    countAcceptedSince: async (since: Date) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.attempt a
            where a.ended_at > ${since} and a.verdict = 'accepted' and a.edition_id is not null`,
        )
      ).count,
    /** Editions that were cut, the newest cut first, those before one by its id where one is given. */
    listEditions: (page: { beforeId?: number | undefined; most: number }) =>
      db.rows<ListedEdition>(sql`select e.id, e.name, e.date, e.state, e.is_sample as "isSample",
          e.cut_at as "cutAt", e.passed_because as "passedBecause", (select count(*)::int from public.edition_paper p
            where p.edition_id = e.id and p.same_as is null) as papers
        from public.edition e where e.cut_at is not null
          and (${page.beforeId ?? null}::bigint is null or (e.cut_at, e.id) < (
            select b.cut_at, b.id from public.edition b where b.id = ${page.beforeId ?? 0}))
        order by e.cut_at desc, e.id desc limit ${page.most}`),

    /** The newest first, those before an id where one is given; see `FoundIds` for where it goes on. */
    async listDeliveries(
      filter: ListFilter,
      page: { beforeId?: number | undefined; most: number },
    ): Promise<{ readonly items: ListedDelivery[]; readonly reachedId?: number }> {
      const { ids, ...reached } = await findIds(db, filter, page);
      const items = await db.rows<ListedDelivery>(sql`select ${columns} from ${joined}
        where d.id = any(${ids}::bigint[]) order by d.id desc`);
      return { items, ...reached };
    },
    findDelivery: (id: number) =>
      findRow<ListedDelivery>(db, sql`select ${columns} from ${joined} where d.id = ${id}`),
    listAttempts: (deliveryId: number) =>
      db.rows<ListedAttempt>(sql`select a.started_at as "startedAt", a.ended_at as "endedAt",
          a.relay, a.outcome, a.code, a.enhanced_code as "enhancedCode", a.reply
        from public.attempt a where a.delivery_id = ${deliveryId} order by a.id`),
  };
}
