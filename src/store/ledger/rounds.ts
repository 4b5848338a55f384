import type { DeliveryState } from '../../core/letter/delivery.ts';
import type { LookedAt, RoundFeed } from '../../core/reader/outcome.ts';
import type { Exclusion } from '../../core/reader/subscription.ts';
import { type Database, findRow, getRow, json, listOf, sql, textsOf } from '../database.ts';
import { composingOn } from './composing.ts';

/** One date that fell due for one subscription; an exclusion where it is settled already. */
export interface Candidate {
  readonly subscriptionId: number;
  readonly localDate: string;
  /** An instant as ISO 8601 writes it. */
  readonly dueAt: string;
  readonly exclusion: Exclusion | null;
}

/** What became of a due date, as it is kept. */
export interface StoredOutcome {
  readonly dueAt: Date;
  readonly roundId: number;
  readonly exclusion: Exclusion | null;
  readonly deliveryId: number | null;
  readonly lookedAt: LookedAt | null;
  readonly feeds: readonly RoundFeed[];
}

export interface RoundRow {
  readonly id: number;
  readonly at: Date;
  readonly candidates: number;
  readonly deliveries: number | null;
  readonly exclusions: number | null;
  readonly frozenAt: Date | null;
}

const columns = sql`id, at, candidates, deliveries, exclusions, frozen_at as "frozenAt"`;

/** Rounds and the outcome of every due date. */
export function createRoundStore(db: Database) {
  return {
    ...composingOn(db),

    insert: (round: { at: Date; openedAt: Date; isOfChannels?: boolean }) =>
      getRow<{ id: number }>(
        db,
        sql`insert into public.round (at, opened_at, is_of_channels)
          values (${round.at}, ${round.openedAt}, ${round.isOfChannels ?? false}) returning id`,
      ),
    find: (id: number) =>
      findRow<RoundRow>(db, sql`select ${columns} from public.round where id = ${id}`),
    listOpen: () =>
      db.rows<RoundRow>(
        sql`select ${columns} from public.round where frozen_at is null order by id`,
      ),

    /** Keeps how the feeds stood when a round was composed first. */
    recordFeeds: (id: number, feeds: readonly RoundFeed[]) =>
      db.rows(sql`update public.round set feeds = ${json(feeds)}::jsonb
        where id = ${id} and frozen_at is null`),
    /** Adds due dates to a round; a date that already has an outcome stays as it is. */
    insertCandidates: (roundId: number, candidates: readonly Candidate[]) =>
      db.rows(sql`
        with added as (
          insert into public.outcome (subscription_id, local_date, due_at, round_id, exclusion)
          select n.id, n.date, n.due, ${roundId}, n.exclusion
          from unnest(${listOf(candidates.map(({ subscriptionId }) => subscriptionId))}::bigint[],
            ${textsOf(candidates.map(({ localDate }) => localDate))}::date[],
            ${textsOf(candidates.map(({ dueAt }) => dueAt))}::timestamptz[],
            ${textsOf(candidates.map(({ exclusion }) => exclusion))}::text[])
            as n(id, date, due, exclusion)
          on conflict do nothing returning 1)
        update public.round set candidates = candidates + (select count(*) from added)
        where id = ${roundId}`),

    /**
     * Freezes a round whose every candidate has its outcome: from now on its deliveries may
     * be claimed. The table itself refuses a round where candidates are not deliveries plus
     * exclusions. Undefined where something is still pending or it is frozen already.
     */
    recordFrozen: (id: number, at: Date) =>
      findRow<RoundRow>(
        db,
        sql`update public.round set frozen_at = ${at},
            deliveries = (select count(*) from public.outcome o
              join public.delivery d on d.id = o.delivery_id and d.round_id = ${id}
              where o.round_id = ${id}),
            exclusions = (select count(exclusion) from public.outcome where round_id = ${id})
          where id = ${id} and frozen_at is null and not exists (select 1 from public.outcome
            where round_id = ${id} and delivery_id is null and exclusion is null)
          returning ${columns}`,
      ),
    /** Every date on which a subscription was due, and what became of it, newest first. */
    listOfSubscription: (subscriptionId: number) =>
      db.rows<{
        localDate: string;
        dueAt: Date;
        exclusion: Exclusion | null;
        state: DeliveryState | null;
      }>(
        sql`select o.local_date as "localDate", o.due_at as "dueAt", o.exclusion, d.state
          from public.outcome o left join public.delivery d on d.id = o.delivery_id
          where o.subscription_id = ${subscriptionId} order by o.local_date desc`,
      ),
    /** The newest round's id; 0 where there is none. */
    findLastId: async () =>
      (await getRow<{ id: number }>(db, sql`select coalesce(max(id), 0) as id from public.round`))
        .id,
    /** What became of the candidates of the rounds after `id`: deliveries by state, and exclusions. */
    countAfter: (id: number) =>
      db.rows<{ state: DeliveryState | null; exclusion: Exclusion | null; count: number }>(sql`
        select d.state, o.exclusion, count(*)::int as count from public.outcome o
        join public.round r on r.id = o.round_id and not r.is_of_channels
        left join public.delivery d on d.id = o.delivery_id
        where o.round_id > ${id} group by d.state, o.exclusion order by 3 desc`),
    /**
     * Before the sample is removed: turns the outcomes that are digests of it into exclusions,
     * and takes its readers, whose outcomes go with them, out of their rounds.
     */
    async excludeSample(): Promise<void> {
      await db.rows(sql`with gone as (
          update public.outcome set delivery_id = null, exclusion = 'sample_removed'
          where delivery_id in (select d.id from public.delivery d
            join public.edition e on e.id = d.edition_id where e.is_sample)
          returning round_id),
        counted as (select round_id, count(*)::int as count from gone group by round_id)
        update public.round r set deliveries = r.deliveries - c.count,
          exclusions = r.exclusions + c.count
        from counted c where r.id = c.round_id`);
      await db.rows(sql`update public.round r set candidates = r.candidates - (
          select count(*) from public.outcome o
          join public.subscription s on s.id = o.subscription_id
          join public.subscriber b on b.id = s.subscriber_id
          where o.round_id = r.id and b.is_sample)
        where r.frozen_at is null`);
      // Those that are frozen stay balanced: all three numbers go down together.
      await db.rows(sql`update public.round r set candidates = r.candidates - c.candidates,
          deliveries = r.deliveries - c.deliveries, exclusions = r.exclusions - c.exclusions
        from (select o.round_id, count(*) as candidates, count(o.delivery_id) as deliveries,
            count(o.exclusion) as exclusions
          from public.outcome o
          join public.subscription s on s.id = o.subscription_id
          join public.subscriber b on b.id = s.subscriber_id
          where b.is_sample group by o.round_id) c
        where r.id = c.round_id and r.frozen_at is not null`);
    },
    /** What is recorded of one subscription's local date; undefined where nothing is. */
    findOutcome: (subscriptionId: number, localDate: string) =>
      findRow<StoredOutcome>(
        db,
        sql`select o.due_at as "dueAt", o.round_id as "roundId", o.exclusion,
            o.delivery_id as "deliveryId", o.looked_at as "lookedAt", r.feeds
          from public.outcome o join public.round r on r.id = o.round_id
          where o.subscription_id = ${subscriptionId} and o.local_date = ${localDate}`,
      ),
    /** How many candidates ended for which reason, most first. */
    countExclusions: (id: number) =>
      db.rows<{ exclusion: Exclusion; count: number }>(
        sql`select exclusion, count(*)::int as count from public.outcome
          where round_id = ${id} and exclusion is not null group by exclusion order by 2 desc`,
      ),
  };
}
