import { createHash } from 'node:crypto';
import type { Wishes } from '../../core/reader/subscription.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** What a reader agreed to: when, from where, in which words, and when it was confirmed. */
export interface Consent {
  readonly id: number;
  readonly subscriberId: number;
  readonly subscriptionId: number;
  readonly form: string;
  /** The very words. */
  readonly text: string | null;
  readonly textHash: string | null;
  /** What was asked for with it; nothing of it holds before it is confirmed. */
  readonly wishes: Wishes | null;
  readonly askedAt: Date;
  /** IP address; null after the time that it is kept for. */
  readonly askedFrom: string | null;
  readonly remindedAt: Date | null;
  readonly expiresAt: Date;
  readonly confirmedAt: Date | null;
  readonly confirmedFrom: string | null;
}

const columns = sql`c.id, c.subscriber_id as "subscriberId", s.id as "subscriptionId", c.form, t.text,
  c.text_hash as "textHash", c.wishes, c.asked_at as "askedAt", c.asked_from as "askedFrom",
  c.reminded_at as "remindedAt", c.expires_at as "expiresAt", c.confirmed_at as "confirmedAt",
  c.confirmed_from as "confirmedFrom"`;
const joined = sql`public.consent c
  join public.subscription s on s.subscriber_id = c.subscriber_id
  left join public.consent_text t on t.hash = c.text_hash`;

/** Consents, and the words they were given to. */
export function createConsentStore(db: Database) {
  const recordText = async (text: string, at: Date): Promise<string> => {
    const hash = createHash('sha256').update(text).digest('hex');
    await db.rows(sql`insert into public.consent_text (hash, text, created_at)
      values (${hash}, ${text}, ${at}) on conflict do nothing`);
    return hash;
  };

  return {
    /** Keeps the words of consents; their hash. */
    recordText,
    /** Writes that somebody asked; an operator's word is confirmed at once. */
    async insert(consent: {
      subscriberId: number;
      form: string;
      text: string | null;
      wishes: Wishes | null;
      askedAt: Date;
      askedFrom: string | null;
      expiresAt: Date;
      confirmedAt: Date | null;
    }): Promise<number> {
      const { subscriberId, form, wishes, askedAt, askedFrom, expiresAt, confirmedAt } = consent;
      const hash = consent.text === null ? null : await recordText(consent.text, askedAt);
      const row = await getRow<{ id: number }>(
        db,
        sql`insert into public.consent
            (subscriber_id, form, text_hash, wishes, asked_at, asked_from, expires_at, confirmed_at)
          values (${subscriberId}, ${form}, ${hash}, ${wishes && json(wishes)}::jsonb, ${askedAt}, ${askedFrom}, ${expiresAt},
            ${confirmedAt}) returning id`,
      );
      return row.id;
    },
    find: (id: number) =>
      findRow<Consent>(db, sql`select ${columns} from ${joined} where c.id = ${id}`),
    /** The newest one that waits for its confirmation. */
    findWaiting: (subscriberId: number) =>
      findRow<Consent>(
        db,
        sql`select ${columns} from ${joined}
          where c.subscriber_id = ${subscriberId} and c.confirmed_at is null
          order by c.id desc limit 1`,
      ),
    listOfSubscriber: (subscriberId: number) =>
      db.rows<Consent>(
        sql`select ${columns} from ${joined} where c.subscriber_id = ${subscriberId} order by c.id`,
      ),
    /** What is asked for while nobody has confirmed yet is what will be confirmed. */
    recordWishes: (id: number, wishes: Wishes) =>
      db.rows(sql`update public.consent set wishes = ${json(wishes)}
        where id = ${id} and confirmed_at is null`),
    /** Marks the one reminder; false where it went out before. */
    recordReminded: async (id: number, at: Date) =>
      (
        await db.rows(sql`update public.consent set reminded_at = ${at}
          where id = ${id} and reminded_at is null and confirmed_at is null returning id`)
      ).length > 0,
    /** False where it was confirmed before, or its time is over. */
    recordConfirmed: async (id: number, confirmed: { at: Date; from: string | null }) =>
      (
        await db.rows(sql`update public.consent
          set confirmed_at = ${confirmed.at}, confirmed_from = ${confirmed.from}
          where id = ${id} and confirmed_at is null and expires_at > ${confirmed.at} returning id`)
      ).length > 0,

    /** Those that wait since before `askedBefore` without a reminder, for a subscription that is pending. */
    listToRemind: (before: { asked: Date; expires: Date }, most: number) =>
      db.rows<{ id: number; subscriberId: number; address: string }>(sql`
        select c.id, c.subscriber_id as "subscriberId", r.address from public.consent c
        join public.subscriber r on r.id = c.subscriber_id
        join public.subscription s on s.subscriber_id = c.subscriber_id
        where c.confirmed_at is null and c.reminded_at is null and c.asked_at <= ${before.asked}
          and c.expires_at > ${before.expires} and s.state = 'pending'
        order by c.id limit ${most} for update of c skip locked`),
    /** Readers whose every sign-up ran out unconfirmed. */
    listExpired: (now: Date, most: number) =>
      db.rows<{ subscriberId: number; subscriptionId: number; hadEnded: boolean }>(sql`
        select s.subscriber_id as "subscriberId", s.id as "subscriptionId",
          s.ended_at is not null as "hadEnded"
        from public.subscription s
        where s.state = 'pending' and not exists (select 1 from public.consent c
          where c.subscriber_id = s.subscriber_id and c.confirmed_at is null
            and c.expires_at > ${now})
        order by s.id limit ${most} for update of s skip locked`),
    removeUnconfirmed: (subscriberId: number) =>
      db.rows(sql`delete from public.consent
        where subscriber_id = ${subscriberId} and confirmed_at is null`),
    /** Forgets from which addresses of the network consents older than `before` came. */
    forgetOrigins: (before: Date) =>
      db.rows(sql`update public.consent set asked_from = null, confirmed_from = null
        where asked_at < ${before} and coalesce(confirmed_at, asked_at) < ${before}
          and (asked_from is not null or confirmed_from is not null)`),
  };
}
