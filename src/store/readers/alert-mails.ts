import type { AlertUse } from '../../core/alerts/bounds.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** A mail to an address for alerts, as it came. */
export interface AlertArrival {
  readonly subscriberId: number;
  /** The same mail once more has the same key, and is not taken twice. */
  readonly key: string;
  readonly at: Date;
  readonly mailFrom: string | null;
  /** The IP address that handed it over, where one did. */
  readonly client: string | null;
  readonly raw: Uint8Array;
}

/**
 * `waiting` to be read; `asked`, whether its reader sent it; `read`; `unread`, since nothing in it was
 * understood; `confirmation`; `dropped`.
 */
export type AlertMailState = 'waiting' | 'asked' | 'read' | 'unread' | 'confirmation' | 'dropped';

/** What a confirmation asks for, and whether a signature proves whose it is. */
export interface StoredConfirmation {
  readonly by: string;
  readonly link?: string;
  readonly code?: string;
  readonly requestedBy?: string;
  readonly isProved: boolean;
}

/** What was made of one. */
export interface AlertOutcome {
  readonly state: Exclude<AlertMailState, 'waiting'>;
  readonly sender: string;
  readonly subject: string;
  /** The id of a kind, or `unknown`; null where it is none. */
  readonly kind: string | null;
  readonly about: string | null;
  /** Named papers, what stands in it as papers do and is none, and how many more it says there are. */
  readonly papers: number;
  readonly others: number;
  readonly more: number;
  readonly reason: string | null;
  readonly confirmation: StoredConfirmation | null;
  /** Whether its bytes are kept: until somebody understands them. */
  readonly isKept: boolean;
  /** Whether its reader said so, of it or of an earlier one of its sender. */
  readonly isVouched: boolean;
}

/** A mail as its reader's page lists it. */
export interface AlertMailRow
  extends Omit<AlertOutcome, 'isKept' | 'isVouched' | 'state' | 'sender' | 'subject'> {
  readonly id: number;
  readonly receivedAt: Date;
  readonly size: number;
  readonly state: AlertMailState;
  readonly sender: string | null;
  readonly subject: string | null;
}

/** Mails that nobody could read. */
export interface UnreadAlerts {
  /** The domain in From; empty where there is none. */
  readonly sender: string;
  readonly kind: string | null;
  readonly mails: number;
  readonly readers: number;
}

/** A mail that waits to be read. */
export interface WaitingAlertMail {
  readonly id: number;
  readonly subscriberId: number;
  readonly mailFrom: string | null;
  readonly client: string | null;
  /** Its reader said that they sent it. */
  readonly isVouched: boolean;
  readonly receivedAt: Date;
  /** How often it was begun, this time included. */
  readonly tries: number;
  readonly raw: Uint8Array;
}

const listed = sql`id, received_at as "receivedAt", size, state, sender, subject, kind, about,
  papers, others, more, reason, confirmation`;
const DAY = sql`interval '24 hours'`;

/** What comes to addresses for alerts, from its arrival until nobody needs it any more. */
export function createAlertMailStore(db: Database) {
  return {
    /** What of its bounds a reader has used. */
    measure: (subscriberId: number, at: Date) =>
      getRow<AlertUse>(
        db,
        sql`select coalesce(sum(size) filter (where received_at > ${at}::timestamptz - ${DAY}), 0)::int
            as "dayBytes",
          (count(*) filter (where received_at > ${at}::timestamptz - ${DAY}))::int as "dayMails",
          coalesce(sum(size) filter (where raw is not null), 0)::int as "heldBytes",
          (select coalesce(sum(size), 0) from public.alert_mail where raw is not null)::float8
            as "houseBytes"
        from public.alert_mail where subscriber_id = ${subscriberId}`,
      ),
    /** Takes it; its id, undefined where it was taken before. */
    insert: async (arrival: AlertArrival) =>
      (
        await findRow<{ id: number }>(
          db,
          sql`insert into public.alert_mail
              (subscriber_id, source_key, received_at, mail_from, client, size, raw)
            values (${arrival.subscriberId}, ${arrival.key}, ${arrival.at}, ${arrival.mailFrom},
              ${arrival.client}, ${arrival.raw.length}, ${arrival.raw})
            on conflict (source_key) do nothing returning id`,
        )
      )?.id,
    listWaiting: (most: number) =>
      db.rows<{ id: number }>(sql`select id from public.alert_mail where state = 'waiting'
        order by id limit ${most}`),
    /** Begins one that waits to be read, and counts that; undefined where it waits no more. */
    begin: (id: number) =>
      findRow<WaitingAlertMail>(
        db,
        sql`update public.alert_mail set tries = tries + 1
          where id = ${id} and state = 'waiting' and raw is not null
          returning id, subscriber_id as "subscriberId", mail_from as "mailFrom", client,
            is_vouched as "isVouched", received_at as "receivedAt", tries, raw`,
      ),
    /** Holds one that waits to the end of the transaction; false where it waits no more. */
    lockWaiting: async (id: number) =>
      (
        await db.rows(sql`select id from public.alert_mail
          where id = ${id} and state = 'waiting' for update`)
      ).length > 0,
    recordOutcome: (id: number, outcome: AlertOutcome, at: Date) =>
      db.rows(sql`update public.alert_mail set state = ${outcome.state},
          sender = ${outcome.sender}, subject = ${outcome.subject}, kind = ${outcome.kind},
          about = ${outcome.about}, papers = ${outcome.papers}, others = ${outcome.others},
          more = ${outcome.more}, reason = ${outcome.reason},
          confirmation = ${outcome.confirmation === null ? null : json(outcome.confirmation)}::jsonb,
          is_vouched = is_vouched or ${outcome.isVouched},
          raw = case when ${outcome.isKept} then raw end, client = null, read_at = ${at}
        where id = ${id}`),
    /** The newest of a reader, without what was dropped. */
    list: (subscriberId: number, most: number) =>
      db.rows<AlertMailRow>(sql`select ${listed} from public.alert_mail
        where subscriber_id = ${subscriberId} and state <> 'dropped'
        order by received_at desc, id desc limit ${most}`),
    countAsked: async (subscriberId: number) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.alert_mail
            where subscriber_id = ${subscriberId} and state = 'asked'`,
        )
      ).count,
    /** Their reader sent it: it is read as theirs. False where nobody asks. */
    recordVouched: async (id: number, subscriberId: number) =>
      (
        await db.rows(sql`update public.alert_mail set state = 'waiting', is_vouched = true
          where id = ${id} and subscriber_id = ${subscriberId} and state = 'asked' returning id`)
      ).length > 0,
    /** Whether a reader said of a mail of this sender that they sent it. */
    hasVouched: async (subscriberId: number, sender: string) =>
      (await findRow(
        db,
        sql`select 1 from public.alert_mail where subscriber_id = ${subscriberId}
          and is_vouched and lower(sender) = ${sender.toLowerCase()} limit 1`,
      )) !== undefined,
    /** Takes one off a reader's page, with its bytes. False where it is not there. */
    drop: async (id: number, subscriberId: number) =>
      (
        await db.rows(sql`update public.alert_mail
          set state = 'dropped', raw = null, confirmation = null
          where id = ${id} and subscriber_id = ${subscriberId}
            and state in ('asked', 'unread', 'confirmation') returning id`)
      ).length > 0,
    /** How many of all readers nobody could read, by the domain in From and the kind that it says to be. */
    countUnread: () =>
      db.rows<UnreadAlerts>(sql`
        select lower(coalesce(split_part(sender, '@', 2), '')) as sender, kind,
          count(*)::int as mails, count(distinct subscriber_id)::int as readers
        from public.alert_mail where state = 'unread'
        group by 1, 2 order by readers desc, mails desc, sender limit 20`),
    removeBefore: (before: Date) =>
      db.rows(sql`delete from public.alert_mail where received_at < ${before}`),
  };
}
