import type {
  DeliveryKind,
  DeliveryState,
  FailureCause,
  FrozenDigest,
  StoredDelivery,
} from '../../core/letter/delivery.ts';
import {
  type ContentColumns,
  readContent,
  type StoredContent,
} from '../../core/letter/stored-content.ts';
import { type Database, json, type Sql, sql } from '../database.ts';
import { claimsOn } from './claims.ts';
import { countsOn } from './counts.ts';
import { doubtsOn } from './doubts.ts';
import { endingsOn } from './endings.ts';
import { historiesOn } from './histories.ts';
import { outcomesOn } from './outcomes.ts';
import { contentColumns, digestColumns, readDigest } from './stored-digests.ts';

/** A delivery with its digest as compose writes them. */
export interface NewDelivery {
  /** Taken for it: its Message-ID names it. */
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly notice: string | null;
  readonly noticeKey: string | null;
  readonly editionId: number | null;
  /** Of an announcement: which. */
  readonly announcementId?: number;
  readonly subscriberId: number | null;
  readonly resend: number;
  readonly roundId: number | null;
  readonly address: string;
  readonly addressHash: string;
  readonly messageId: string;
  readonly covers: readonly number[];
  readonly at: Date;
  /** True where it has no moment yet, since a warm-up gives it one. */
  readonly waits?: boolean;
  readonly digest: FrozenDigest;
  /** The content as it is written; absent where it is written as it is. */
  readonly stored?: StoredContent;
  /** How many items it tells of; absent where it tells of none. */
  readonly items?: number;
  /** Message-ID of the copy that this one follows. */
  readonly refersTo?: string;
}

/** A delivery with what is kept of it; `content` is null after pruning. */
export interface StoredLetter {
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly notice: string | null;
  readonly resend: number;
  readonly editionId: number | null;
  readonly announcementId: number | null;
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

const stored = sql`d.id, d.kind, d.edition_id as "editionId",
  d.announcement_id as "announcementId", d.subscriber_id as "subscriberId",
  case when d.kind <> 'post' then s.id end as "subscriptionId", d.resend, d.address, d.message_id as "messageId", d.state, d.cause,
  d.accepted_at as "acceptedAt", d.last_reply as "lastReply", d.refers_to as "refersTo", ${digestColumns}`;
const joined = sql`public.delivery d join public.digest g on g.delivery_id = d.id
  left join public.subscription s on s.subscriber_id = d.subscriber_id`;

/** What is written of a digest: of a packed one nothing that its delivery says. */
function columnsOf(
  { content, rendering, date, seed, keyId }: FrozenDigest,
  stored: StoredContent = { content, packed: null },
) {
  return stored.packed === null
    ? { ...stored, rendering, date, seed, keyId }
    : { ...stored, packedRendering: rendering, keyId };
}

/** Deliveries, their frozen digests and their attempts: the ledger. */
export function createDeliveryStore(db: Database) {
  const claims = claimsOn(db);
  const listStored = async (
    condition: Sql,
    { name, passesOver = false }: { name?: string; passesOver?: boolean } = {},
  ): Promise<StoredDelivery[]> => {
    const rows = await db.rows<Omit<StoredDelivery, 'content'> & ContentColumns>(
      sql`select ${stored} from ${joined} where ${condition}`,
      name,
    );
    return rows.flatMap((row) => {
      try {
        return readDigest(row);
      } catch (error) {
        if (passesOver) return [];
        throw error;
      }
    });
  };

  return {
    ...claims,
    ...doubtsOn(db),
    ...endingsOn(db),
    ...outcomesOn(db),
    ...historiesOn(db),
    ...countsOn(db),

    /** Ids that no delivery has, nor any will have but those they are given to. */
    takeIds: async (count: number): Promise<number[]> =>
      (
        await db.rows<{ id: number }>(sql`
          select nextval(pg_get_serial_sequence('public.delivery', 'id')) as id
          from generate_series(1, ${count}::int)`)
      ).map(({ id }) => id),

    /**
     * Writes deliveries with their digests; the ids of those that were, without notices whose key
     * was used before. Needs a transaction.
     */
    async insert(deliveries: readonly NewDelivery[]): Promise<ReadonlySet<number>> {
      const given = json(
        deliveries.map(({ digest, stored, ...row }) => ({ ...row, ...columnsOf(digest, stored) })),
      );
      const rows = await db.rows<{ id: number }>(sql`
        insert into public.delivery (id, kind, notice, notice_key, edition_id, subscriber_id, resend,
          announcement_id, round_id, address, address_hash, message_id, covers, state, next_at,
          composed_at, refers_to, items)
        overriding system value
        select n.id, n.kind, n.notice, n."noticeKey", n."editionId", n."subscriberId", n.resend,
          n."announcementId", n."roundId", n.address, n."addressHash", n."messageId",
          array(select jsonb_array_elements_text(n.covers)::bigint), 'ready',
          case when n.waits is not true then n.at end, n.at, n."refersTo", n.items
        from jsonb_to_recordset(${given}::jsonb) as n(id bigint, kind text, notice text,
          "noticeKey" text, "editionId" bigint, "announcementId" bigint, "subscriberId" bigint, resend int, "roundId" bigint,
          address text, "addressHash" text, "messageId" text, covers jsonb, at timestamptz,
          waits boolean, "refersTo" text, items int)
        on conflict (notice_key) do nothing returning id`);
      const ids = rows.map(({ id }) => id);
      await db.rows(sql`insert into public.digest
          (delivery_id, content, packed, rendering, rendering_id, date, seed, key_id)
        select n.id, n.content, n.packed, n.rendering,
          (select r.id from public.rendering r where r.hash = n."packedRendering"),
          n.date, n.seed, n."keyId"
        from jsonb_to_recordset(${given}::jsonb) as n(id bigint, content jsonb, packed text,
          rendering text, "packedRendering" text, date timestamptz, seed text, "keyId" text)
        where n.id = any(${ids}::bigint[])`);
      return new Set(ids);
    },

    /** Those of these that are still there and can be read, in no order: one that cannot costs no other. */
    listByIds: (ids: readonly number[]) =>
      listStored(sql`d.id = any(${ids}::bigint[])`, { name: 'letters', passesOver: true }),
    find: async (id: number) => (await listStored(sql`d.id = ${id}`))[0],
    /** This reader's deliveries of one edition, the newest resend first. */
    listOfReader: (editionId: number, subscriberId: number) =>
      listStored(
        sql`d.edition_id = ${editionId} and d.subscriber_id = ${subscriberId} order by d.resend desc`,
      ),

    /** One delivery, and all to a subscriber that were composed in a time, the oldest first, each with its attempts. */
    async listLetters(of: {
      id: number | null;
      subscriberId: number;
      from: Date;
      to: Date;
    }): Promise<StoredLetter[]> {
      const rows = await db.rows<
        Omit<StoredLetter, 'content'> & ContentColumns
      >(sql`select d.id, d.kind, d.notice, d.resend,
          d.edition_id as "editionId", d.announcement_id as "announcementId", to_jsonb(d.covers) as covers, d.state, d.cause,
          d.composed_at as "composedAt", d.accepted_at as "acceptedAt", d.next_at as "nextAt",
          ${contentColumns}, coalesce((select jsonb_agg(jsonb_build_object('startedAt', a.started_at,
              'relay', a.relay, 'outcome', a.outcome, 'code', a.code, 'reply', a.reply) order by a.id)
            from public.attempt a where a.delivery_id = d.id), '[]') as attempts,
          coalesce((select jsonb_agg(jsonb_build_object('at', f.at, 'kind', f.kind,
              'text', concat_ws(' ', coalesce(f.enhanced_code, f.code::text), f.text)) order by f.id)
            from public.feedback f where f.delivery_id = d.id), '[]') as feedback
        from public.delivery d left join public.digest g on g.delivery_id = d.id
        where d.id = ${of.id} or (d.subscriber_id = ${of.subscriberId}
          and d.composed_at >= ${of.from} and d.composed_at < ${of.to})
        order by d.id`);
      return rows.map(({ packed, content, ...row }) => ({
        ...row,
        content: readContent({ content, packed }),
      }));
    },

    /** A subscriber's deliveries as they may be told of them, newest first. */
    listOfSubscriber: (subscriberId: number) =>
      db.rows<{
        kind: DeliveryKind;
        notice: string | null;
        edition: string | null;
        announcementId: number | null;
        state: DeliveryState;
        cause: FailureCause | null;
        composedAt: Date;
        acceptedAt: Date | null;
        messageId: string;
      }>(sql`select d.kind, d.notice, e.name as edition,
          d.announcement_id as "announcementId", d.state, d.cause,
          d.composed_at as "composedAt", d.accepted_at as "acceptedAt", d.message_id as "messageId"
        from public.delivery d left join public.edition e on e.id = d.edition_id
        where d.subscriber_id = ${subscriberId} order by d.id desc`),

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
