import type {
  DeliveryState,
  FailureCause,
  FrozenDigest,
  StoredDelivery,
} from '../../core/letter/delivery.ts';
import { type Database, findRow, getRow, json, type Sql, sql } from '../database.ts';
import { claimsOn } from './claims.ts';
import { doubtsOn } from './doubts.ts';
import { endingsOn } from './endings.ts';
import { historiesOn, isCovering } from './histories.ts';
import { going, goingEditions, isFrozen, isPaused, isStopped } from './pauses.ts';

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
  /** Message-ID of the copy that this one follows. */
  readonly refersTo?: string;
}

/** A delivery with what is kept of it; `content` is null after pruning. */
export interface StoredLetter {
  readonly id: number;
  readonly kind: 'digest' | 'notice';
  readonly notice: string | null;
  readonly resend: number;
  readonly covers: readonly number[];
  readonly state: DeliveryState;
  readonly cause: FailureCause | null;
  readonly composedAt: Date;
  readonly acceptedAt: Date | null;
  readonly nextAt: Date | null;
  readonly content: FrozenDigest['content'] | null;
  readonly attempts: readonly {
    readonly startedAt: string;
    readonly relay: string;
    readonly outcome: string;
    readonly code: number | null;
    readonly reply: string | null;
  }[];
  readonly feedback: readonly {
    readonly at: string;
    readonly kind: string;
    readonly text: string | null;
  }[];
}

const stored = sql`d.id, d.kind, d.edition_id as "editionId", d.subscriber_id as "subscriberId",
  s.id as "subscriptionId", d.resend, d.address, d.message_id as "messageId", d.state, d.cause,
  d.accepted_at as "acceptedAt", d.last_reply as "lastReply", d.refers_to as "refersTo", g.content, g.rendering, g.date, g.seed, g.key_id as "keyId"`;
const joined = sql`public.delivery d join public.digest g on g.delivery_id = d.id
  left join public.subscription s on s.subscriber_id = d.subscriber_id`;

/** Deliveries, their frozen digests and their attempts: the ledger. */
export function createDeliveryStore(db: Database) {
  const claims = claimsOn(db);
  return {
    ...claims,
    ...doubtsOn(db),
    ...endingsOn(db),
    ...historiesOn(db),

    /**
     * Writes deliveries with their digests; their ids by Message-ID, without notices whose key
     * was used before. Needs a transaction.
     */
    async insert(deliveries: readonly NewDelivery[]): Promise<Map<string, number>> {
      const given = json(deliveries);
      const rows = await db.rows<{ id: number; messageId: string }>(sql`
        insert into public.delivery (kind, notice, notice_key, edition_id, subscriber_id, resend,
          round_id, address, address_hash, message_id, covers, state, next_at, composed_at, refers_to)
        select n.kind, n.notice, n."noticeKey", n."editionId", n."subscriberId", n.resend, n."roundId",
          n.address, n."addressHash", n."messageId",
          array(select jsonb_array_elements_text(n.covers)::bigint), 'ready', n.at, n.at, n."refersTo"
        from jsonb_to_recordset(${given}::jsonb) as n(kind text, notice text, "noticeKey" text,
          "editionId" bigint, "subscriberId" bigint, resend int, "roundId" bigint, address text,
          "addressHash" text, "messageId" text, covers jsonb, at timestamptz, "refersTo" text)
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
     * Of these papers, those that messages to these readers showed, chosen or only listed; and
     * of all papers those that were shown as rising. By subscriber.
     */
    async listShown(
      subscriberIds: readonly number[],
      papers: readonly number[],
    ): Promise<Map<number, { shown: number[]; risen: number[] }>> {
      const rows = await db.rows<{ subscriberId: number; shown: number[]; risen: number[] }>(sql`
        with sent as (select v.subscriber_id, g.content from public.delivery v
          join public.digest g on g.delivery_id = v.id
          where v.kind = 'digest' and ${isCovering} and v.subscriber_id in
            (select jsonb_array_elements_text(${json(subscriberIds)}::jsonb)::bigint))
        select s.subscriber_id as "subscriberId",
          coalesce(jsonb_agg(distinct p.id) filter (where not s.content ? 'listed'
            or s.content->'listed' @> p.id or s.content->'choices' @> jsonb_build_array(jsonb_build_object('paper', p.id))
            or s.content->'rising' @> jsonb_build_array(jsonb_build_object('paper', p.id))), '[]') as shown,
          coalesce(jsonb_agg(distinct r.paper) filter (where r.paper is not null), '[]') as risen
        from sent s left join jsonb_array_elements(${json(papers)}::jsonb) p(id) on true
          left join lateral (select e->'paper' as paper from jsonb_array_elements(
            coalesce(s.content->'rising', '[]')) e) r on true
        group by s.subscriber_id`);
      return new Map(rows.map(({ subscriberId, ...papersOf }) => [subscriberId, papersOf]));
    },

    find: (id: number) =>
      findRow<StoredDelivery>(db, sql`select ${stored} from ${joined} where d.id = ${id}`),
    /** This reader's deliveries of one edition, the newest resend first. */
    listOfReader: (editionId: number, subscriberId: number) =>
      db.rows<StoredDelivery>(sql`select ${stored} from ${joined}
        where d.edition_id = ${editionId} and d.subscriber_id = ${subscriberId} order by d.resend desc`),

    /** One delivery, and all to a subscriber that were composed in a time, the oldest first, each with its attempts. */
    listLetters: (of: { id: number | null; subscriberId: number; from: Date; to: Date }) =>
      db.rows<StoredLetter>(sql`select d.id, d.kind, d.notice, d.resend, to_jsonb(d.covers) as covers, d.state, d.cause,
          d.composed_at as "composedAt", d.accepted_at as "acceptedAt", d.next_at as "nextAt",
          g.content, coalesce((select jsonb_agg(jsonb_build_object('startedAt', a.started_at,
              'relay', a.relay, 'outcome', a.outcome, 'code', a.code, 'reply', a.reply) order by a.id)
            from public.attempt a where a.delivery_id = d.id), '[]') as attempts,
          coalesce((select jsonb_agg(jsonb_build_object('at', f.at, 'kind', f.kind,
              'text', concat_ws(' ', coalesce(f.enhanced_code, f.code::text), f.text)) order by f.id)
            from public.feedback f where f.delivery_id = d.id), '[]') as feedback
        from public.delivery d left join public.digest g on g.delivery_id = d.id
        where d.id = ${of.id} or (d.subscriber_id = ${of.subscriberId}
          and d.composed_at >= ${of.from} and d.composed_at < ${of.to})
        order by d.id`),

    /** A subscriber's deliveries as they may be told of them, newest first. */
    listOfSubscriber: (subscriberId: number) =>
      db.rows<{
        kind: 'digest' | 'notice';
        notice: string | null;
        edition: string | null;
        state: DeliveryState;
        cause: FailureCause | null;
        composedAt: Date;
        acceptedAt: Date | null;
        messageId: string;
      }>(sql`select d.kind, d.notice, e.name as edition, d.state, d.cause,
          d.composed_at as "composedAt", d.accepted_at as "acceptedAt", d.message_id as "messageId"
        from public.delivery d left join public.edition e on e.id = d.edition_id
        where d.subscriber_id = ${subscriberId} order by d.id desc`),

    /** How many may be claimed now; of each edition at most `most` are counted. */
    async countReady(now: Date, most = 1_000_000): Promise<number> {
      const some = (isOfScope: Sql, isStill: Sql) => sql`select 1 from public.delivery d
        where ${isOfScope} and d.state in ('ready', 'deferred') and d.next_at <= ${now}
          and ${isFrozen} and not ${isStill} limit ${most}`;
      const { ready } = await getRow<{ ready: number }>(
        db,
        sql`with recursive ${goingEditions}
          select ((select count(*) from ${going} g
              cross join lateral (${some(sql`d.edition_id = g.edition_id`, isStopped.editions)}) e)
            + (select count(*) from (${some(sql`d.edition_id is null`, isStopped.notices)}) n))::int as ready`,
      );
      return ready;
    },
    /** Whether anything is on its way or may go out now. */
    hasActive: async (now: Date) =>
      (await findRow(
        db,
        sql`select 1 from public.delivery d where d.state = 'sending'
          or (d.state in ('ready', 'deferred') and d.next_at <= ${now} and not ${isPaused}) limit 1`,
      )) !== undefined,
    /** Deliveries by state, of all or of one round or edition. */
    countByState: (of: { roundId?: number; editionId?: number } = {}) =>
      db.rows<{ state: DeliveryState; cause: FailureCause | null; count: number }>(sql`
        select state, cause, count(*)::int as count from public.delivery
        where (${of.roundId ?? null}::bigint is null or round_id = ${of.roundId ?? null})
          and (${of.editionId ?? null}::bigint is null or edition_id = ${of.editionId ?? null})
        group by state, cause order by state, cause`),

    /** Removes the sample's deliveries; rounds that held some are not accounted for any more. */
    async removeSample(at: Date): Promise<void> {
      const gone = sql`(d.subscriber_id in (select id from public.subscriber where is_sample)
        or d.edition_id in (select id from public.edition where is_sample))`;
      await db.rows(sql`update public.round set settled_at = ${at} where settled_at is null
        and id in (select d.round_id from public.delivery d where ${gone})`);
      await db.rows(sql`delete from public.delivery d where ${gone}`);
    },
  };
}
