import { type Database, findRow, sql } from '../database.ts';

/** A browser in which a reader may act towards others. */
export interface ReaderSession {
  readonly id: number;
  readonly subscriptionId: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const columns = sql`id, subscription_id as "subscriptionId", created_at as "createdAt",
  expires_at as "expiresAt"`;

/** Sessions of readers; their tokens are kept as hashes. */
export function createReaderSessionStore(db: Database) {
  return {
    insert: (session: Omit<ReaderSession, 'id'> & { tokenHash: string }) =>
      db.rows(sql`insert into public.reader_session
          (subscription_id, token_hash, created_at, expires_at)
        values (${session.subscriptionId}, ${session.tokenHash}, ${session.createdAt},
          ${session.expiresAt})`),
    /** The session of a token, if its time is not over. */
    findGood: (tokenHash: string, now: Date) =>
      findRow<ReaderSession>(
        db,
        sql`select ${columns} from public.reader_session
          where token_hash = ${tokenHash} and expires_at > ${now}`,
      ),
    /** A reader's sessions, the newest first. */
    list: (subscriptionId: number, now: Date) =>
      db.rows<ReaderSession>(sql`select ${columns} from public.reader_session
        where subscription_id = ${subscriptionId} and expires_at > ${now}
        order by created_at desc, id desc`),
    /** Ends one session of a reader; false where they have no such one. */
    end: async (session: Pick<ReaderSession, 'id' | 'subscriptionId'>) =>
      (
        await db.rows(sql`delete from public.reader_session where id = ${session.id}
          and subscription_id = ${session.subscriptionId} returning id`)
      ).length > 0,
    /** Ends all of a reader's. */
    endAll: (subscriptionId: number) =>
      db.rows(sql`delete from public.reader_session where subscription_id = ${subscriptionId}`),
    removeExpired: (now: Date) =>
      db.rows(sql`delete from public.reader_session where expires_at <= ${now}`),
  };
}
