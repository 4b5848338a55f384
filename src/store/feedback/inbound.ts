import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** Something that came back, as it arrived. */
export interface Arrival {
  readonly source: 'smtp' | 'spool' | 'webhook';
  /** The same thing again has the same key, and is not taken twice. */
  readonly key: string;
  /** Empty for the null sender; null where the way in does not tell. */
  readonly mailFrom: string | null;
  readonly rcptTo: readonly string[];
  readonly raw: Uint8Array;
  readonly at: Date;
}

/** `waiting` to be read; `handled`; `kept` for a person; `done`, when one has looked. */
export type InboundState = 'waiting' | 'handled' | 'kept' | 'done';

export interface Inbound extends Omit<Arrival, 'key' | 'at'> {
  readonly id: number;
  readonly receivedAt: Date;
  readonly state: InboundState;
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly sender: string | null;
  readonly subject: string | null;
  readonly deliveryId: number | null;
}

/** What was made of one. */
export interface Handled {
  readonly state: 'handled' | 'kept';
  readonly verdict: string;
  readonly reason: string | null;
  readonly sender: string | null;
  readonly subject: string | null;
  readonly deliveryId: number | null;
  readonly subscriberId: number | null;
  /** True where the words of a person still wait to be told of. */
  readonly isUntold: boolean;
  readonly at: Date;
}

const columns = sql`id, source, mail_from as "mailFrom", rcpt_to as "rcptTo",
  received_at as "receivedAt", state, verdict, reason, sender, subject,
  delivery_id as "deliveryId"`;
const isUntold = sql`state = 'kept' and verdict in ('person', 'leave') and told_at is null`;

/** What came back, from its arrival until nobody needs it any more. */
export function createInboundStore(db: Database) {
  return {
    /** Takes it; its id, undefined where it was taken before. */
    insert: async (arrival: Arrival) =>
      (
        await findRow<{ id: number }>(
          db,
          sql`insert into public.inbound (source, source_key, received_at, mail_from, rcpt_to, raw)
            values (${arrival.source}, ${arrival.key}, ${arrival.at}, ${arrival.mailFrom},
              ${json(arrival.rcptTo)}::jsonb, ${arrival.raw})
            on conflict (source_key) do nothing returning id`,
        )
      )?.id,
    listWaiting: (most: number) =>
      db.rows<{ id: number }>(sql`select id from public.inbound where state = 'waiting'
        order by id limit ${most}`),
    find: (id: number) =>
      findRow<Inbound>(db, sql`select ${columns}, raw from public.inbound where id = ${id}`),
    /** Holds one that waits to the end of the transaction; false where it waits no more. */
    lockWaiting: async (id: number) =>
      (
        await db.rows(sql`select id from public.inbound
          where id = ${id} and state = 'waiting' for update`)
      ).length > 0,
    recordHandled: (id: number, handled: Handled) =>
      db.rows(sql`update public.inbound set state = ${handled.state},
          verdict = ${handled.verdict}, reason = ${handled.reason}, sender = ${handled.sender},
          subject = ${handled.subject}, delivery_id = ${handled.deliveryId},
          subscriber_id = ${handled.subscriberId}, handled_at = ${handled.at},
          told_at = case when ${handled.isUntold} then null else ${handled.at}::timestamptz end
        where id = ${id}`),
    /** Those for a person to look at, or all of one verdict, the oldest first, without their bytes. */
    list: (page: { afterId: number; most: number; verdict: string | null }) =>
      db.rows<Omit<Inbound, 'raw'>>(sql`select ${columns} from public.inbound
        where id > ${page.afterId} and case when ${page.verdict}::text is null
          then state = 'kept' else verdict = ${page.verdict} end
        order by id limit ${page.most}`),
    /** A person has looked at it; false where it was not kept for one. */
    recordDone: async (id: number) =>
      (
        await db.rows(sql`update public.inbound set state = 'done'
          where id = ${id} and state = 'kept' returning id`)
      ).length > 0,
    /** How many wait for a person. */
    countKept: async () =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.inbound where state = 'kept'`,
        )
      ).count,
    /** Whether more than so many wait for a person. */
    isCrowded: async (most: number) =>
      (await findRow(
        db,
        sql`select 1 from public.inbound where state = 'kept' offset ${most} limit 1`,
      )) !== undefined,
    /** What a subscriber wrote to us, and what came back of their mail. */
    listOfSubscriber: (subscriberId: number) =>
      db.rows<{ receivedAt: Date; sender: string | null; subject: string | null; verdict: string }>(
        sql`select received_at as "receivedAt", sender, subject, verdict from public.inbound
          where subscriber_id = ${subscriberId} order by id desc limit 1000`,
      ),
    countUntold: async () =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.inbound where ${isUntold}`,
        )
      ).count,
    recordTold: (at: Date) =>
      db.rows(sql`update public.inbound set told_at = ${at} where ${isUntold}`),
    countByVerdict: () =>
      db.rows<{ state: InboundState; verdict: string | null; count: number }>(sql`
        select state, verdict, count(*)::int as count from public.inbound
        group by state, verdict order by state, verdict`),
  };
}
