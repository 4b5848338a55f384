import { type Database, findRow, getRow, sql } from '../database.ts';

/** A link that was mailed for one purpose, with its end. */
export interface MailedLink {
  readonly id: number;
  readonly subscriptionId: number;
  readonly purpose: 'private' | 'address' | 'session';
  /** The new address, where the purpose is to confirm one. */
  readonly address: string | null;
  /** The path of ours to go on to, where the purpose is a session. */
  readonly next: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** Links that end, for what a forwarded digest must not allow. */
export function createMailedLinkStore(db: Database) {
  return {
    insert: (link: Omit<MailedLink, 'id' | 'usedAt'>) =>
      getRow<{ id: number }>(
        db,
        sql`insert into public.mailed_link
            (subscription_id, purpose, address, next, created_at, expires_at)
          values (${link.subscriptionId}, ${link.purpose}, ${link.address}, ${link.next},
            ${link.createdAt}, ${link.expiresAt}) returning id`,
      ),
    /** The link, if it is for this purpose, not used up and its time is not over. */
    findGood: (id: number, purpose: MailedLink['purpose'], now: Date) =>
      findRow<MailedLink>(
        db,
        sql`select id, subscription_id as "subscriptionId", purpose, address, next,
            created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"
          from public.mailed_link
          where id = ${id} and purpose = ${purpose} and used_at is null and expires_at > ${now}`,
      ),
    /** Uses a link up; false where it was used before. */
    recordUsed: async (id: number, at: Date) =>
      (
        await db.rows(sql`update public.mailed_link set used_at = ${at}
          where id = ${id} and used_at is null returning id`)
      ).length > 0,
    /** Ends every link of a subscription: after a change of address the old mailbox has no rights. */
    endAll: (subscriptionId: number, at: Date) =>
      db.rows(sql`update public.mailed_link set used_at = ${at}
        where subscription_id = ${subscriptionId} and used_at is null`),
    removeExpired: (before: Date) =>
      db.rows(sql`delete from public.mailed_link where expires_at < ${before}`),
  };
}
