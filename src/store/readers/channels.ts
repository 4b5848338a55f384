import { addressOfChannel, type ServiceName } from '../../core/channels/place.ts';
import type { DeliveryState } from '../../core/letter/delivery.ts';
import type { Due, Schedule } from '../../core/reader/schedule.ts';
import type { Profile, Wishes } from '../../core/reader/subscription.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';
import { isPaused } from '../ledger/pauses.ts';
import { zoneColumn } from './wishes-row.ts';

/** Why nothing is posted to a channel: by an operator's word, or by what its service answered. */
export type ChannelOff = 'hand' | 'gone';

/** A channel of a team, which is posted to as a reader is mailed to. */
export interface Channel {
  readonly id: number;
  readonly subscriberId: number;
  readonly subscriptionId: number;
  readonly name: string;
  readonly service: ServiceName;
  /** Where it is, as it may be shown. */
  readonly shown: string;
  /** Where it is and its key, sealed. */
  readonly sealed: string;
  /** Null while it is on. */
  readonly offBecause: ChannelOff | null;
  readonly offAt: Date | null;
  /** When a test was taken there last. */
  readonly provedAt: Date | null;
  readonly createdAt: Date;
  readonly profile: Profile;
  readonly papersPerDigest: number;
  readonly schedule: Schedule;
  readonly due: Due;
}

/** A channel with how it goes. */
export interface ListedChannel extends Channel {
  readonly last: {
    readonly delivery: number;
    readonly edition: string | null;
    readonly state: DeliveryState;
    readonly at: string;
    readonly words: string | null;
  } | null;
  readonly inDoubt: number;
}

/** What is added. */
export interface NewChannel {
  readonly name: string;
  readonly service: ServiceName;
  readonly shown: string;
  readonly sealed: string;
  readonly wishes: Wishes;
  readonly due: Due;
}

type ChannelRow = Omit<Channel, 'schedule' | 'due'> &
  Schedule & { readonly date: string; readonly dueAt: Date };

const columns = sql`c.id, c.subscriber_id as "subscriberId", s.id as "subscriptionId", c.name,
  c.service, c.shown, c.sealed, c.off_because as "offBecause", c.off_at as "offAt",
  c.proved_at as "provedAt", c.created_at as "createdAt", s.profile,
  s.papers_per_digest as "papersPerDigest", to_jsonb(s.days) as days,
  s.minute_of_day as "minuteOfDay", s.zone, s.next_due_date as date, s.next_due_at as "dueAt"`;
const joined = sql`public.channel c
  join public.subscription s on s.subscriber_id = c.subscriber_id`;

/** Channels: what they are, when they are due, and whether they are on. */
export function createChannelStore(db: Database) {
  const findWhere = async (condition: ReturnType<typeof sql>) => {
    const row = await findRow<ChannelRow>(db, sql`select ${columns} from ${joined} ${condition}`);
    return row && readRow(row);
  };
  return {
    /** Undefined where the name is taken. Needs a transaction. */
    async insert(channel: NewChannel, at: Date): Promise<number | undefined> {
      const { name, service, shown, sealed, wishes, due } = channel;
      const { schedule, profile, papersPerDigest } = wishes;
      const address = addressOfChannel(name);
      const reader = await findRow<{ id: number }>(
        db,
        sql`insert into public.subscriber (address, address_key, created_at)
          values (${address}, ${address}, ${at}) on conflict (address_key) do nothing returning id`,
      );
      if (!reader) return undefined;
      await db.rows(sql`insert into public.subscription (subscriber_id, state, profile,
          papers_per_digest, days, minute_of_day, zone, announcements, created_at, confirmed_at,
          next_due_at, next_due_date)
        values (${reader.id}, 'posting', ${json(profile)}, ${papersPerDigest},
          array(select jsonb_array_elements_text(${json(schedule.days)}::jsonb)::int),
          ${schedule.minuteOfDay}, ${zoneColumn(schedule)}, 'none', ${at}, ${at}, ${due.at},
          ${due.date})`);
      const { id } = await getRow<{ id: number }>(
        db,
        sql`insert into public.channel (subscriber_id, name, service, shown, sealed, created_at)
          values (${reader.id}, ${name}, ${service}, ${shown}, ${sealed}, ${at}) returning id`,
      );
      return id;
    },
    find: (id: number) => findWhere(sql`where c.id = ${id}`),
    findByName: (name: string) => findWhere(sql`where c.name = ${name}`),
    /** The same, held to the end of the transaction: nobody claims or composes for it meanwhile. */
    lock: (id: number) => findWhere(sql`where c.id = ${id} for update of c, s`),
    async list(): Promise<ListedChannel[]> {
      const rows = await db.rows<ChannelRow & Pick<ListedChannel, 'last' | 'inDoubt'>>(sql`
        select ${columns},
          (select jsonb_build_object('delivery', d.id, 'edition', e.name, 'state', d.state,
              'at', coalesce(d.ended_at, d.in_flight_at, d.composed_at), 'words', d.last_reply)
            from public.channel_post p join public.delivery d on d.id = p.delivery_id
            left join public.edition e on e.id = d.edition_id
            where p.channel_id = c.id order by p.delivery_id desc limit 1) as last,
          (select count(*)::int from public.channel_post p
            join public.delivery d on d.id = p.delivery_id
            where p.channel_id = c.id and d.state = 'in_doubt') as "inDoubt"
        from ${joined} order by c.name`);
      return rows.map(({ last, inDoubt, ...row }) => ({ ...readRow(row), last, inDoubt }));
    },
    /** Those that are due, or to which something may be posted now. */
    listDue: (now: Date) =>
      db.rows<{ id: number }>(sql`select c.id from public.channel c
        join public.subscription s on s.subscriber_id = c.subscriber_id
        where s.state = 'posting' and s.next_due_at <= ${now}
          or c.off_because is null and (c.next_at is null or c.next_at <= ${now})
            and exists (select 1 from public.channel_post p
              join public.delivery d on d.id = p.delivery_id
              where p.channel_id = c.id and d.state in ('ready', 'deferred') and p.at <= ${now}
                and not ${isPaused})
        order by c.id`),
    /** Changes what a channel is brought, and when. */
    recordWishes: ({ subscriptionId }: Channel, { wishes, due }: { wishes: Wishes; due: Due }) => {
      const { schedule } = wishes;
      return db.rows(sql`update public.subscription set profile = ${json(wishes.profile)},
          papers_per_digest = ${wishes.papersPerDigest},
          days = array(select jsonb_array_elements_text(${json(schedule.days)}::jsonb)::int),
          minute_of_day = ${schedule.minuteOfDay}, zone = ${zoneColumn(schedule)},
          next_due_at = ${due.at}, next_due_date = ${due.date}
        where id = ${subscriptionId} and state = 'posting'`);
    },
    recordSealed: (id: number, sealed: string) =>
      db.rows(sql`update public.channel set sealed = ${sealed} where id = ${id}`),
    recordProved: (id: number, at: Date) =>
      db.rows(sql`update public.channel set proved_at = ${at} where id = ${id}`),
    /** Nothing is posted there before a moment. */
    recordWait: (id: number, until: Date) =>
      db.rows(sql`update public.channel set next_at = greatest(next_at, ${until}::timestamptz)
        where id = ${id}`),
    /** Stops one; false where it is stopped already. */
    recordOff: async (id: number, because: ChannelOff, at: Date) =>
      (
        await db.rows(sql`update public.channel set off_because = ${because}, off_at = ${at}
          where id = ${id} and off_because is null returning id`)
      ).length > 0,
    /** Lets one go on; false where it does. */
    recordOn: async (id: number) =>
      (
        await db.rows(sql`update public.channel
          set off_because = null, off_at = null, next_at = null
          where id = ${id} and off_because is not null returning id`)
      ).length > 0,
  };
}

function readRow({ days, minuteOfDay, zone, date, dueAt, ...row }: ChannelRow): Channel {
  return { ...row, schedule: { days, minuteOfDay, zone }, due: { date, at: dueAt } };
}
