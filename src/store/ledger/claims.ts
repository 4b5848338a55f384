import type { ClaimedDelivery, DeliveryState } from '../../core/letter/delivery.ts';
import { type Database, empty, type Sql, sql } from '../database.ts';
import { isSuppressed, isWelcomeAt } from './endings.ts';
import {
  announced,
  type ClaimScope,
  going,
  goingAnnouncements,
  goingEditions,
  isClaimable,
  isPaused,
} from './pauses.ts';

/** One claim: only its holder may record, and only while its sender's lease is good. */
export interface Held {
  readonly id: number;
  readonly fence: number;
  readonly senderId: number;
}

/** A claim that is given back, and from when on it may be claimed again. */
export interface Returned extends Held {
  readonly at: Date;
}

// Every statement asks the database's own clock, at the moment that it runs.
const isAlive = sql`n.lease_until > clock_timestamp()`;

/** Whether a sender's lease is good at this moment. */
export function hasLease(senderId: number): Sql {
  return sql`exists (select 1 from public.sender n where n.id = ${senderId} and ${isAlive})`;
}

/** The exact complement of `isAlive`: no moment is neither. */
const isDead = sql`n.lease_until <= clock_timestamp()`;

/** How deliveries are claimed, marked and given back. */
export function claimsOn(db: Database) {
  return {
    /**
     * Claims ready and due deliveries of frozen rounds for one sender, whose lease must be
     * good; what is paused stays where it is.
     */
    claim: (claim: { senderId: number; now: Date; most: number }) => {
      const first = (scope: ClaimScope) => sql`select d.id, d.next_at
        from public.delivery d
        where ${isClaimable(scope, claim.now)} and ${hasLease(claim.senderId)}
        order by d.next_at, d.id limit ${claim.most} for update of d skip locked`;
      const statement = sql`
        with recursive ${goingEditions}, ${goingAnnouncements},
        picked as (
          select c.id from (
            select e.* from ${going} g cross join lateral (${first('edition')}) e
            union all select w.* from ${announced} n cross join lateral (${first('announced')}) w
            union all select i.* from (${first('items')}) i
            union all select h.* from (${first('held')}) h
            union all select o.* from (${first('unheld')}) o) c
          order by c.next_at, c.id limit ${claim.most})
        update public.delivery d set state = 'sending', sender_id = ${claim.senderId},
          fence = d.fence + 1, attempts = d.attempts + 1, next_at = null
        from picked where d.id = picked.id
        returning d.id, d.kind, d.fence, d.address, d.message_id as "messageId", d.attempts,
          d.edition_id as "editionId", d.announcement_id as "announcementId"`;
      return db.rows<ClaimedDelivery>(statement, 'claims');
    },

    /**
     * The last check before the first byte of a body, and the mark of the moment of doubt, for
     * many at once: the ids of those that this sender still holds under their fence and a good
     * lease, whose edition is released, that nothing pauses, whose reader is still subscribed and
     * whose address is not suppressed. Each row is checked as it would be alone. `waits` says
     * whether a row that somebody else holds is waited for, or left out.
     */
    recordInFlight: async (helds: readonly Held[], waits = true): Promise<number[]> => {
      const [{ senderId } = { senderId: 0 }] = helds;
      const statement = sql`
        with free as (
          select d.id from public.delivery d
          join unnest(${idsOf(helds)}::bigint[], ${fencesOf(helds)}::int[]) as h(id, fence)
            on h.id = d.id and h.fence = d.fence
          where ${isAmong(helds)} and d.state = 'sending' and d.sender_id = ${senderId} and d.in_flight_at is null
            and ${hasLease(senderId)}
            and (d.edition_id is null or exists (select 1 from public.edition e
              where e.id = d.edition_id and e.state in ('released', 'closed')))
            and ${isWelcomeAt(sql`clock_timestamp()`)} and not ${isSuppressed} and not ${isPaused}
          order by d.id for update of d ${waits ? empty : sql`skip locked`})
        update public.delivery d set in_flight_at = clock_timestamp()
        from free where free.id = d.id and ${isAmong(helds)} returning d.id`;
      const rows = await db.rows<{ id: number }>(statement, waits ? 'marks-waiting' : 'marks');
      return rows.map(({ id }) => id);
    },

    /**
     * Gives claimed deliveries of which no byte went out back without an attempt, each to be
     * claimed again from its moment on. A mark whose commit was not heard of goes with it.
     */
    async recordReturned(returned: readonly Returned[]): Promise<void> {
      const [{ senderId } = { senderId: 0 }] = returned;
      await db.rows(sql`
        with given as (select * from unnest(${idsOf(returned)}::bigint[], ${fencesOf(returned)}::int[],
            ${returned.map(({ at }) => at.toISOString())}::timestamptz[]) as h(id, fence, at)),
          held as (select d.id, h.at from public.delivery d join given h on h.id = d.id
            where ${isAmong(returned)} and d.state = 'sending' and d.fence = h.fence and d.sender_id = ${senderId}
            order by d.id for update of d)
        update public.delivery d set state = 'ready', next_at = held.at, sender_id = null,
          in_flight_at = null, attempts = d.attempts - 1
        from held where held.id = d.id and ${isAmong(returned)}`);
    },

    /**
     * Takes back what senders whose lease ran out were holding: what never reached its body
     * is ready again, what did is in doubt.
     */
    recordAbandoned: (now: Date) =>
      db.rows<{ id: number; state: DeliveryState }>(sql`
        with picked as (
          select d.id, n.relay from public.delivery d join public.sender n on n.id = d.sender_id
          where d.state = 'sending' and ${isDead} for update of d skip locked),
        taken as (update public.delivery d set
            state = case when d.in_flight_at is null then 'ready' else 'in_doubt' end,
            next_at = case when d.in_flight_at is null then ${now}::timestamptz end,
            last_reply = case when d.in_flight_at is null then d.last_reply
              else 'the sending process ended before the answer was recorded' end
          from picked where d.id = picked.id
          returning d.id, d.state, d.edition_id, d.sender_id, d.fence, d.in_flight_at, d.last_reply,
            picked.relay),
        written as (insert into public.attempt (delivery_id, edition_id, sender_id, fence, relay,
            started_at, body_started_at, ended_at, outcome, verdict, reply)
          select id, edition_id, sender_id, fence, coalesce(relay, 'unknown'), in_flight_at,
            in_flight_at, ${now}, 'in_doubt', 'abandoned', last_reply
          from taken where state = 'in_doubt')
        select id, state from taken`),
  };
}

/** Said beside a join, it has the database look each row up, however few there are in all. */
function isAmong(helds: readonly Held[]): Sql {
  return sql`d.id = any(${idsOf(helds)}::bigint[])`;
}

function idsOf(helds: readonly Held[]): number[] {
  return helds.map(({ id }) => id);
}

function fencesOf(helds: readonly Held[]): number[] {
  return helds.map(({ fence }) => fence);
}
