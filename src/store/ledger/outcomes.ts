import type { AttemptVerdict, Outcome, SendResult } from '../../core/letter/delivery.ts';
import { type Database, empty, json, sql } from '../database.ts';
import { type Held, hasLease } from './claims.ts';
import { keepDigests } from './doubts.ts';

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

/** What one try at a delivery came to. */
export interface Ended {
  readonly held: Held;
  readonly attempt: Attempt;
}

/** How a group is written. */
export interface Writing {
  /** Whether a row that somebody else holds is waited for, or left out. */
  readonly waits: boolean;
  /** True where it may have been written before, and the answer to its commit was lost. */
  readonly isAgain: boolean;
}

const LONGEST_REPLY = 1_000;
/** In milliseconds: answers of one bucket are counted together. */
const BUCKET_MS = 10_000;

/** How what became of deliveries is written down. */
export function outcomesOn(db: Database) {
  return {
    /**
     * Writes attempts of one sender and their outcomes, and suppresses addresses that the server
     * says are none. An answer to a body counts under the fence that it was marked with, whatever
     * became of the lease, as long as nobody tried again. For each id whether it was recorded;
     * where it was not, the row is no longer this sender's, and what was read is kept beside it for
     * whoever decides. What was left out has no entry.
     */
    recordOutcomes: (
      ended: readonly Ended[],
      writing: Writing = { waits: true, isAgain: false },
    ): Promise<Map<number, boolean>> =>
      db.transaction(async (tx) => {
        const ids = ended.map(({ held }) => held.id);
        const locked = await tx.rows<{ id: number }>(sql`select d.id from public.delivery d
          where d.id = any(${ids}::bigint[]) order by d.id
          for update of d ${writing.waits ? empty : sql`skip locked`}`);
        const isFree = new Set(locked.map(({ id }) => id));
        const known = writing.isAgain ? await listKnown(tx, ended) : new Set<number>();
        const mine = ended.filter(({ held }) => isFree.has(held.id) && !known.has(held.id));
        const recorded = await updateDeliveries(tx, mine);
        await insertAttempts(tx, mine, recorded);
        await countAnswers(tx, mine);
        const accepted = mine.filter(
          ({ held, attempt }) => recorded.has(held.id) && attempt.outcome.state === 'accepted',
        );
        if (accepted.length > 0)
          await keepDigests(
            tx,
            accepted.map(({ held }) => held.id),
          );
        for (const { held, attempt } of mine) {
          if (recorded.has(held.id) && attempt.verdict === 'address') {
            await suppress(tx, held.id, { note: textOf(attempt), at: attempt.endedAt });
          }
        }
        return new Map([
          ...mine.map(({ held }) => [held.id, recorded.has(held.id)] as const),
          ...[...known].map((id) => [id, true] as const),
        ]);
      }),
  };
}

/** Those of which this very try is written down: the answer to its commit was lost. */
async function listKnown(tx: Database, ended: readonly Ended[]): Promise<Set<number>> {
  const rows = await tx.rows<{ id: number }>(sql`select a.delivery_id as id from public.attempt a
    join unnest(${ended.map(({ held }) => held.id)}::bigint[],
      ${ended.map(({ held }) => held.fence)}::int[]) as h(id, fence)
      on h.id = a.delivery_id and h.fence = a.fence
    where a.outcome <> 'late'`);
  return new Set(rows.map(({ id }) => id));
}

/** The ids of those that were this sender's to write. */
async function updateDeliveries(tx: Database, ended: readonly Ended[]): Promise<Set<number>> {
  if (ended.length === 0) return new Set();
  const given = ended.map(({ held, attempt }) => {
    const { outcome, result, endedAt } = attempt;
    const isEnd = outcome.state === 'accepted' || outcome.state === 'failed';
    return {
      id: held.id,
      fence: held.fence,
      state: outcome.state,
      cause: 'cause' in outcome ? outcome.cause : null,
      nextAt: 'delayMs' in outcome ? new Date(endedAt.getTime() + outcome.delayMs) : null,
      uncounted: 'isFree' in outcome && outcome.isFree ? 1 : 0,
      acceptedAt: outcome.state === 'accepted' ? endedAt : null,
      endedAt: isEnd ? endedAt : null,
      reply: textOf(attempt),
      // A body was answered: the doubt is over, whoever's lease is.
      isAnswer:
        result.kind === 'accepted' || (result.kind === 'refused' && result.stage === 'body'),
    };
  });
  const [
    {
      held: { senderId },
    } = { held: { senderId: 0 } },
  ] = ended;
  // What may have arrived before is not failed by a later no.
  const isDoubted = sql`(d.doubted_at is not null and g.state = 'failed')`;
  const rows = await tx.rows<{ id: number }>(sql`update public.delivery d set
      state = case when ${isDoubted} then 'in_doubt' else g.state end,
      cause = case when not ${isDoubted} then g.cause end,
      next_at = g."nextAt", attempts = d.attempts - g.uncounted,
      in_flight_at = case when g.state in ('accepted', 'in_doubt') then d.in_flight_at end,
      accepted_at = g."acceptedAt", ended_at = g."endedAt", last_reply = g.reply
    from jsonb_to_recordset(${json(given)}::jsonb) as g(id bigint, fence int, state text, cause text,
      "nextAt" timestamptz, uncounted int, "acceptedAt" timestamptz, "endedAt" timestamptz,
      reply text, "isAnswer" boolean)
    where d.id = any(${given.map(({ id }) => id)}::bigint[]) and d.id = g.id and d.fence = g.fence
      and d.sender_id = ${senderId}
      and ((d.state = 'sending' and ${hasLease(senderId)})
        or (g."isAnswer" and d.state in ('sending', 'in_doubt') and d.in_flight_at is not null
          and d.doubted_at is null))
    returning d.id`);
  return new Set(rows.map(({ id }) => id));
}

async function insertAttempts(
  tx: Database,
  ended: readonly Ended[],
  recorded: ReadonlySet<number>,
): Promise<void> {
  if (ended.length === 0) return;
  const given = ended.map(({ held, attempt }) => {
    const reply = 'reply' in attempt.result ? attempt.result.reply : undefined;
    return {
      id: held.id,
      sender: held.senderId,
      fence: held.fence,
      relay: attempt.relay,
      startedAt: attempt.startedAt,
      bodyStartedAt: attempt.bodyStartedAt,
      endedAt: attempt.endedAt,
      outcome: recorded.has(held.id) ? attempt.outcome.state : 'late',
      verdict: attempt.verdict,
      stops: attempt.stops,
      code: reply?.code ?? null,
      enhanced: reply?.enhancedCode ?? null,
      reply: textOf(attempt),
    };
  });
  await tx.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id, fence, relay,
      started_at, body_started_at, ended_at, outcome, verdict, stops, code, enhanced_code, reply)
    select d.id, d.edition_id, g.sender, g.fence, g.relay, g."startedAt", g."bodyStartedAt",
      g."endedAt", g.outcome, g.verdict, g.stops, g.code, g.enhanced, g.reply
    from jsonb_to_recordset(${json(given)}::jsonb) as g(id bigint, sender bigint, fence int,
      relay text, "startedAt" timestamptz, "bodyStartedAt" timestamptz, "endedAt" timestamptz,
      outcome text, verdict text, stops boolean, code int, enhanced text, reply text)
    join public.delivery d on d.id = g.id
    where d.id = any(${given.map(({ id }) => id)}::bigint[])`);
}

/** Adds to what the answers at each edition came to in these seconds, in rows of this sender's own. */
async function countAnswers(tx: Database, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return;
  const given = ended.map(({ held, attempt }) => ({
    id: held.id,
    sender: held.senderId,
    bucket: new Date(Math.floor(attempt.endedAt.getTime() / BUCKET_MS) * BUCKET_MS),
    verdict: attempt.verdict,
    stops: attempt.stops,
    at: attempt.endedAt,
    reply: textOf(attempt),
  }));
  await tx.rows(sql`insert into public.answer_count as c
      (edition_id, bucket, sender_id, verdict, stops, count, last_reply, last_at)
    select d.edition_id, g.bucket, g.sender, g.verdict, g.stops, count(*)::int,
      (array_agg(g.reply order by g.at desc))[1], max(g.at)
    from jsonb_to_recordset(${json(given)}::jsonb) as g(id bigint, sender bigint,
      bucket timestamptz, verdict text, stops boolean, at timestamptz, reply text)
    join public.delivery d on d.id = g.id and d.edition_id is not null
    where d.id = any(${given.map(({ id }) => id)}::bigint[])
    group by d.edition_id, g.bucket, g.sender, g.verdict, g.stops
    on conflict (edition_id, bucket, sender_id, verdict, stops) do update set
      count = c.count + excluded.count, last_reply = excluded.last_reply, last_at = excluded.last_at`);
}

/** The server's words, or ours where it said none. A server may say anything, but PostgreSQL's text holds no NUL. */
function textOf({ result }: Attempt): string | null {
  const said = 'reply' in result ? result.reply.text : 'reason' in result ? result.reason : null;
  return said?.replaceAll('\0', ' ').slice(0, LONGEST_REPLY) ?? null;
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
