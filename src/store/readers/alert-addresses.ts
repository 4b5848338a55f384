import type { Reached } from '../../core/alerts/bounds.ts';
import { type Database, findRow, sql } from '../database.ts';

/** An address to which a reader has alerts sent. */
export interface AlertAddress {
  readonly id: number;
  readonly subscriberId: number;
  /** The local part. */
  readonly name: string;
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  /** When mail was last put off since a bound was reached, and which. */
  readonly refusedAt: Date | null;
  readonly refusal: Reached | null;
  /** When mail of ours last came back to it. */
  readonly ownAt: Date | null;
}

const columns = sql`id, subscriber_id as "subscriberId", name, made_at as "madeAt",
  ended_at as "endedAt", refused_at as "refusedAt", refusal, own_at as "ownAt"`;

/** Addresses for alerts: one that is open a reader, and those that it replaced. */
export function createAlertAddressStore(db: Database) {
  return {
    /** The one that is open. */
    findOpen: (subscriberId: number) =>
      findRow<AlertAddress>(
        db,
        sql`select ${columns} from public.alert_address
          where subscriber_id = ${subscriberId} and ended_at is null`,
      ),
    find: (name: string) =>
      findRow<AlertAddress>(
        db,
        sql`select ${columns} from public.alert_address where name = ${name}`,
      ),
    /** The newest first. */
    list: (subscriberId: number) =>
      db.rows<AlertAddress>(sql`select ${columns} from public.alert_address
        where subscriber_id = ${subscriberId} order by id desc`),
    insert: (subscriberId: number, name: string, at: Date) =>
      db.rows(sql`insert into public.alert_address (subscriber_id, name, made_at)
        values (${subscriberId}, ${name}, ${at})`),
    /** Ends the one that is open; false where none is. */
    end: async (subscriberId: number, at: Date) =>
      (
        await db.rows(sql`update public.alert_address set ended_at = ${at}
          where subscriber_id = ${subscriberId} and ended_at is null returning id`)
      ).length > 0,
    /** Holds it to the end of the transaction, so that what comes at once is measured in turn. */
    lock: (id: number) =>
      db.rows(sql`select id from public.alert_address where id = ${id} for update`),
    recordRefused: (id: number, refusal: Reached, at: Date) =>
      db.rows(sql`update public.alert_address set refused_at = ${at}, refusal = ${refusal}
        where id = ${id}`),
    recordOwn: (id: number, at: Date) =>
      db.rows(sql`update public.alert_address set own_at = ${at} where id = ${id}`),
    /** Forgets those that ended before a time: mail to them is for nobody from then on. */
    removeEnded: (before: Date) =>
      db.rows(sql`delete from public.alert_address where ended_at < ${before}`),
  };
}
