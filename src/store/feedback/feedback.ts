import type { BounceKind } from '../../core/feedback/bounce.ts';
import { mostAccepted, type PolicyRates } from '../../core/feedback/break.ts';
import type { PastBounce } from '../../core/feedback/score.ts';
import type { DeliveryState } from '../../core/letter/delivery.ts';
import type { Reply } from '../../core/letter/reply.ts';
import { type Database, findRow, getRow, sql } from '../database.ts';
import { isTo, listReadersAt } from '../ledger/addressees.ts';
import { isNamed } from '../ledger/message-ids.ts';

/** What a report is about, as the ledger has it. */
export interface ReportedDelivery {
  readonly id: number;
  readonly state: DeliveryState;
  readonly editionId: number | null;
  readonly announcementId: number | null;
  readonly subscriberId: number | null;
  readonly subscriptionId: number | null;
  /** Empty where the reader was erased. */
  readonly addressHash: string;
  readonly acceptedAt: Date | null;
}

/** One thing that came back about a delivery. */
export interface NewFeedback {
  /** Null where the server said it on the wire. */
  readonly inboundId: number | null;
  readonly delivery: Pick<ReportedDelivery, 'id' | 'acceptedAt'> | undefined;
  readonly addressHash: string;
  readonly kind: BounceKind | 'complaint';
  readonly reply: Reply | undefined;
  readonly at: Date;
}

/** What came back about deliveries. */
export function createFeedbackStore(db: Database) {
  return {
    /** The delivery with this id, or with one of these Message-IDs. */
    findDelivery: (of: { ids: readonly number[]; messageIds: readonly string[] }) =>
      findRow<ReportedDelivery>(
        db,
        sql`select d.id, d.state, d.edition_id as "editionId",
            d.announcement_id as "announcementId", d.subscriber_id as "subscriberId",
            s.id as "subscriptionId", d.address_hash as "addressHash",
            d.accepted_at as "acceptedAt"
          from public.delivery d left join public.subscription s on s.subscriber_id = d.subscriber_id
          where d.id = any(${of.ids}::bigint[]) or ${isNamed(of.messageIds)}
          order by d.id desc limit 1`,
      ),
    /** False where the same is known of this delivery already. */
    insert: async ({ inboundId, delivery, addressHash, kind, reply, at }: NewFeedback) =>
      (
        await db.rows(sql`insert into public.feedback (inbound_id, delivery_id, address_hash, kind,
            code, enhanced_code, text, at, sent_at)
          values (${inboundId}, ${delivery?.id ?? null}, ${addressHash}, ${kind},
            ${reply?.code ?? null}, ${reply?.enhancedCode ?? null},
            ${reply?.text.replaceAll('\0', ' ') ?? null}, ${at}, ${delivery?.acceptedAt ?? null})
          on conflict (delivery_id, kind) do nothing returning id`)
      ).length > 0,
    /**
     * Bounces of an address since a time, of messages that went out after the last one that
     * arrived: accepted before `arrivedBefore`, with nothing come back.
     */
    async listBounces(of: {
      addressHash: string;
      since: Date;
      arrivedBefore: Date;
    }): Promise<PastBounce[]> {
      const readers = await listReadersAt(db, of.addressHash);
      return db.rows<PastBounce>(sql`
        with arrived as (select max(d.accepted_at) as at from public.delivery d
          where ${isTo(of.addressHash, readers)} and d.state = 'accepted'
            and d.accepted_at < ${of.arrivedBefore}
            and not exists (select 1 from public.feedback f
              where f.delivery_id = d.id and f.kind <> 'complaint'))
        select f.delivery_id as "deliveryId", f.kind, f.at from public.feedback f, arrived
        where f.address_hash = ${of.addressHash} and f.kind <> 'complaint' and f.counts
          and f.at > ${of.since}
          and (arrived.at is null or coalesce(f.sent_at, f.at) > arrived.at)
        order by f.at`);
    },
    /** How an edition stands with filters: what they sent back since a time, of how many accepted; so many of those as matter are counted. */
    async getPolicyRates(editionId: number, since: Date): Promise<PolicyRates> {
      const returned = await getRow<{ policy: number; lastText: string | null }>(
        db,
        sql`select count(*)::int as policy, (array_agg(f.text order by f.at desc))[1] as "lastText"
          from public.feedback f
          where f.edition_id = ${editionId} and f.kind = 'policy' and f.at > ${since}`,
      );
      const { accepted } = await getRow<{ accepted: number }>(
        db,
        sql`select count(*)::int as accepted from (select 1 from public.delivery d
          where d.edition_id = ${editionId} and d.state = 'accepted'
          limit ${mostAccepted(returned.policy)}) a`,
      );
      return { ...returned, accepted };
    },
    /** A subscriber's, newest first. */
    listOfSubscriber: (subscriberId: number) =>
      db.rows<{ kind: NewFeedback['kind']; at: Date; code: string | null; text: string | null }>(
        sql`select f.kind, f.at, coalesce(f.enhanced_code, f.code::text) as code, f.text
          from public.feedback f join public.delivery d on d.id = f.delivery_id
          where d.subscriber_id = ${subscriberId} order by f.id desc`,
      ),
    countOfEdition: (editionId: number) =>
      db.rows<{ kind: NewFeedback['kind']; count: number }>(sql`
        select f.kind, count(*)::int as count from public.feedback f
        where f.edition_id = ${editionId} group by f.kind order by f.kind`),
  };
}
