import type { DeliveryKind } from '../../core/letter/delivery.ts';
import { type Database, getRow, json, sql } from '../database.ts';

/** What a restore to an earlier time found open, and how it was decided. */
export interface Settled {
  /** Deliveries that may have gone out since: in doubt now. */
  readonly digests: number;
  readonly notices: number;
  readonly announcements: number;
  /** Posts to channels. */
  readonly posts: number;
  /** Texts of announcements that were not sent yet: put aside. */
  readonly drafts: number;
  /** Dates that were being composed: excluded. */
  readonly dates: number;
  readonly welcomes: number;
  readonly reminders: number;
  readonly requests: number;
  readonly presses: number;
  /** Files of subscribers that waited or were being read: dropped. */
  readonly imports: number;
  readonly sessions: number;
  /** Editions up to this one, the open draft included, are set aside: no digest brings them by itself. */
  readonly setAside: number;
}

/** When what was written, by whoever decides what becomes of a restored database. */
export interface RestoreMoment {
  readonly backupAt: Date;
  readonly restoredAt: Date;
}

/** Ends by a rule whatever a backup holds that may have been done since. */
export function createSettleStore(db: Database) {
  const count = async (statement: ReturnType<typeof sql>) => (await db.rows(statement)).length;
  const doubt = ({ backupAt, restoredAt }: RestoreMoment, kind: DeliveryKind) => sql`
    update public.delivery set state = 'in_doubt', next_at = null, sender_id = null,
      in_flight_at = coalesce(in_flight_at, ${backupAt}), doubted_at = ${restoredAt},
      last_reply = ${`restored from a backup of ${backupAt.toISOString()}: it may have gone out since`}
    where kind = ${kind} and state in ('ready', 'deferred', 'sending') returning id`;

  return {
    /** Needs a transaction. Afterwards nothing that is there goes out without a person's word. */
    async settle(moment: RestoreMoment): Promise<Settled> {
      const at = moment.restoredAt;
      const settled = {
        digests: await count(doubt(moment, 'digest')),
        notices: await count(doubt(moment, 'notice')),
        announcements: await count(doubt(moment, 'announcement')),
        posts: await count(doubt(moment, 'post')),
        drafts: await count(sql`update public.announcement set discarded_at = ${at}
          where released_at is null and discarded_at is null returning id`),
        dates: await count(sql`update public.outcome set exclusion = 'restored'
          where delivery_id is null and exclusion is null returning 1`),
        welcomes: await count(sql`update public.subscription set wants_welcome = false
          where wants_welcome returning id`),
        reminders: await count(sql`update public.consent set reminded_at = ${at}
          where reminded_at is null and confirmed_at is null returning id`),
        requests: await count(sql`delete from public.request returning id`),
        presses: await count(sql`update public.press set ended_at = ${at}
          where ended_at is null returning id`),
        imports: await count(sql`delete from public.import_file
          where ended_at is null returning id`),
        sessions: await count(sql`update public.session set revoked_at = ${at}
          where revoked_at is null and expires_at > ${at} returning id`),
      };
      await db.rows(sql`update public.press_item set fate = 'changed' where fate is null`);
      // Nor is anybody elsewhere told of alarms and mornings of then.
      await db.rows(sql`update public.beacon set ended_at = ${at}, next_at = null
        where ended_at is null`);
      // Nor events that were told since: an operator says whether what they told goes on from then.
      await db.rows(sql`update public.webhook set off_because = 'restored', off_at = ${at}
        where off_because is null`);
      // What was in doubt may have been tried once more since.
      await db.rows(sql`update public.delivery set doubted_at = ${at}
        where state = 'in_doubt' and doubted_at is null`);
      // Codes that were used since would open once more.
      await db.rows(sql`update public.recovery_code set used_at = ${at} where used_at is null`);
      // What alerts named until then may have been told since.
      await db.rows(sql`update public.item set set_aside_at = ${at} where set_aside_at is null`);
      // Nor what cited readers' works until a source is asked next: that answer is no news.
      await db.rows(sql`update public.citation_turn set begun_at = null`);
      await db.rows(sql`update public.own_work set begun_at = ${at} where begun_at is null`);
      // What readers took back since, or an operator took down, must not be shown again.
      await db.rows(sql`delete from public.proposal where state in ('asked', 'refused', 'shown')`);
      // Who left a circle since must not be in it again before they say so, nor be heard there.
      await db.rows(sql`update public.circle_member set set_aside_at = ${at}
        where left_at is null`);
      await db.rows(sql`update public.circle_invitation set expires_at = ${at}
        where expires_at > ${at}`);
      await db.rows(sql`delete from public.circle_feed`);
      await db.rows(sql`delete from public.circle_guest`);
      await db.rows(sql`delete from public.reader_session`);
      await db.rows(sql`update public.mailed_link set expires_at = ${at} where expires_at > ${at}`);
      return { ...settled, setAside: await setAside(db, at) };
    },
    /**
     * Ends every doubt that a restore made, as one decision: the messages arrived, or never went
     * out. How many. Needs a transaction.
     */
    async recordDecided(doubtedAt: Date, to: 'accepted' | 'failed', at: Date): Promise<number> {
      const isAccepted = to === 'accepted';
      const decided = await db.rows<{ id: number }>(sql`update public.delivery set state = ${to},
          cause = ${isAccepted ? null : 'cancelled'}, accepted_at = ${isAccepted ? doubtedAt : null},
          ended_at = ${at}, doubted_at = null,
          in_flight_at = case when ${isAccepted} then in_flight_at end
        where state = 'in_doubt' and doubted_at = ${doubtedAt} returning id`);
      return decided.length;
    },
    /** Whoever sent when the backup was made does so no more. */
    endSenders: (at: Date) =>
      db.rows(sql`update public.sender set lease_until = ${at} where lease_until > ${at}`),
    /** Lets digests refer to a key that is there, where a backup's own is not. */
    replaceKeys: (known: readonly string[], newest: string) =>
      db.rows(sql`update public.digest set key_id = ${newest}
        where key_id not in (select jsonb_array_elements_text(${json(known)}::jsonb))`),
    listAddresses: (page: { afterId: number; most: number }) =>
      db.rows<{ id: number; addressKey: string }>(sql`select id, address_key as "addressKey"
        from public.subscriber where id > ${page.afterId} order by id limit ${page.most}`),
    /** What other keys made of addresses is made anew when it is asked for. */
    forgetHashes: () =>
      db.rows(sql`update public.subscriber set address_hash = null
        where address_hash is not null`),
    /** A suppression holds under another hash of its address, too. */
    copySuppressions: (pairs: readonly { before: string; after: string }[]) =>
      db.rows(sql`insert into public.suppression (address_hash, reason, note, at, import_id)
        select n.after, s.reason, s.note, s.at, s.import_id
        from jsonb_to_recordset(${json(pairs)}::jsonb) as n(before text, after text)
        join public.suppression s on s.address_hash = n.before on conflict do nothing`),
  };
}

/** The open draft (one is opened where none is) is due, so that feeds are read for it; its id. */
async function setAside(db: Database, at: Date): Promise<number> {
  await db.rows(sql`insert into public.edition (state, opened_at, cut_due_at)
    values ('draft', ${at}, ${at}) on conflict do nothing`);
  await db.rows(sql`update public.edition set cut_due_at = ${at} where state = 'draft'`);
  await db.rows(sql`update public.feed set next_fetch_at = ${at} where next_fetch_at > ${at}`);
  const { id } = await getRow<{ id: number }>(db, sql`select max(id) as id from public.edition`);
  return id;
}
