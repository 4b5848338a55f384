import type { Wishes } from '../../core/reader/subscription.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** What somebody typed into a form, until the step `answer` has read it. */
export interface ReaderRequest {
  readonly id: number;
  /** A sign-up, or "send me my link". */
  readonly kind: 'subscribe' | 'link';
  readonly address: string;
  /** Present for a sign-up. */
  readonly wishes: Wishes | null;
  /** Where it was typed: `page`, `form` on another site, `api`. */
  readonly form: string;
  readonly askedFrom: string | null;
  /** The words that were agreed to; present for a sign-up. */
  readonly consentText: string | null;
  /** A path of ours: the link that is asked for begins a session and goes on there. */
  readonly next: string | null;
  readonly at: Date;
}

/** Requests of readers that wait for their answer. */
export function createRequestStore(db: Database) {
  return {
    insert: (request: Omit<ReaderRequest, 'id'>) =>
      getRow<{ id: number }>(
        db,
        sql`insert into public.request (kind, address, wishes, form, asked_from,
            consent_text, next, at)
          values (${request.kind}, ${request.address},
            ${request.wishes && json(request.wishes)}::jsonb, ${request.form},
            ${request.askedFrom}, ${request.consentText}, ${request.next},
            ${request.at}) returning id`,
      ),
    /** The request, locked and gone with the end of the transaction; undefined where another has taken it. */
    take: (id: number) =>
      findRow<ReaderRequest>(
        db,
        sql`delete from public.request where id = ${id} returning id, kind, address, wishes, form,
          asked_from as "askedFrom", consent_text as "consentText", next, at`,
      ),
    /** One after the other, where two forms with one address are answered at once. */
    lockAddress: (key: string) =>
      db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`),
    listWaiting: (most: number) =>
      db.rows<{ id: number }>(sql`select id from public.request order by id limit ${most}`),
  };
}
