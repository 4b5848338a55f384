import type { AttemptVerdict, Outcome, SendResult } from '../../core/letter/delivery.ts';
import { type Database, empty, type Sql, sql } from '../database.ts';
import { type Held, hasLease } from './claims.ts';
import { isOfItems } from './pauses.ts';

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
/** In seconds: answers of one bucket are counted together. */
const BUCKET_S = 10;

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
    async recordOutcomes(
      ended: readonly Ended[],
      writing: Writing = { waits: true, isAgain: false },
    ): Promise<Map<number, boolean>> {
      const refused = ended.filter(({ attempt }) => attempt.verdict === 'address');
      const isOneStatement = refused.length === 0 && !writing.isAgain;
      const written = isOneStatement
        ? await writeAll(db, ended, writing)
        : await db.transaction(async (tx) => {
            const known = writing.isAgain ? await listKnown(tx, ended, writing) : [];
            const isKnown = new Set(known.map(({ id }) => id));
            const fresh = ended.filter(({ held }) => !isKnown.has(held.id));
            const rows = await writeAll(tx, fresh, writing);
            const isRecorded = new Set(rows.flatMap((row) => (row.isRecorded ? row.id : [])));
            for (const { held, attempt } of refused) {
              const why = { note: textOf(attempt), at: attempt.endedAt };
              if (isRecorded.has(held.id)) await suppress(tx, held.id, why);
            }
            return [...rows, ...known];
          });
      return new Map(written.map(({ id, isRecorded }) => [id, isRecorded]));
    },
  };
}

interface Written {
  readonly id: number;
  readonly isRecorded: boolean;
}

/**
 * Those of which this very try is written down: the answer to its commit was lost. Their rows are
 * locked first: the lost statement may still be under way, and only a later one sees what it wrote.
 */
async function listKnown(
  tx: Database,
  ended: readonly Ended[],
  { waits }: Writing,
): Promise<Written[]> {
  const ids = ended.map(({ held }) => held.id);
  await tx.rows(sql`select d.id from public.delivery d where d.id = any(${ids}::bigint[])
    order by d.id for update of d ${waits ? empty : sql`skip locked`}`);
  // By its beginning, too: under the same fence another process may have held it in doubt.
  return tx.rows<Written>(sql`select a.delivery_id as id, a.outcome <> 'late' as "isRecorded"
    from public.attempt a join unnest(${ids}::bigint[], ${ended.map(({ held }) => held.fence)}::int[],
      ${ended.map(({ attempt }) => attempt.startedAt.toISOString())}::timestamptz[])
      as h(id, fence, started_at)
      on h.id = a.delivery_id and h.fence = a.fence and h.started_at = a.started_at`);
}

/** One statement: rows are locked in the order of their ids, then written, tried and counted. */
async function writeAll(
  db: Database,
  ended: readonly Ended[],
  { waits }: Writing,
): Promise<Written[]> {
  const [first] = ended;
  if (!first) return [];
  const { senderId } = first.held;
  const ids = ended.map(({ held }) => held.id);
  // What may have arrived before is not failed by a later no.
  const isDoubted = sql`(d.doubted_at is not null and g.state = 'failed')`;
  const statement = sql`
    with given as (select * from ${givenBy(ended)}),
    free as (select d.id, d.kind, d.edition_id, d.announcement_id from public.delivery d
      where d.id = any(${ids}::bigint[]) order by d.id
      for update of d ${waits ? empty : sql`skip locked`}),
    done as (update public.delivery d set
        state = case when ${isDoubted} then 'in_doubt' else g.state end,
        cause = case when not ${isDoubted} then g.cause end,
        next_at = g.next_at, attempts = d.attempts - g.uncounted,
        in_flight_at = case when g.state in ('accepted', 'in_doubt') then d.in_flight_at end,
        accepted_at = case when g.state = 'accepted' then g.ended_at end,
        ended_at = case when g.state in ('accepted', 'failed') then g.ended_at end,
        last_reply = g.reply
      from given g
      where d.id = any(${ids}::bigint[]) and d.id = g.id and d.id in (select f.id from free f)
        and d.fence = g.fence and d.sender_id = ${senderId}
        and ((d.state = 'sending' and ${hasLease(senderId)})
          or (g.is_answer and d.state in ('sending', 'in_doubt') and d.in_flight_at is not null
            and d.doubted_at is null))
      returning d.id),
    tried as (insert into public.attempt (delivery_id, edition_id, sender_id, fence, relay,
        started_at, body_started_at, ended_at, outcome, verdict, stops, code, enhanced_code, reply)
      select f.id, f.edition_id, ${senderId}, g.fence, g.relay, g.started_at, g.body_at, g.ended_at,
        case when n.id is null then 'late' else g.state end, g.verdict, g.stops, g.code, g.enhanced,
        g.reply
      from free f join given g on g.id = f.id left join done n on n.id = f.id),
    counted as (insert into public.answer_count as c
        (edition_id, bucket, sender_id, verdict, stops, count, last_reply, last_at)
      select f.edition_id, to_timestamp(floor(extract(epoch from g.ended_at) / ${BUCKET_S}) * ${BUCKET_S}) as bucket,
        ${senderId}, g.verdict, g.stops, count(*)::int, max(g.reply), max(g.ended_at)
      from free f join given g on g.id = f.id where f.edition_id is not null
      group by f.edition_id, bucket, g.verdict, g.stops
      on conflict (edition_id, bucket, sender_id, verdict, stops) do update set
        count = c.count + excluded.count, last_reply = excluded.last_reply,
        last_at = greatest(c.last_at, excluded.last_at)),
    announced as (insert into public.announced_count as c
        (announcement_id, bucket, sender_id, verdict, stops, count, last_reply, last_at)
      select f.announcement_id, to_timestamp(floor(extract(epoch from g.ended_at) / ${BUCKET_S}) * ${BUCKET_S}) as bucket,
        ${senderId}, g.verdict, g.stops, count(*)::int, max(g.reply), max(g.ended_at)
      from free f join given g on g.id = f.id where f.announcement_id is not null
      group by f.announcement_id, bucket, g.verdict, g.stops
      on conflict (announcement_id, bucket, sender_id, verdict, stops) do update set
        count = c.count + excluded.count, last_reply = excluded.last_reply,
        last_at = greatest(c.last_at, excluded.last_at)),
    named as (insert into public.items_count as c
        (bucket, sender_id, verdict, stops, count, last_reply, last_at)
      select to_timestamp(floor(extract(epoch from g.ended_at) / ${BUCKET_S}) * ${BUCKET_S}) as bucket,
        ${senderId}, g.verdict, g.stops, count(*)::int, max(g.reply), max(g.ended_at)
      from free f join given g on g.id = f.id where f.kind = 'digest' and f.edition_id is null
      group by bucket, g.verdict, g.stops
      on conflict (bucket, sender_id, verdict, stops) do update set
        count = c.count + excluded.count, last_reply = excluded.last_reply,
        last_at = greatest(c.last_at, excluded.last_at))
    select f.id, n.id is not null as "isRecorded" from free f left join done n on n.id = f.id`;
  return db.rows<Written>(statement, waits ? 'outcomes-waiting' : 'outcomes');
}

/** What came to an end as a table, a column at a time: arrays are read far sooner than JSON. */
function givenBy(ended: readonly Ended[]): Sql {
  const column = <Value>(read: (each: Ended) => Value) => ended.map(read);
  const outcome = <Value>(read: (outcome: Outcome, attempt: Attempt) => Value) =>
    column(({ attempt }) => read(attempt.outcome, attempt));
  const reply = (attempt: Attempt) =>
    'reply' in attempt.result ? attempt.result.reply : undefined;
  return sql`unnest(
      ${column(({ held }) => held.id)}::bigint[], ${column(({ held }) => held.fence)}::int[],
      ${outcome(({ state }) => state)}::text[],
      ${outcome((each) => ('cause' in each ? each.cause : null))}::text[],
      ${outcome((each, { endedAt }) =>
        'delayMs' in each ? new Date(endedAt.getTime() + each.delayMs).toISOString() : null,
      )}::timestamptz[],
      ${outcome((each) => ('isFree' in each && each.isFree ? 1 : 0))}::int[],
      ${column(({ attempt }) => isAnswered(attempt.result))}::boolean[],
      ${column(({ attempt }) => attempt.relay)}::text[],
      ${column(({ attempt }) => attempt.startedAt.toISOString())}::timestamptz[],
      ${column(({ attempt }) => attempt.bodyStartedAt?.toISOString() ?? null)}::timestamptz[],
      ${column(({ attempt }) => attempt.endedAt.toISOString())}::timestamptz[],
      ${column(({ attempt }) => attempt.verdict)}::text[],
      ${column(({ attempt }) => attempt.stops)}::boolean[],
      ${column(({ attempt }) => reply(attempt)?.code ?? null)}::int[],
      ${column(({ attempt }) => reply(attempt)?.enhancedCode ?? null)}::text[],
      ${column(({ attempt }) => textOf(attempt))}::text[])
    as g(id, fence, state, cause, next_at, uncounted, is_answer, relay, started_at, body_at,
      ended_at, verdict, stops, code, enhanced, reply)`;
}

/** A body was answered: the doubt is over, whoever's lease is. */
function isAnswered(result: SendResult): boolean {
  return result.kind === 'accepted' || (result.kind === 'refused' && result.stage === 'body');
}

/** The server's words, or ours where it said none. A server may say anything, but PostgreSQL's text holds no NUL. */
function textOf({ result }: Attempt): string | null {
  const said = 'reply' in result ? result.reply.text : 'reason' in result ? result.reason : null;
  const text = said?.replaceAll('\0', ' ').slice(0, LONGEST_REPLY);
  // Half a surrogate pair becomes U+FFFD.
  return text === undefined ? null : Buffer.from(text).toString();
}

/** Nobody is there: no mail any more, or, where so many are refused that the server is in question, a note for a person. */
async function suppress(db: Database, deliveryId: number, why: { note: string | null; at: Date }) {
  await db.rows(sql`
    with refused as (
      select d.id, d.address_hash, d.edition_id, exists (select 1 from public.pause u
        where u.ended_at is null and u.actor = 'breaker' and (u.edition_id = d.edition_id
          or u.announcement_id = d.announcement_id
          or (u.scope = 'items' and ${isOfItems})
          or (u.scope = 'notices' and d.kind = 'notice'))) as is_questioned
      from public.delivery d where d.id = ${deliveryId}),
    held as (insert into public.held_suppression (address_hash, edition_id, delivery_id, note, at)
      select address_hash, edition_id, id, ${why.note}, ${why.at} from refused where is_questioned
      on conflict do nothing)
    insert into public.suppression (address_hash, reason, note, at, delivery_id)
    select address_hash, 'bounce', ${why.note}, ${why.at}, id from refused where not is_questioned
    on conflict (address_hash) do nothing`);
}
