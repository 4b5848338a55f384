import type {
  AttemptVerdict,
  ClaimedDelivery,
  DeliveryState,
  Outcome,
  SendResult,
} from '../../core/letter/delivery.ts';
import { type Database, type Sql, sql } from '../database.ts';
import { isSuppressed, isWelcome } from './endings.ts';
import { going, goingEditions, isFrozen, isPaused, isStopped } from './pauses.ts';

/** One claim: only its holder may record, and only while its sender's lease is good. */
export interface Held {
  readonly id: number;
  readonly fence: number;
  readonly senderId: number;
}

/** One try as it is written down. */
export interface Attempt {
  readonly relay: string;
  readonly startedAt: Date;
  readonly bodyStartedAt: Date | null;
  readonly endedAt: Date;
  readonly result: SendResult;
  readonly outcome: Outcome;
  readonly verdict: AttemptVerdict;
  /** True for an answer of which one is enough to stop an edition. */
  readonly stops: boolean;
}

const LONGEST_REPLY = 1_000;

// Every statement asks the database's own clock, at the moment that it runs.
const isAlive = sql`n.lease_until > clock_timestamp()`;
/** The exact complement of `isAlive`: no moment is neither. */
const isDead = sql`n.lease_until <= clock_timestamp()`;

/** How deliveries are claimed, marked and recorded. */
export function claimsOn(db: Database) {
  const isHeld = (held: Held) => sql`d.id = ${held.id} and d.state = 'sending'
    and d.fence = ${held.fence} and d.sender_id = ${held.senderId}`;
  const hasLease = (senderId: number) =>
    sql`exists (select 1 from public.sender n where n.id = ${senderId} and ${isAlive})`;

  return {
    /**
     * Claims ready and due deliveries of frozen rounds for one sender, whose lease must be
     * good; what is paused stays where it is.
     */
    claim: (claim: { senderId: number; now: Date; most: number }) => {
      const first = (isOfScope: Sql, isStill: Sql) => sql`select d.id, d.next_at
        from public.delivery d
        where ${isOfScope} and d.state in ('ready', 'deferred') and d.next_at <= ${claim.now}
          and ${isFrozen} and ${hasLease(claim.senderId)} and not ${isStill}
        order by d.next_at, d.id limit ${claim.most} for update of d skip locked`;
      return db.rows<ClaimedDelivery>(sql`
        with recursive ${goingEditions},
        picked as (
          select c.id from (
            select e.* from ${going} g cross join lateral (${first(sql`d.edition_id = g.edition_id`, isStopped.editions)}) e
            union all select n.* from (${first(sql`d.edition_id is null`, isStopped.notices)}) n) c
          order by c.next_at, c.id limit ${claim.most})
        update public.delivery d set state = 'sending', sender_id = ${claim.senderId},
          fence = d.fence + 1, attempts = d.attempts + 1, next_at = null
        from picked where d.id = picked.id
        returning d.id, d.fence, d.address, d.message_id as "messageId", d.attempts,
          d.edition_id as "editionId"`);
    },

    /**
     * The last check before the first byte of a body, and the mark of the moment of doubt:
     * true only where this sender still holds the delivery and its lease, the edition is
     * released, nothing is paused, the reader still subscribed and the address not suppressed.
     */
    recordInFlight: async (held: Held) =>
      (
        await db.rows(sql`update public.delivery d set in_flight_at = clock_timestamp()
        where ${isHeld(held)} and d.in_flight_at is null and ${hasLease(held.senderId)}
          and (d.edition_id is null or exists (select 1 from public.edition e
            where e.id = d.edition_id and e.state in ('released', 'closed')))
          and ${isWelcome} and not ${isSuppressed} and not ${isPaused}
        returning d.id`)
      ).length > 0,

    /**
     * Writes an attempt and its outcome, and suppresses an address that the server says is
     * none. False where the row is no longer this sender's or its lease is over: then what
     * was read is kept beside the row, for whoever decides, and the row is left alone.
     */
    recordOutcome: (held: Held, attempt: Attempt) =>
      db.transaction(async (tx) => {
        const { outcome, result, endedAt } = attempt;
        const reply = 'reply' in result ? result.reply : undefined;
        const said = reply?.text ?? ('reason' in result ? result.reason : null);
        // A server may say anything, but PostgreSQL's text holds no NUL.
        const text = said?.replaceAll('\0', ' ').slice(0, LONGEST_REPLY) ?? null;
        const isDeferred = outcome.state === 'deferred';
        const nextAt = isDeferred ? new Date(endedAt.getTime() + outcome.delayMs) : null;
        const isEnd = outcome.state === 'accepted' || outcome.state === 'failed';
        // What may have arrived before is not failed by a later no.
        const isDoubted = sql`(d.doubted_at is not null and ${outcome.state} = 'failed')`;
        const rows = await tx.rows(sql`update public.delivery d set
            state = case when ${isDoubted} then 'in_doubt' else ${outcome.state} end,
            cause = case when not ${isDoubted} then ${'cause' in outcome ? outcome.cause : null}::text end,
            next_at = ${nextAt}, attempts = d.attempts - ${isDeferred && outcome.isFree ? 1 : 0},
            in_flight_at = case when ${outcome.state} in ('accepted', 'in_doubt') then d.in_flight_at end,
            accepted_at = ${outcome.state === 'accepted' ? endedAt : null},
            ended_at = ${isEnd ? endedAt : null}, last_reply = ${text}
          where ${isHeld(held)} and ${hasLease(held.senderId)} returning d.id`);
        const isRecorded = rows.length > 0;
        await tx.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id, fence, relay,
            started_at, body_started_at, ended_at, outcome, verdict, stops, code, enhanced_code, reply)
          select d.id, d.edition_id, ${held.senderId}, ${held.fence}, ${attempt.relay},
            ${attempt.startedAt}, ${attempt.bodyStartedAt}, ${endedAt},
            ${isRecorded ? outcome.state : 'late'}, ${attempt.verdict}, ${attempt.stops},
            ${reply?.code ?? null}, ${reply?.enhancedCode ?? null}, ${text}
          from public.delivery d where d.id = ${held.id}`);
        if (!isRecorded) return false;
        if (attempt.verdict === 'address') await suppress(tx, held.id, { note: text, at: endedAt });
        return true;
      }),

    /**
     * Gives a claimed delivery of which no byte went out back without an attempt, to be
     * claimed again from `at` on. A mark whose commit was not heard of goes with it.
     */
    async recordReturned(held: Held, at: Date): Promise<void> {
      await db.rows(sql`update public.delivery d set state = 'ready', next_at = ${at}, sender_id = null,
          in_flight_at = null, attempts = d.attempts - 1
        where ${isHeld(held)}`);
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

/** Nobody is there: no mail any more, or, where so many are refused that the server is in question, a note for a person. */
async function suppress(db: Database, deliveryId: number, why: { note: string | null; at: Date }) {
  await db.rows(sql`
    with refused as (
      select d.id, d.address_hash, d.edition_id, exists (select 1 from public.pause u
        where u.ended_at is null and u.actor = 'breaker' and (u.edition_id = d.edition_id
          or (u.scope = 'notices' and d.kind = 'notice'))) as is_questioned
      from public.delivery d where d.id = ${deliveryId}),
    held as (insert into public.held_suppression (address_hash, edition_id, delivery_id, note, at)
      select address_hash, edition_id, id, ${why.note}, ${why.at} from refused where is_questioned
      on conflict do nothing)
    insert into public.suppression (address_hash, reason, note, at, delivery_id)
    select address_hash, 'bounce', ${why.note}, ${why.at}, id from refused where not is_questioned
    on conflict (address_hash) do nothing`);
}
