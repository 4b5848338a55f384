import type {
  ClaimedDelivery,
  DeliveryState,
  FailureCause,
  FrozenDigest,
  Outcome,
  SendResult,
  StoredDelivery,
} from '../core/letter/delivery.ts';
import { type Database, findRow, getRow, json, sql } from './database.ts';

/** A delivery with its digest as compose writes them. */
export interface NewDelivery {
  readonly kind: 'digest' | 'notice';
  readonly notice: string | null;
  readonly noticeKey: string | null;
  readonly editionId: number | null;
  readonly subscriberId: number | null;
  readonly resend: number;
  readonly roundId: number | null;
  readonly address: string;
  readonly addressHash: string;
  readonly messageId: string;
  readonly covers: readonly number[];
  readonly at: Date;
  readonly digest: FrozenDigest;
}

/** What one reader was sent already. */
export interface ReaderHistory {
  /** Editions that a delivery in flight, accepted or in doubt covers. */
  readonly covered: readonly number[];
  readonly hasInFlight: boolean;
  /** The next free resend number, by edition. */
  readonly copies: ReadonlyMap<number, number>;
}

const stored = sql`d.id, d.kind, d.edition_id as "editionId", d.subscriber_id as "subscriberId",
  s.id as "subscriptionId", d.resend, d.address, d.message_id as "messageId", d.state, d.cause,
  d.accepted_at as "acceptedAt", d.last_reply as "lastReply", g.content, g.rendering, g.date, g.seed, g.key_id as "keyId"`;
const joined = sql`public.delivery d join public.digest g on g.delivery_id = d.id
  left join public.subscription s on s.subscriber_id = d.subscriber_id`;

const LONGEST_REPLY = 1_000;

/** Mail to a subscriber as such: nothing of it goes out to one who left. */
const needsSubscription = sql`(d.kind = 'digest' or d.notice = 'quiet')`;
const isSubscribed = sql`exists (select 1 from public.subscription s
  where s.subscriber_id = d.subscriber_id and s.state = 'active')`;
/** After a bounce, one confirmation that its owner asked for may go out all the same. */
const isSuppressed = sql`exists (select 1 from public.suppression p
  where p.address_hash = d.address_hash and p.spares is distinct from d.notice_key)`;

/** Deliveries, their frozen digests and their attempts: the ledger. */
export function createDeliveryStore(db: Database) {
  /** Ends open deliveries that match; one that is in flight is left to its outcome. */
  const failOpen = (condition: ReturnType<typeof sql>, end: { cause: FailureCause; at: Date }) =>
    db.rows<{ id: number }>(sql`update public.delivery d set state = 'failed', cause = ${end.cause},
        ended_at = ${end.at}, next_at = null
      where (d.state in ('ready', 'deferred') or (d.state = 'sending' and d.in_flight_at is null))
        and ${condition} returning d.id`);

  return {
    /**
     * Writes deliveries with their digests; their ids by Message-ID, without notices whose key
     * was used before. Needs a transaction.
     */
    async insert(deliveries: readonly NewDelivery[]): Promise<Map<string, number>> {
      const given = json(deliveries);
      const rows = await db.rows<{ id: number; messageId: string }>(sql`
        insert into public.delivery (kind, notice, notice_key, edition_id, subscriber_id, resend,
          round_id, address, address_hash, message_id, covers, state, next_at, composed_at)
        select n.kind, n.notice, n."noticeKey", n."editionId", n."subscriberId", n.resend, n."roundId",
          n.address, n."addressHash", n."messageId",
          array(select jsonb_array_elements_text(n.covers)::bigint), 'ready', n.at, n.at
        from jsonb_to_recordset(${given}::jsonb) as n(kind text, notice text, "noticeKey" text,
          "editionId" bigint, "subscriberId" bigint, resend int, "roundId" bigint, address text,
          "addressHash" text, "messageId" text, covers jsonb, at timestamptz)
        on conflict (notice_key) do nothing returning id, message_id as "messageId"`);
      await db.rows(sql`insert into public.digest (delivery_id, content, rendering, date, seed, key_id)
        select d.id, n.digest->'content', n.digest->>'rendering', (n.digest->>'date')::timestamptz,
          n.digest->>'seed', n.digest->>'keyId'
        from jsonb_to_recordset(${given}::jsonb) as n("messageId" text, digest jsonb)
        join public.delivery d on d.message_id = n."messageId"
        where d.id in (select jsonb_array_elements_text(${json(rows.map(({ id }) => id))}::jsonb)::bigint)`);
      return new Map(rows.map(({ id, messageId }) => [messageId, id]));
    },

    /**
     * What readers were sent already, by subscriber. Their open deliveries stay locked to the
     * end of the transaction, so that none can begin its body meanwhile.
     */
    async lockHistory(subscriberIds: readonly number[]): Promise<Map<number, ReaderHistory>> {
      const wanted = sql`(select jsonb_array_elements_text(${json(subscriberIds)}::jsonb)::bigint)`;
      await db.rows(sql`select id from public.delivery where subscriber_id in ${wanted}
        and state in ('ready', 'deferred', 'sending') order by id for update`);
      const rows = await db.rows<
        Omit<ReaderHistory, 'copies'> & { subscriberId: number; copies: [number, number][] }
      >(sql`
        select d.subscriber_id as "subscriberId",
          coalesce((select jsonb_agg(distinct c) from public.delivery v, unnest(v.covers) c
            where v.subscriber_id = d.subscriber_id and (v.state in ('accepted', 'in_doubt')
              or v.in_flight_at is not null)), '[]') as covered,
          bool_or(d.state = 'sending' and d.in_flight_at is not null) as "hasInFlight",
          jsonb_agg(jsonb_build_array(d.edition_id, d.resend)) as copies
        from public.delivery d where d.subscriber_id in ${wanted} and d.kind = 'digest'
        group by d.subscriber_id`);
      return new Map(
        rows.map(({ subscriberId, copies, ...history }) => {
          const next = new Map<number, number>();
          for (const [editionId, resend] of copies) {
            next.set(editionId, Math.max(next.get(editionId) ?? 0, resend + 1));
          }
          return [subscriberId, { ...history, copies: next }];
        }),
      );
    },

    find: (id: number) =>
      findRow<StoredDelivery>(db, sql`select ${stored} from ${joined} where d.id = ${id}`),
    /** This reader's deliveries of one edition, the newest resend first. */
    listOfReader: (editionId: number, subscriberId: number) =>
      db.rows<StoredDelivery>(sql`select ${stored} from ${joined}
        where d.edition_id = ${editionId} and d.subscriber_id = ${subscriberId} order by d.resend desc`),

    /**
     * Claims ready and due deliveries of frozen rounds for one sender, whose lease must be
     * good; those of readers who left or are suppressed are failed on the way.
     */
    async claim(claim: { senderId: number; now: Date; most: number }): Promise<ClaimedDelivery[]> {
      return db.rows<ClaimedDelivery>(sql`
        with picked as (
          select d.id from public.delivery d left join public.round r on r.id = d.round_id
          where d.state in ('ready', 'deferred') and d.next_at <= ${claim.now}
            and (d.round_id is null or r.frozen_at is not null)
            and exists (select 1 from public.sender n
              where n.id = ${claim.senderId} and n.lease_until > clock_timestamp())
          order by d.next_at, d.id limit ${claim.most} for update of d skip locked)
        update public.delivery d set state = 'sending', sender_id = ${claim.senderId},
          fence = d.fence + 1, attempts = d.attempts + 1, next_at = null
        from picked where d.id = picked.id
        returning d.id, d.fence, d.address, d.message_id as "messageId", d.attempts`);
    },

    /**
     * The last check before the first byte of a body, and the mark of the moment of doubt:
     * true only where this sender still holds the delivery and its lease, the edition is
     * released, the reader still subscribed and the address not suppressed.
     */
    async recordInFlight(held: { id: number; fence: number; senderId: number }): Promise<boolean> {
      const marked = await db.rows(sql`update public.delivery d set in_flight_at = clock_timestamp()
        where d.id = ${held.id} and d.state = 'sending' and d.fence = ${held.fence}
          and d.sender_id = ${held.senderId} and d.in_flight_at is null
          and exists (select 1 from public.sender n
            where n.id = d.sender_id and n.lease_until > clock_timestamp())
          and (d.edition_id is null or exists (select 1 from public.edition e
            where e.id = d.edition_id and e.state in ('released', 'closed')))
          and (not ${needsSubscription} or ${isSubscribed}) and not ${isSuppressed}
        returning d.id`);
      return marked.length > 0;
    },

    /** Writes an attempt and its outcome; false where the row is no longer this sender's. */
    recordOutcome: (
      held: { id: number; fence: number; senderId: number },
      attempt: {
        relay: string;
        startedAt: Date;
        bodyStartedAt: Date | null;
        endedAt: Date;
        result: SendResult;
        outcome: Outcome;
      },
    ) =>
      db.transaction(async (tx) => {
        const { outcome, result, endedAt } = attempt;
        const reply = 'reply' in result ? result.reply : undefined;
        const said = reply?.text ?? ('reason' in result ? result.reason : null);
        // A server may say anything, but PostgreSQL's text holds no NUL.
        const text = said?.replaceAll('\0', ' ').slice(0, LONGEST_REPLY) ?? null;
        const nextAt =
          outcome.state === 'deferred' ? new Date(endedAt.getTime() + outcome.delayMs) : null;
        const isEnd = outcome.state === 'accepted' || outcome.state === 'failed';
        const rows = await tx.rows(sql`update public.delivery set state = ${outcome.state},
            cause = ${'cause' in outcome ? outcome.cause : null}, next_at = ${nextAt},
            in_flight_at = case when ${outcome.state} in ('accepted', 'in_doubt') then in_flight_at end,
            accepted_at = ${outcome.state === 'accepted' ? endedAt : null},
            ended_at = ${isEnd ? endedAt : null}, last_reply = ${text}
          where id = ${held.id} and state = 'sending' and fence = ${held.fence}
            and sender_id = ${held.senderId} returning id`);
        if (rows.length === 0) return false;
        await tx.rows(sql`insert into public.attempt (delivery_id, sender_id, fence, relay, started_at,
            body_started_at, ended_at, outcome, code, enhanced_code, reply)
          values (${held.id}, ${held.senderId}, ${held.fence}, ${attempt.relay}, ${attempt.startedAt},
            ${attempt.bodyStartedAt}, ${endedAt}, ${outcome.state}, ${reply?.code ?? null},
            ${reply?.enhancedCode ?? null}, ${text})`);
        if (outcome.state === 'accepted') await keepDigest(tx, held.id);
        return true;
      }),

    /**
     * Gives a claimed delivery of which no byte went out back without an attempt, to be
     * claimed again from `at` on. A mark whose commit was not heard of goes with it.
     */
    async recordReturned(held: { id: number; fence: number; senderId: number }, at: Date) {
      await db.rows(sql`update public.delivery set state = 'ready', next_at = ${at}, sender_id = null,
          in_flight_at = null, attempts = attempts - 1
        where id = ${held.id} and state = 'sending' and fence = ${held.fence}
          and sender_id = ${held.senderId}`);
    },

    /**
     * Takes back what senders whose lease ran out were holding: what never reached its body
     * is ready again, what did is in doubt.
     */
    recordAbandoned: (now: Date) =>
      db.rows<{ id: number; state: DeliveryState }>(sql`
        with picked as (
          select d.id from public.delivery d join public.sender n on n.id = d.sender_id
          where d.state = 'sending' and n.lease_until < clock_timestamp()
          for update of d skip locked)
        update public.delivery d set
          state = case when d.in_flight_at is null then 'ready' else 'in_doubt' end,
          next_at = case when d.in_flight_at is null then ${now}::timestamptz end,
          last_reply = case when d.in_flight_at is null then d.last_reply
            else 'the sending process ended before the answer was recorded' end
        from picked where d.id = picked.id returning d.id, d.state`),

    /** Fails what may no longer go out: readers who left, suppressed addresses. */
    async failForbidden(now: Date): Promise<void> {
      await failOpen(isSuppressed, { cause: 'suppressed', at: now });
      await failOpen(sql`${needsSubscription} and not ${isSubscribed}`, {
        cause: 'cancelled',
        at: now,
      });
    },
    /** What a newer digest makes pointless: these readers' waiting digests. */
    failSuperseded: (subscriberIds: readonly number[], at: Date) =>
      failOpen(
        sql`d.kind = 'digest' and d.subscriber_id in (select jsonb_array_elements_text(${json(subscriberIds)}::jsonb)::bigint)`,
        { cause: 'expired', at },
      ),
    failOfReader: (subscriberId: number, at: Date) =>
      failOpen(sql`${needsSubscription} and d.subscriber_id = ${subscriberId}`, {
        cause: 'cancelled',
        at,
      }),

    /** How many may be claimed now. */
    countReady: async (now: Date) =>
      (
        await getRow<{ ready: number }>(
          db,
          sql`select count(*)::int as ready from public.delivery d
            left join public.round r on r.id = d.round_id
            where d.state in ('ready', 'deferred') and d.next_at <= ${now}
              and (d.round_id is null or r.frozen_at is not null)`,
        )
      ).ready,
    /** Whether anything is on its way or may go out now. */
    hasActive: async (now: Date) =>
      (await findRow(
        db,
        sql`select 1 from public.delivery where state = 'sending'
          or (state in ('ready', 'deferred') and next_at <= ${now}) limit 1`,
      )) !== undefined,
    /** Deliveries by state, of all or of one round or edition. */
    countByState: (of: { roundId?: number; editionId?: number } = {}) =>
      db.rows<{ state: DeliveryState; cause: FailureCause | null; count: number }>(sql`
        select state, cause, count(*)::int as count from public.delivery
        where (${of.roundId ?? null}::bigint is null or round_id = ${of.roundId ?? null})
          and (${of.editionId ?? null}::bigint is null or edition_id = ${of.editionId ?? null})
        group by state, cause order by state, cause`),

    removeSample: () =>
      db.rows(sql`delete from public.delivery where subscriber_id in
        (select id from public.subscriber where is_sample)
        or edition_id in (select id from public.edition where is_sample)`),
  };
}

/** Keeps what a reader got for their own eyes, past the pruning of deliveries. */
async function keepDigest(db: Database, deliveryId: number): Promise<void> {
  await db.rows(sql`insert into public.kept_digest
      (delivery_id, subscriber_id, edition_id, accepted_at, papers)
    select d.id, d.subscriber_id, d.edition_id, d.accepted_at,
      array(select (c->>'paper')::bigint from jsonb_array_elements(g.content->'choices') c)
    from public.delivery d join public.digest g on g.delivery_id = d.id
    where d.id = ${deliveryId} and d.kind = 'digest' and d.subscriber_id is not null
    on conflict do nothing`);
}
