import type { FailureCause } from '../../core/letter/delivery.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { type Database, json, type Sql, sql } from '../database.ts';
import { ending } from '../readers/ending.ts';
import { columns, joined, type SubscriptionRow } from '../readers/subscription-row.ts';
import { readWishesRow } from '../readers/wishes-row.ts';
import { isTo, listReadersAt } from './addressees.ts';
import { isTakenAt } from './announcements.ts';
import { goingEditions, isOfItems, opened } from './pauses.ts';

/** Mail to a subscriber as such: nothing of it goes out to one who left. */
const needsSubscription = sql`(d.kind in ('digest', 'announcement') or d.notice = 'quiet')`;
const isSubscribed = sql`exists (select 1 from public.subscription s
  where s.subscriber_id = d.subscriber_id and s.state = 'active')`;

/** After a bounce, one confirmation that its owner asked for may go out all the same. */
export const isSuppressed = sql`exists (select 1 from public.suppression p
  where p.address_hash = d.address_hash and (p.spares = d.notice_key) is not true)`;
/** Holds for a delivery `d` whose reader is not in its way at a moment. */
export const isWelcomeAt = (at: Sql) =>
  sql`((not ${needsSubscription} or ${isSubscribed}) and ${isTakenAt(at)})`;

/**
 * Ends open deliveries that match; one that is in flight is left to its outcome, and one
 * whose first try may have arrived is in doubt again, for it may not be called failed.
 */
const failing = (condition: Sql, end: { cause: FailureCause; at: Date }) =>
  sql`update public.delivery d set
      state = case when d.doubted_at is null then 'failed' else 'in_doubt' end,
      cause = case when d.doubted_at is null then ${end.cause} end,
      ended_at = case when d.doubted_at is null then ${end.at}::timestamptz end, next_at = null
    where (d.state in ('ready', 'deferred') or (d.state = 'sending' and d.in_flight_at is null))
      and ${condition} returning d.id`;

/** How deliveries end that were never answered. */
export function endingsOn(db: Database) {
  const failOpen = (condition: Sql, end: { cause: FailureCause; at: Date }) =>
    db.rows<{ id: number }>(failing(condition, end));

  const failCancelled = (now: Date) =>
    failOpen(
      sql`(d.edition_id in (select u.edition_id from public.pause u
          where u.cancels and u.ended_at is null)
        or d.announcement_id in (select u.announcement_id from public.pause u
          where u.cancels and u.ended_at is null)
        or ${isOfItems} and exists (select 1 from public.pause u
          where u.scope = 'items' and u.cancels and u.ended_at is null))`,
      { cause: 'cancelled', at: now },
    );

  return {
    /** Fails what waits for an address that was suppressed, of notices and of the reader who has it. */
    async failSuppressed(
      { addressHash, subscriberId }: { addressHash: string; subscriberId: number | undefined },
      at: Date,
    ): Promise<void> {
      const known = await listReadersAt(db, addressHash);
      const readers = subscriberId === undefined ? known : [...known, subscriberId];
      const which = sql`${isTo(addressHash, readers)} and ${isSuppressed}`;
      await failOpen(which, { cause: 'suppressed', at });
    },
    /** Fails of what was just claimed whatever may no longer go out: to readers who left, or suppressed addresses; the ids of those. */
    async failForbiddenAmong(ids: readonly number[], now: Date): Promise<number[]> {
      const wanted = sql`from public.delivery d where d.id = any(${ids}::bigint[])`;
      const found = await db.rows<{ id: number; isSuppressed: boolean }>(
        sql`select * from (select d.id, ${isSuppressed} as "isSuppressed", ${isWelcomeAt(sql`${now}::timestamptz`)} as "isWelcome"
          ${wanted}) d where d."isSuppressed" or not d."isWelcome"`,
        'forbidden',
      );
      const isAmong = (these: typeof found) =>
        sql`d.id = any(${these.map(({ id }) => id)}::bigint[])`;
      const suppressed = found.filter((each) => each.isSuppressed);
      const left = found.filter((each) => !each.isSuppressed);
      if (suppressed.length > 0) {
        await failOpen(isAmong(suppressed), { cause: 'suppressed', at: now });
      }
      if (left.length > 0) await failOpen(isAmong(left), { cause: 'cancelled', at: now });
      return found.map(({ id }) => id);
    },
    /** Fails what waits of cancelled editions, also what was composed since. */
    failCancelled,
    /** Gives up what was composed, opened again or given its turn before a time and still waits. */
    async failStale(before: Date, at: Date): Promise<void> {
      const isStale = sql`greatest(d.composed_at, d.reopened_at) < ${before}`;
      // What has no moment waits for its turn.
      const hasMoment = sql`(d.state <> 'ready' or d.next_at is not null)`;
      await failOpen(sql`d.edition_id is null and ${isStale} and ${hasMoment}`, {
        cause: 'expired',
        at,
      });
      // No digest is older than the cut of its edition, and few editions so old have any that waits.
      const editions = await db.rows<{ id: number }>(sql`with recursive ${goingEditions}
        select o.edition_id as id from ${opened} o join public.edition e on e.id = o.edition_id
        where e.cut_at < ${before}`);
      const ids = editions.map(({ id }) => id);
      if (ids.length === 0) return;
      const isOld = sql`d.edition_id = any(${ids}::bigint[])`;
      await failOpen(sql`${isOld} and ${isStale}`, { cause: 'expired', at });
    },
    /** What a newer digest makes pointless: these readers' waiting digests. */
    failSuperseded: (subscriberIds: readonly number[], at: Date) =>
      failOpen(
        sql`d.kind = 'digest' and d.subscriber_id in (select jsonb_array_elements_text(${json(subscriberIds)}::jsonb)::bigint)`,
        { cause: 'expired', at },
      ),
    /**
     * All that leaving is, in one statement, where nothing fell due before it: ends the subscription
     * and what waits for its reader, and records who did it. The subscription as it was; undefined where
     * there is none that goes on, or it has a date that wants its outcome first.
     */
    async leave(
      subscriptionId: number,
      { at, reason, actor }: { at: Date; reason: string; actor: string },
    ): Promise<Subscription | undefined> {
      const waiting = sql`${needsSubscription}
        and d.subscriber_id = (select subscriber_id from ended)`;
      const [row] = await db.rows<SubscriptionRow>(
        sql`with ended as (${ending(subscriptionId, { at, reason })}
              and not (state = 'active' and next_due_at <= ${at}) returning id, subscriber_id),
            failed as (${failing(waiting, { cause: 'cancelled', at })}),
            audited as (insert into public.audit (at, actor, action, subject, detail)
              select ${at}::timestamptz, ${actor}, 'unsubscribe', 'subscription ' || id,
                ${json({ how: reason })}::jsonb from ended)
            select ${columns} from ${joined} where s.id = (select id from ended)`,
        'leave',
      );
      return row && readWishesRow(row);
    },
    failOfReader: (subscriberId: number, at: Date) =>
      failOpen(sql`${needsSubscription} and d.subscriber_id = ${subscriberId}`, {
        cause: 'cancelled',
        at,
      }),
    /** What waits of announcements for a reader who takes none of them any more. */
    failAnnouncements: (subscriberId: number, at: Date) =>
      failOpen(
        sql`d.announcement_id is not null and d.subscriber_id = ${subscriberId}
          and not ${isTakenAt(sql`${at}::timestamptz`)}`,
        { cause: 'cancelled', at },
      ),
    failOfAnnouncement: (announcementId: number, at: Date) =>
      failOpen(sql`d.announcement_id = ${announcementId}`, { cause: 'cancelled', at }),
    failOfEdition: (editionId: number, at: Date) =>
      failOpen(sql`d.edition_id = ${editionId}`, { cause: 'cancelled', at }),
    /** Digests without an edition. */
    failOfItems: (at: Date) => failOpen(isOfItems, { cause: 'cancelled', at }),
    failAll: (at: Date) => failOpen(sql`true`, { cause: 'cancelled', at }),
  };
}
