import type { PostOutcome } from '../../core/channels/outcome.ts';
import type { DeliveryState } from '../../core/letter/delivery.ts';
import { type Database, findRow, sql } from '../database.ts';
import { type Held, hasLease } from './claims.ts';
import { isPaused } from './pauses.ts';

/** A post that a process has claimed. */
export interface ClaimedPost {
  readonly id: number;
  readonly fence: number;
  /** Tries that counted so far, this one included. */
  readonly attempts: number;
}

/** What a try at a post came to. */
export interface EndedPost {
  readonly held: Held;
  /** Where it was tried, as attempts name relays. */
  readonly channel: string;
  readonly startedAt: Date;
  readonly bodyStartedAt: Date | null;
  readonly endedAt: Date;
  readonly code: number | null;
  readonly reply: string;
  readonly outcome: PostOutcome;
}

/** A post of a channel, for its list. */
export interface ListedPost {
  readonly id: number;
  readonly edition: string | null;
  readonly resend: number;
  readonly state: DeliveryState;
  readonly composedAt: Date;
  readonly nextAt: Date | null;
  readonly attempts: number;
  readonly lastReply: string | null;
}

/** Holds for a claimed post `d` that may have arrived by an earlier try: the mark sets both moments at once. */
const wasDoubted = sql`coalesce(d.doubted_at < d.in_flight_at, d.doubted_at is not null)`;

/** Posts as they are listed. */
const listed = sql`d.id, e.name as edition, d.resend, d.state,
    d.composed_at as "composedAt", d.attempts, d.last_reply as "lastReply",
    case when d.state in ('ready', 'deferred') then p.at end as "nextAt"
  from public.channel_post p join public.delivery d on d.id = p.delivery_id
  left join public.edition e on e.id = d.edition_id`;

/** Posts to channels: deliveries with a moment of their own, where no sender of mail looks. */
export function createPostStore(db: Database) {
  return {
    insert: (post: { deliveryId: number; channelId: number; at: Date }) =>
      db.rows(sql`insert into public.channel_post (delivery_id, channel_id, at)
        values (${post.deliveryId}, ${post.channelId}, ${post.at})`),
    /** Ties the outcome of a due date to its post. */
    recordOutcome: (of: { subscriptionId: number; localDate: string; deliveryId: number }) =>
      db.rows(sql`update public.outcome set delivery_id = ${of.deliveryId}
        where subscription_id = ${of.subscriptionId} and local_date = ${of.localDate}`),
    /** Ends what waits for a channel, in whose place something newer comes. */
    failOpen: (channelId: number, end: { cause: 'expired' | 'cancelled'; at: Date }) =>
      db.rows(sql`update public.delivery d set
          state = case when d.doubted_at is null then 'failed' else 'in_doubt' end,
          cause = case when d.doubted_at is null then ${end.cause} end,
          ended_at = case when d.doubted_at is null then ${end.at}::timestamptz end
        from public.channel_post p where p.delivery_id = d.id and p.channel_id = ${channelId}
          and (d.state in ('ready', 'deferred') or d.state = 'sending' and d.in_flight_at is null)`),

    /**
     * Claims the oldest post that is due of a channel that is on, for a sender whose lease is good,
     * unless another of it is on its way: a channel is posted to by one at a time.
     */
    claim: (channelId: number, { senderId, now }: { senderId: number; now: Date }) =>
      findRow<ClaimedPost>(
        db,
        sql`with taken as materialized (select c.id from public.channel c where c.id = ${channelId}
              and c.off_because is null and (c.next_at is null or c.next_at <= ${now})
            for update of c skip locked),
          picked as (select d.id from taken t
            join public.channel_post p on p.channel_id = t.id
            join public.delivery d on d.id = p.delivery_id
            where d.state in ('ready', 'deferred') and p.at <= ${now} and ${hasLease(senderId)}
              and not ${isPaused}
              and not exists (select 1 from public.channel_post o
                join public.delivery w on w.id = o.delivery_id
                where o.channel_id = t.id and w.state = 'sending')
            order by p.at, d.id limit 1 for update of d skip locked)
          update public.delivery d set state = 'sending', sender_id = ${senderId},
            fence = d.fence + 1, attempts = d.attempts + 1
          from picked where d.id = picked.id returning d.id, d.fence, d.attempts`,
      ),
    /**
     * The last check before the first byte, and the mark of the moment of doubt: false where the
     * post is no longer this sender's, or something stops it. From now on only a person's word sends
     * it again, whatever becomes of this process.
     */
    recordInFlight: async ({ id, fence, senderId }: Held) =>
      (
        await db.rows(sql`update public.delivery d
          set in_flight_at = statement_timestamp(),
            doubted_at = coalesce(d.doubted_at, statement_timestamp())
          where d.id = ${id} and d.fence = ${fence} and d.state = 'sending'
            and d.sender_id = ${senderId} and d.in_flight_at is null and ${hasLease(senderId)}
            and exists (select 1 from public.channel_post p
              join public.channel c on c.id = p.channel_id
              where p.delivery_id = d.id and c.off_because is null)
            and (d.edition_id is null or exists (select 1 from public.edition e
              where e.id = d.edition_id and e.state in ('released', 'closed')))
            and not ${isPaused}
          returning d.id`)
      ).length > 0,
    /** Gives a claimed post of which no byte went out back without an attempt. */
    recordReturned: ({ id, fence, senderId }: Held) =>
      db.rows(sql`update public.delivery d set state = 'ready', sender_id = null,
          in_flight_at = null, doubted_at = case when ${wasDoubted} then d.doubted_at end,
          attempts = d.attempts - 1
        where d.id = ${id} and d.fence = ${fence} and d.state = 'sending'
          and d.sender_id = ${senderId}`),
    /**
     * Writes what a try came to; false where the row is no longer this sender's, and then what was
     * read is kept beside it for whoever decides. An answer counts though the lease is over, as long
     * as nobody decided meanwhile.
     */
    async recordEnded({ held, outcome, ...ended }: EndedPost): Promise<boolean> {
      const { id, fence, senderId } = held;
      const { state, nextAt = null } = outcome;
      // What may stand since an earlier try is not failed by a later no.
      const isKept = sql`(${wasDoubted} and ${state === 'failed'})`;
      const isOver = state === 'accepted' || state === 'failed';
      const done = await db.rows(sql`update public.delivery d set
          state = case when ${isKept} then 'in_doubt' else ${state} end,
          cause = case when not ${isKept} then ${outcome.cause ?? null} end,
          in_flight_at = case when ${state === 'accepted' || state === 'in_doubt'} then d.in_flight_at end,
          doubted_at = case when ${state === 'in_doubt'} or ${wasDoubted} and ${state !== 'accepted'}
            then d.doubted_at end,
          accepted_at = ${state === 'accepted' ? ended.endedAt : null}::timestamptz,
          ended_at = case when not ${isKept} then ${isOver ? ended.endedAt : null}::timestamptz end,
          last_reply = ${ended.reply}
        where d.id = ${id} and d.fence = ${fence} and d.sender_id = ${senderId}
          and (d.state = 'sending' or d.state = 'in_doubt' and d.in_flight_at is not null)
        returning d.id`);
      const isRecorded = done.length > 0;
      await db.rows(sql`insert into public.attempt (delivery_id, sender_id, fence, relay, started_at,
          body_started_at, ended_at, outcome, verdict, code, reply)
        values (${id}, ${senderId}, ${fence}, ${ended.channel}, ${ended.startedAt},
          ${ended.bodyStartedAt}, ${ended.endedAt}, ${isRecorded ? state : 'late'},
          ${outcome.verdict}, ${ended.code}, ${ended.reply})`);
      if (isRecorded && nextAt) {
        await db.rows(sql`update public.channel_post set at = ${nextAt} where delivery_id = ${id}`);
      }
      return isRecorded;
    },

    /** Opens one again by a person's word: one in doubt stays doubted, whatever comes of it. */
    reopen: async (id: number, at: Date) => {
      const opened = await db.rows(sql`update public.delivery d set state = 'ready', cause = null,
          ended_at = null, in_flight_at = null, sender_id = null, reopened_at = ${at}
        where d.id = ${id} and d.state in ('failed', 'in_doubt') returning d.id`);
      if (opened.length > 0) {
        await db.rows(sql`update public.channel_post set at = ${at} where delivery_id = ${id}`);
      }
      return opened.length > 0;
    },
    /** The newest of a channel's posts that covers an edition; without one, the newest of all. */
    findNewest: (channelId: number, editionId: number | null) =>
      findRow<Pick<ListedPost, 'id' | 'state'>>(
        db,
        sql`select d.id, d.state from public.channel_post p
          join public.delivery d on d.id = p.delivery_id where p.channel_id = ${channelId}
            and (${editionId}::bigint is null or ${editionId} = any(d.covers))
          order by d.id desc limit 1`,
      ),
    /** A channel's posts, the newest first. */
    list: (channelId: number, most: number) =>
      db.rows<ListedPost>(sql`select ${listed} where p.channel_id = ${channelId}
        order by p.delivery_id desc limit ${most}`),
    find: (id: number) =>
      findRow<ListedPost>(db, sql`select ${listed} where p.delivery_id = ${id}`),
    /** Whether one of a channel's is on the wire now. */
    hasInFlight: async (channelId: number) =>
      (await findRow(
        db,
        sql`select 1 from public.channel_post p join public.delivery d on d.id = p.delivery_id
          where p.channel_id = ${channelId} and d.state = 'sending' limit 1`,
      )) !== undefined,
  };
}
