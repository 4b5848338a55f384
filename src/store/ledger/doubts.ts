import type { DeliveryKind } from '../../core/letter/delivery.ts';
import { type Database, getRow, sql } from '../database.ts';
import { isNamed } from './message-ids.ts';

/** A delivery of which nobody knows whether it arrived. */
export interface Doubt {
  readonly id: number;
  readonly address: string | null;
  readonly kind: DeliveryKind;
  readonly edition: string | null;
  readonly messageId: string;
  readonly inFlightAt: Date | null;
  readonly lastReply: string | null;
}

const isUnrecorded = sql`d.state in ('ready', 'deferred', 'in_doubt')`;
/** As if its body had not begun. */
const isLost = sql`(d.state in ('ready', 'deferred', 'sending') and d.in_flight_at is null)`;
const isOpenDigest = sql`(d.kind in ('digest', 'post') and d.state in ('ready', 'deferred'))`;

/** Deliveries in doubt: held, listed by name, and ended by a decision. */
export function doubtsOn(db: Database) {
  return {
    /** The oldest first. */
    listInDoubt: (page: { afterId: number; most: number } = { afterId: 0, most: 1_000 }) =>
      db.rows<Doubt>(sql`select d.id, d.address, d.kind, e.name as edition,
          d.message_id as "messageId", d.in_flight_at as "inFlightAt", d.last_reply as "lastReply"
        from public.delivery d left join public.edition e on e.id = d.edition_id
        where d.state = 'in_doubt' and d.id > ${page.afterId} order by d.id limit ${page.most}`),

    /** Ends a doubt by what was found out of it: the message arrived, or it never did and covers nothing. */
    async recordResolved(id: number, to: 'accepted' | 'failed', at: Date): Promise<boolean> {
      const isAccepted = to === 'accepted';
      const rows = await db.rows(sql`update public.delivery set state = ${to},
            cause = ${isAccepted ? null : 'permanent'}, accepted_at = ${isAccepted ? at : null},
            ended_at = ${at}, doubted_at = null,
            in_flight_at = case when ${isAccepted} then in_flight_at end
          where id = ${id} and state = 'in_doubt' returning id`);
      return rows.length > 0;
    },

    /**
     * Makes ready once more, under the same Message-ID, what is in doubt for the first time
     * and whose sender is proven dead or has let go: its lease is over (or the answer's
     * deadline was its own) and `quietMs` have passed since the mark. One of which an answer
     * that came too late says that it was taken waits for a person. Their ids.
     */
    recordTriedAgain: (now: Date, quietMs: number) =>
      db.rows<{ id: number }>(sql`update public.delivery d set state = 'ready', next_at = ${now},
          doubted_at = ${now}, in_flight_at = null, sender_id = null
        where d.state = 'in_doubt' and d.doubted_at is null
          and d.in_flight_at < clock_timestamp() - make_interval(secs => ${quietMs / 1000}::double precision)
          and not exists (select 1 from public.attempt a
            where a.delivery_id = d.id and a.outcome = 'late' and a.verdict = 'accepted')
        returning d.id`),

    /** Those of these Message-IDs that the ledger has a row for. */
    listKnown: async (messageIds: readonly string[]) =>
      (
        await db.rows<{ messageId: string }>(sql`select d.message_id as "messageId"
          from public.delivery d where ${isNamed(messageIds)}`)
      ).map(({ messageId }) => messageId),
    /** How many of these messages stand as if they had not arrived. */
    countUnrecorded: async (messageIds: readonly string[]) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.delivery d
            where ${isNamed(messageIds)} and ${isUnrecorded}`,
        )
      ).count,
    /** Records as accepted what a relay took and the ledger lost; how many. */
    recordWentOut: async (messageIds: readonly string[], at: Date) =>
      (
        await db.rows(sql`update public.delivery d set state = 'accepted', cause = null,
            accepted_at = ${at}, ended_at = ${at}, next_at = null, sender_id = null,
            doubted_at = null, in_flight_at = coalesce(d.in_flight_at, ${at})
          where ${isNamed(messageIds)} and ${isUnrecorded} returning d.id`)
      ).length,
    /**
     * Of these messages, how many the ledger knows, how many stand as if their bodies had not begun,
     * and how many were planned in the same rounds.
     */
    countLost: (messageIds: readonly string[]) =>
      getRow<{ known: number; lost: number; planned: number }>(
        db,
        sql`with named as (select d.id, d.round_id, ${isLost} as is_lost
            from public.delivery d where ${isNamed(messageIds)})
          select count(*)::int as known, count(*) filter (where n.is_lost)::int as lost,
            (select count(*)::int from public.delivery o
              where o.round_id in (select m.round_id from named m)) as planned
          from named n`,
      ),
    /** Holds those that stand so in doubt, as tried again: only a person's word sends them. How many. */
    holdLost: async (messageIds: readonly string[], at: Date) =>
      (
        await db.rows(sql`update public.delivery d set state = 'in_doubt', next_at = null,
            sender_id = null, in_flight_at = ${at}, doubted_at = ${at},
            last_reply = 'the database went back: it may have gone out before'
          where ${isNamed(messageIds)} and ${isLost} returning d.id`)
      ).length,
    countOpenDigests: async () =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.delivery d where ${isOpenDigest}`,
        )
      ).count,
    /** Holds every open digest in doubt, as one that was tried again: only a person's word sends it. How many. */
    holdOpenDigests: async (at: Date) =>
      (
        await db.rows(sql`update public.delivery d set state = 'in_doubt', next_at = null,
            sender_id = null, in_flight_at = coalesce(d.in_flight_at, ${at}), doubted_at = ${at},
            last_reply = 'the database went back: it may have gone out before'
          where ${isOpenDigest} returning d.id`)
      ).length,
    /** Holds in doubt what a file says was begun and the ledger does not know of; their ids. */
    recordUnanswered: (messageIds: readonly string[], reason: string) =>
      db.rows<{ id: number }>(sql`update public.delivery d set state = 'in_doubt', next_at = null,
          in_flight_at = coalesce(d.in_flight_at, clock_timestamp()), last_reply = ${reason}
        where ${isNamed(messageIds)} and d.state in ('ready', 'deferred', 'sending') returning d.id`),
  };
}
