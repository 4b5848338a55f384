import type { Address } from '../../core/reader/address.ts';
import type { Due, Schedule } from '../../core/reader/schedule.ts';
import type { Subscription, SubscriptionState, Wishes } from '../../core/reader/subscription.ts';
import { type Database, findRow, getRow, json, listOf, sql, textsOf } from '../database.ts';
import { ending } from './ending.ts';
import { columns, joined, type SubscriptionRow } from './subscription-row.ts';
import { pauseColumn, readWishesRow, zoneColumn } from './wishes-row.ts';

/** Active subscriptions that are due on the same date by the same schedule. */
export interface DueSubscriptions {
  readonly ids: readonly number[];
  readonly schedule: Schedule;
  readonly due: Due;
}

/** Subscribers and their one subscription each. */
export function createSubscriberStore(db: Database) {
  const findWhere = async (condition: ReturnType<typeof sql>) => {
    const row = await findRow<SubscriptionRow>(
      db,
      // A channel is read by its own store: nothing that is asked of a reader may be done to it.
      sql`select ${columns} from ${joined} where ${condition} and s.state <> 'posting'`,
    );
    return row && readWishesRow(row);
  };

  /** Writes a subscriber and their wishes; the subscription's id, undefined where it is active already. */
  const put = async (
    address: Address,
    wishes: Wishes & { state: SubscriptionState; isSample: boolean; at: Date },
  ) => {
    const subscriber = await getRow<{ id: number }>(
      db,
      sql`insert into public.subscriber (address, address_key, is_sample, created_at)
        values (${address.address}, ${address.key}, ${wishes.isSample}, ${wishes.at})
        on conflict (address_key) do update set address_key = excluded.address_key returning id`,
    );
    const { schedule } = wishes;
    const row = await findRow<{ id: number }>(
      db,
      sql`insert into public.subscription as s (subscriber_id, state, profile, papers_per_digest,
          days, minute_of_day, zone, created_at)
        values (${subscriber.id}, ${wishes.state}, ${json(wishes.profile)},
          ${wishes.papersPerDigest}, ${daysOf(schedule)}, ${schedule.minuteOfDay},
          ${zoneColumn(schedule)}, ${wishes.at})
        on conflict (subscriber_id) do update set state = excluded.state,
          profile = excluded.profile, papers_per_digest = excluded.papers_per_digest,
          days = excluded.days, minute_of_day = excluded.minute_of_day, zone = excluded.zone
        where s.state <> 'active' returning s.id`,
    );
    return row?.id;
  };

  return {
    find: (subscriptionId: number) => findWhere(sql`s.id = ${subscriptionId}`),
    findBySubscriber: (subscriberId: number) => findWhere(sql`s.subscriber_id = ${subscriberId}`),
    findByAddress: (key: string) => findWhere(sql`r.address_key = ${key}`),
    /** Holds a subscription to the end of the transaction: nobody composes for it or ends it meanwhile. */
    lock: (subscriptionId: number) =>
      db.rows(sql`select s.id from public.subscription s
        join public.subscriber r on r.id = s.subscriber_id
        where s.id = ${subscriptionId} for update of s, r`),

    /** Subscriptions in the order they were made, those after `afterId`. */
    async list(page: { afterId: number; most: number }): Promise<Subscription[]> {
      const rows = await db.rows<SubscriptionRow>(sql`select ${columns} from ${joined}
        where s.id > ${page.afterId} and s.state <> 'posting' order by s.id limit ${page.most}`);
      return rows.map(readWishesRow);
    },

    /** Subscribers whose address has no hash on record yet, locked; those that another process has in hand are left to it. */
    claimUnhashed: (most: number) =>
      db.rows<{ id: number; addressKey: string }>(sql`select id, address_key as "addressKey"
        from public.subscriber where address_hash is null order by id limit ${most}
        for update skip locked`),
    recordHashes: (hashes: readonly { id: number; hash: string }[]) =>
      db.rows(sql`update public.subscriber r set address_hash = n.hash
        from jsonb_to_recordset(${json(hashes)}::jsonb) as n(id bigint, hash text)
        where r.id = n.id`),

    /**
     * Makes an active subscription, or makes one that is not active so, with new wishes.
     * Undefined where the address already has an active one.
     */
    async activate(
      address: Address,
      wishes: Wishes & { due: Due; at: Date; isSample: boolean },
    ): Promise<Subscription | undefined> {
      const id = await put(address, { ...wishes, state: 'active' });
      if (id === undefined) return undefined;
      await db.rows(sql`update public.subscription set confirmed_at = ${wishes.at},
          ended_at = null, end_reason = null, paused_until = null,
          next_due_at = ${wishes.due.at}, next_due_date = ${wishes.due.date}
        where id = ${id}`);
      return findWhere(sql`s.id = ${id}`);
    },

    /**
     * Makes a subscription that waits for its confirmation, or lets one that ended wait, with
     * its own wishes: those of whoever typed the address hold from the confirmation on.
     * Undefined where the address already has an active one.
     */
    async ask(address: Address, wishes: Wishes & { at: Date }): Promise<Subscription | undefined> {
      const known = await findWhere(sql`r.address_key = ${address.key}`);
      if (known?.state === 'active') return undefined;
      if (!known) await put(address, { ...wishes, state: 'pending', isSample: false });
      else {
        await db.rows(sql`update public.subscription set state = 'pending'
          where id = ${known.id} and state <> 'active'`);
      }
      return findWhere(sql`r.address_key = ${address.key}`);
    },

    /** Activates a subscription that waits, with what was asked for, due from a date on; false where it does not wait any more. */
    async recordConfirmed(
      subscriptionId: number,
      { due, at, ...wishes }: Wishes & { due: Due; at: Date },
    ): Promise<boolean> {
      const { schedule } = wishes;
      const confirmed = await db.rows(sql`update public.subscription set state = 'active',
          profile = ${json(wishes.profile)}, papers_per_digest = ${wishes.papersPerDigest},
          days = ${daysOf(schedule)}, minute_of_day = ${schedule.minuteOfDay},
          zone = ${zoneColumn(schedule)}, confirmed_at = ${at}, ended_at = null,
          announcements = coalesce(${wishes.announcements ?? null}, announcements),
          end_reason = null, paused_until = null,
          next_due_at = ${due.at}, next_due_date = ${due.date}
        where id = ${subscriptionId} and state = 'pending' returning id`);
      return confirmed.length > 0;
    },

    recordWantsWelcome: (subscriptionId: number) =>
      db.rows(
        sql`update public.subscription set wants_welcome = true where id = ${subscriptionId}`,
      ),
    /** Takes the wish for a welcome digest back; the reader, locked, where it stood. */
    async takeWelcome(subscriptionId: number): Promise<Subscription | undefined> {
      const taken = await db.rows(sql`update public.subscription set wants_welcome = false
        where id = ${subscriptionId} and wants_welcome and state = 'active' returning id`);
      return taken.length > 0 ? findWhere(sql`s.id = ${subscriptionId}`) : undefined;
    },
    listWelcome: (most: number) =>
      db.rows<{ id: number }>(sql`select id from public.subscription
        where wants_welcome and state = 'active' order by id limit ${most}`),

    /** Gives up waiting for the confirmation of one who had left before: they have left. */
    recordStillEnded: (subscriptionId: number) =>
      db.rows(sql`update public.subscription set state = 'ended'
        where id = ${subscriptionId} and state = 'pending' and ended_at is not null`),

    /** Changes what an active subscription asks for; false where it is not active. */
    async change(
      subscriptionId: number,
      wishes: Wishes & { pausedUntil: string | null; due: Due },
    ): Promise<boolean> {
      const { schedule } = wishes;
      const changed = await db.rows(sql`update public.subscription set
          profile = ${json(wishes.profile)}, papers_per_digest = ${wishes.papersPerDigest},
          days = ${daysOf(schedule)}, minute_of_day = ${schedule.minuteOfDay},
          zone = ${zoneColumn(schedule)},
          announcements = coalesce(${wishes.announcements ?? null}, announcements),
          paused_until = ${pauseColumn(schedule, wishes.pausedUntil)},
          next_due_at = ${wishes.due.at}, next_due_date = ${wishes.due.date}
        where id = ${subscriptionId} and state = 'active' returning id`);
      return changed.length > 0;
    },

    /** Moves a subscriber to another address; false where somebody else has it. */
    async changeAddress(subscriberId: number, address: Address): Promise<boolean> {
      const moved = await db.rows(sql`update public.subscriber
        set address = ${address.address}, address_key = ${address.key}, address_hash = null
        where id = ${subscriberId} and not exists (select 1 from public.subscriber
          where address_key = ${address.key} and id <> ${subscriberId}) returning id`);
      return moved.length > 0;
    },

    /** Ends announcements to a reader; false where they took none. */
    recordNoAnnouncements: async (subscriptionId: number) =>
      (
        await db.rows(sql`update public.subscription set announcements = 'none'
          where id = ${subscriptionId} and announcements <> 'none' returning id`)
      ).length > 0,

    /** Ends a subscription, and with it the consent to other announcements; true where it was not ended before. */
    async recordEnd(subscriptionId: number, end: { at: Date; reason: string }): Promise<boolean> {
      const ended = await db.rows(sql`${ending(subscriptionId, end)} returning id`);
      return ended.length > 0;
    },

    /** The last local date with a recorded outcome, so that a changed zone or hour cannot give one date twice. */
    findLastDate: async (subscriptionId: number) =>
      (
        await findRow<{ date: string | null }>(
          db,
          sql`select max(local_date) as date from public.outcome where subscription_id = ${subscriptionId}`,
        )
      )?.date ?? undefined,

    /**
     * Active subscriptions that are due, or `only` one of them, locked, those alike together;
     * those that another process holds are passed over.
     */
    async lockDue(
      now: Date,
      { most, only }: { most: number; only?: number | undefined },
    ): Promise<DueSubscriptions[]> {
      const rows = await db.rows<Schedule & Due & { ids: string }>(sql`
        with due as (select s.id, to_jsonb(s.days) as days, s.minute_of_day, s.zone,
            s.next_due_date, s.next_due_at
          from public.subscription s where s.state = 'active' and s.next_due_at <= ${now}
            and (${only ?? null}::bigint is null or s.id = ${only ?? null})
          order by s.next_due_at, s.id limit ${most} for update of s skip locked)
        select days, minute_of_day as "minuteOfDay", zone, next_due_date as date,
          next_due_at as at, string_agg(id::text, ',' order by id) as ids
        from due group by days, minute_of_day, zone, next_due_date, next_due_at`);
      return rows.map(({ ids, date, at, ...schedule }) => ({
        ids: ids.split(',').map(Number),
        schedule,
        due: { date, at },
      }));
    },
    hasDue: async (now: Date, only: number | null = null) =>
      (await findRow(
        db,
        sql`select 1 from public.subscription where state = 'active' and next_due_at <= ${now}
          and (${only}::bigint is null or id = ${only}) limit 1`,
      )) !== undefined,
    /** When the first reader is due after a moment; undefined where nobody is. */
    findFirstDue: async (after: Date): Promise<Date | undefined> =>
      (
        await findRow<{ dueAt: Date }>(
          db,
          sql`select next_due_at as "dueAt" from public.subscription
            where state = 'active' and next_due_at > ${after} order by next_due_at limit 1`,
        )
      )?.dueAt,
    /** Writes when subscriptions are due next. */
    recordNextDue: (next: readonly { ids: readonly number[]; due: Due }[]) =>
      db.rows(sql`update public.subscription s set next_due_at = n.at, next_due_date = n.date
        from unnest(${listOf(next.flatMap(({ ids }) => ids))}::bigint[],
          ${textsOf(next.flatMap(({ ids, due }) => ids.map(() => due.at.toISOString())))}::timestamptz[],
          ${textsOf(next.flatMap(({ ids, due }) => ids.map(() => due.date)))}::date[])
          as n(id, at, date) where s.id = n.id`),

    removeSample: async () =>
      (await db.rows(sql`delete from public.subscriber where is_sample returning id`)).length,
  };
}

const daysOf = ({ days }: Schedule) =>
  sql`array(select jsonb_array_elements_text(${json(days)}::jsonb)::int)`;
