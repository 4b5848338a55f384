import type { Address } from '../core/reader/address.ts';
import type { Due, Schedule } from '../core/reader/schedule.ts';
import type { Profile, Subscription, SubscriptionState } from '../core/reader/subscription.ts';
import { type Database, findRow, getRow, json, sql } from './database.ts';

/** A standing request as it is asked for. */
export interface Wishes {
  readonly profile: Profile;
  readonly papersPerDigest: number;
  readonly schedule: Schedule;
}

/** An active subscription with the date on which it is due next. */
export interface DueSubscription {
  readonly id: number;
  readonly schedule: Schedule;
  readonly due: Due;
}

interface SubscriptionRow {
  id: number;
  subscriberId: number;
  address: string;
  isSample: boolean;
  state: SubscriptionState;
  profile: Profile;
  papersPerDigest: number;
  days: number[];
  minuteOfDay: number;
  zone: string;
  pausedUntil: Date | null;
  confirmedAt: Date | null;
  endedAt: Date | null;
}

const columns = sql`s.id, s.subscriber_id as "subscriberId", r.address, r.is_sample as "isSample",
  s.state, s.profile, s.papers_per_digest as "papersPerDigest", s.days,
  s.minute_of_day as "minuteOfDay", s.zone, s.paused_until as "pausedUntil",
  s.confirmed_at as "confirmedAt", s.ended_at as "endedAt"`;
const joined = sql`public.subscription s join public.subscriber r on r.id = s.subscriber_id`;

/** Subscribers and their one subscription each. */
export function createSubscriberStore(db: Database) {
  const findWhere = async (condition: ReturnType<typeof sql>) => {
    const row = await findRow<SubscriptionRow>(
      db,
      sql`select ${columns} from ${joined} where ${condition}`,
    );
    return row && toSubscription(row);
  };

  return {
    find: (subscriptionId: number) => findWhere(sql`s.id = ${subscriptionId}`),
    findByAddress: (key: string) => findWhere(sql`r.address_key = ${key}`),
    /** Why a subscription ended, in a word; null where it did not. */
    findEndReason: async (subscriptionId: number) =>
      (
        await findRow<{ reason: string | null }>(
          db,
          sql`select end_reason as reason from public.subscription where id = ${subscriptionId}`,
        )
      )?.reason ?? null,
    /** Holds a subscription to the end of the transaction: nobody composes for it or ends it meanwhile. */
    lock: (subscriptionId: number) =>
      db.rows(sql`select id from public.subscription where id = ${subscriptionId} for update`),

    /** Subscriptions in the order they were made, those after `afterId`. */
    async list(page: { afterId: number; most: number }): Promise<Subscription[]> {
      const rows = await db.rows<SubscriptionRow>(sql`select ${columns} from ${joined}
        where s.id > ${page.afterId} order by s.id limit ${page.most}`);
      return rows.map(toSubscription);
    },

    /**
     * Makes an active subscription, or makes an ended one active again with new wishes.
     * Undefined where the address already has an active one.
     */
    async activate(
      address: Address,
      wishes: Wishes & { due: Due; at: Date; isSample: boolean },
    ): Promise<Subscription | undefined> {
      const subscriber = await getRow<{ id: number }>(
        db,
        sql`insert into public.subscriber (address, address_key, is_sample, created_at)
          values (${address.address}, ${address.key}, ${wishes.isSample}, ${wishes.at})
          on conflict (address_key) do update set address_key = excluded.address_key returning id`,
      );
      const { schedule } = wishes;
      const days = sql`array(select jsonb_array_elements_text(${json(schedule.days)}::jsonb)::int)`;
      const row = await findRow<{ id: number }>(
        db,
        sql`insert into public.subscription as s (subscriber_id, state, profile, papers_per_digest, days,
            minute_of_day, zone, next_due_at, next_due_date, confirmed_at, created_at)
          values (${subscriber.id}, 'active', ${json(wishes.profile)}, ${wishes.papersPerDigest}, ${days},
            ${schedule.minuteOfDay}, ${schedule.zone}, ${wishes.due.at}, ${wishes.due.date}, ${wishes.at}, ${wishes.at})
          on conflict (subscriber_id) do update set state = 'active', profile = excluded.profile,
            papers_per_digest = excluded.papers_per_digest, days = excluded.days,
            minute_of_day = excluded.minute_of_day, zone = excluded.zone,
            next_due_at = excluded.next_due_at, next_due_date = excluded.next_due_date,
            confirmed_at = excluded.confirmed_at, ended_at = null, end_reason = null
          where s.state <> 'active' returning s.id`,
      );
      return row && findWhere(sql`s.id = ${row.id}`);
    },

    /** Changes the wishes of an active subscription; false where it is not active. */
    async change(subscriptionId: number, wishes: Wishes & { due: Due }): Promise<boolean> {
      const { schedule } = wishes;
      const changed = await db.rows(sql`update public.subscription set
          profile = ${json(wishes.profile)}, papers_per_digest = ${wishes.papersPerDigest},
          days = array(select jsonb_array_elements_text(${json(schedule.days)}::jsonb)::int),
          minute_of_day = ${schedule.minuteOfDay}, zone = ${schedule.zone},
          next_due_at = ${wishes.due.at}, next_due_date = ${wishes.due.date}
        where id = ${subscriptionId} and state = 'active' returning id`);
      return changed.length > 0;
    },

    /** Ends a subscription; true where it was not ended before. */
    async recordEnd(subscriptionId: number, end: { at: Date; reason: string }): Promise<boolean> {
      const ended = await db.rows(sql`update public.subscription
        set state = 'ended', ended_at = ${end.at}, end_reason = ${end.reason}
        where id = ${subscriptionId} and state <> 'ended' returning id`);
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

    /** Active subscriptions that are due, or `only` one of them, locked; those that another process holds are passed over. */
    async lockDue(
      now: Date,
      { most, only }: { most: number; only?: number | undefined },
    ): Promise<DueSubscription[]> {
      const rows = await db.rows<SubscriptionRow & { dueDate: string; dueAt: Date }>(sql`
        select ${columns}, s.next_due_date as "dueDate", s.next_due_at as "dueAt" from ${joined}
        where s.state = 'active' and s.next_due_at <= ${now}
          and (${only ?? null}::bigint is null or s.id = ${only ?? null})
        order by s.next_due_at, s.id limit ${most} for update of s skip locked`);
      return rows.map((row) => ({
        id: row.id,
        schedule: toSubscription(row).schedule,
        due: { date: row.dueDate, at: row.dueAt },
      }));
    },
    hasDue: async (now: Date, only: number | null = null) =>
      (await findRow(
        db,
        sql`select 1 from public.subscription where state = 'active' and next_due_at <= ${now}
          and (${only}::bigint is null or id = ${only}) limit 1`,
      )) !== undefined,
    recordNextDue: (next: readonly { id: number; due: Due }[]) =>
      db.rows(sql`update public.subscription s set next_due_at = n.at, next_due_date = n.date
        from jsonb_to_recordset(${json(next.map(({ id, due }) => ({ id, ...due })))}::jsonb)
          as n(id bigint, at timestamptz, date date) where s.id = n.id`),

    /**
     * Makes every active reader due now, on their own date of today, except those who have an
     * outcome for it already.
     */
    recordAllDue: (now: Date) =>
      db.rows(sql`update public.subscription s
        set next_due_at = ${now}, next_due_date = (${now}::timestamptz at time zone s.zone)::date
        where s.state = 'active' and s.next_due_at > ${now} and not exists (
          select 1 from public.outcome o where o.subscription_id = s.id
            and o.local_date >= (${now}::timestamptz at time zone s.zone)::date)`),

    removeSample: async () =>
      (await db.rows(sql`delete from public.subscriber where is_sample returning id`)).length,
  };
}

function toSubscription(row: SubscriptionRow): Subscription {
  const { days, minuteOfDay, zone, ...rest } = row;
  return { ...rest, schedule: { days, minuteOfDay, zone } };
}
