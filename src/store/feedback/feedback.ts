import type { BounceKind } from '../../core/feedback/bounce.ts';
import { mostPlanned, type PolicyRates } from '../../core/feedback/break.ts';
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
  /** Whether the operator's mail vendor told it. */
  readonly isTold?: boolean;
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
    /**
     * False where the same is known of this delivery already. The transaction takes its number before
     * the id, by which webhooks see what is still to come (`store/webhooks/events.ts`).
     */
    insert: async ({ inboundId, delivery, addressHash, kind, reply, at, isTold }: NewFeedback) =>
      (
        await db.rows(sql`with begun as materialized (select pg_current_xact_id())
          insert into public.feedback (inbound_id, delivery_id, address_hash, kind,
            code, enhanced_code, text, at, sent_at, is_told)
          select ${inboundId}, ${delivery?.id ?? null}, ${addressHash}, ${kind},
            ${reply?.code ?? null}, ${reply?.enhancedCode ?? null},
            ${reply?.text.replaceAll('\0', ' ') ?? null}, ${at}, ${delivery?.acceptedAt ?? null},
            ${isTold ?? false}
          from begun on conflict (delivery_id, kind) do nothing returning id`)
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
    /**
     * How an edition stands with filters: what they sent back since a time, and since it last went on after
     * a pause. Of what is planned, so many are counted as matter.
     */
    async getPolicyRates(editionId: number, since: Date): Promise<PolicyRates> {
      const returned = await getRow<Omit<PolicyRates, 'planned'>>(
        db,
        sql`select count(*)::int as reports, count(distinct r.domain)::int as domains,
            count(*) filter (where r.is_told)::int as told,
            count(distinct r.domain) filter (where r.is_told)::int as "toldDomains",
            (array_agg(r.text order by r.at desc))[1] as "lastText"
          from (select f.text, f.at, f.is_told, split_part(lower(d.address), '@', 2) as domain
            from public.feedback f join public.delivery d on d.id = f.delivery_id
            where f.edition_id = ${editionId} and f.kind = 'policy' and f.at > ${since}
              and f.at > coalesce((select max(u.ended_at) from public.pause u
                where u.edition_id = ${editionId} or u.scope = 'all'), '-infinity')) r`,
      );
      const { planned } = await getRow<{ planned: number }>(
        db,
        sql`select count(*)::int as planned from (select 1 from public.delivery d
          where d.edition_id = ${editionId} limit ${mostPlanned(returned.reports)}) p`,
      );
      return { ...returned, planned };
    },
    /** Editions of which filters sent something back since a time. */
    listReturned: (since: Date) =>
      db.rows<{ id: number; name: string }>(sql`select e.id, e.name from public.edition e
        where e.id in (select f.edition_id from public.feedback f
          where f.at > ${since} and f.kind = 'policy')`),
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
