import type { UnconfirmedChoice } from '../../core/reader/import.ts';
import type { StateReading } from '../../core/reader/import-layout.ts';
import type { ImportReport } from '../../core/reader/import-report.ts';
import type { Due } from '../../core/reader/schedule.ts';
import type { SubscriptionState, Wishes } from '../../core/reader/subscription.ts';
import { type Database, findRow, getRow, json, raw, sql } from '../database.ts';
import { pauseColumn, readWishesRow, type WishesRow, zoneColumn } from './wishes-row.ts';

/** A file that was sent to the desk, as its operator said what it is. */
export interface ImportFile {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly source: string;
  readonly unconfirmed: UnconfirmedChoice;
  /** What they said of its column of state. */
  readonly reading: StateReading | null;
  readonly begunAt: Date | null;
  /** Who pressed the button. */
  readonly begunBy: string | null;
  readonly endedAt: Date | null;
  /** What it came to, up to the rows that were read. */
  readonly report: ImportReport | null;
}

/** A subscriber as an export lists them. */
export interface ListedReader extends Wishes {
  readonly id: number;
  readonly address: string;
  readonly state: SubscriptionState;
  readonly pausedUntil: string | null;
  /** When they confirmed last, as their consents say. */
  readonly agreedAt: Date | null;
}

/** A reader of a file, as they are written. */
export interface ImportedReader {
  readonly address: string;
  readonly key: string;
  readonly state: 'active' | 'pending';
  readonly wishes: Wishes;
  readonly pausedUntil: string | null;
  /** Null for who is asked. */
  readonly due: Due | null;
  /** When they agreed, by the file or the operator; null for who is asked. */
  readonly agreedAt: Date | null;
}

/** What all readers of a file have in common. */
export interface ImportTerms {
  readonly at: Date;
  readonly textHash: string;
  readonly expiresAt: Date;
}

/** Files of subscribers, and the readers they bring, many in one statement. */
export function createImportStore(db: Database) {
  const columns = sql`f.id, f.at, f.actor, f.source, f.unconfirmed, f.reading, f.begun_at as "begunAt",
    f.begun_by as "begunBy", f.ended_at as "endedAt", f.report`;
  return {
    /** The state of those of some addresses that a subscriber has, by key. An array is looked up by the index, however old the figures of the table are. */
    async listKnown(keys: readonly string[]): Promise<Map<string, SubscriptionState>> {
      const rows = await db.rows<{ key: string; state: SubscriptionState }>(sql`
        select r.address_key as key, s.state from public.subscriber r
        join public.subscription s on s.subscriber_id = r.id
        where r.address_key = any(array(select jsonb_array_elements_text(${json(keys)}::jsonb)))`);
      return new Map(rows.map(({ key, state }) => [key, state]));
    },

    /** Writes new subscribers with their subscriptions and consents; those whose address was taken meanwhile are left out. */
    insertReaders: (readers: readonly ImportedReader[], { at, textHash, expiresAt }: ImportTerms) =>
      db.rows<{ key: string; subscriberId: number; consentId: number }>(sql`
        with given as (select * from jsonb_to_recordset(${json(readers.map(flatten))}::jsonb) as g(
            address text, key text, state text, profile jsonb, papers int, days jsonb, minute int,
            zone text, wishes jsonb, "pausedUntil" timestamptz, "dueAt" timestamptz,
            "dueDate" date, "agreedAt" timestamptz)),
          made as (insert into public.subscriber (address, address_key, is_sample, created_at)
            select g.address, g.key, false, ${at} from given g
            on conflict (address_key) do nothing returning id, address_key),
          subscribed as (insert into public.subscription (subscriber_id, state, profile,
              papers_per_digest, days, minute_of_day, zone, paused_until, confirmed_at,
              next_due_at, next_due_date, created_at)
            select m.id, g.state, g.profile, g.papers,
              array(select jsonb_array_elements_text(g.days)::int), g.minute, g.zone,
              g."pausedUntil", case when g.state = 'active' then ${at}::timestamptz end,
              g."dueAt", g."dueDate", ${at}
            from made m join given g on g.key = m.address_key),
          agreed as (insert into public.consent (subscriber_id, form, text_hash, wishes, asked_at,
              reminded_at, expires_at, confirmed_at)
            select m.id, 'import', ${textHash}, g.wishes, coalesce(g."agreedAt", ${at}), ${at},
              ${expiresAt}, g."agreedAt"
            from made m join given g on g.key = m.address_key returning id, subscriber_id)
        select m.address_key as key, m.id as "subscriberId", a.id as "consentId"
        from made m join agreed a on a.subscriber_id = m.id`),

    /** Subscribers of any state but those of the sample, in the order they were made. */
    async listReaders(page: { afterId: number; most: number }): Promise<ListedReader[]> {
      const rows = await db.rows<
        Omit<ListedReader, 'schedule' | 'pausedUntil'> & WishesRow
      >(sql`select s.id, r.address, s.state, s.profile, s.papers_per_digest as "papersPerDigest",
          s.days, s.minute_of_day as "minuteOfDay", s.zone, s.paused_until as "pausedUntil",
          (select max(c.confirmed_at) from public.consent c
            where c.subscriber_id = r.id) as "agreedAt"
        from public.subscription s join public.subscriber r on r.id = s.subscriber_id
        where s.id > ${page.afterId} and not r.is_sample and s.state <> 'posting' order by s.id limit ${page.most}`);
      return rows.map(readWishesRow);
    },

    /**
     * Has the tables of readers measured anew. Where no server does it by itself, the checks of
     * foreign keys go on by a plan made for a handful of rows, and take longer with each batch.
     */
    async recordSizes(): Promise<void> {
      for (const table of ['subscriber', 'subscription', 'consent']) {
        await db.rows(raw(`analyze public.${table}`));
      }
    },

    /** The number of an import whose file is not kept, out of the same series as of those that are. */
    drawNumber: async () =>
      (
        await getRow<{ id: number }>(
          db,
          sql`select nextval(pg_get_serial_sequence('public.import_file', 'id'))::int8 as id`,
        )
      ).id,
    insertFile: async (
      file: Pick<ImportFile, 'at' | 'actor' | 'source' | 'unconfirmed'> & {
        readonly reading?: ImportFile['reading'];
      },
    ) =>
      (
        await getRow<{ id: number }>(
          db,
          sql`insert into public.import_file (at, actor, source, unconfirmed, reading)
            values (${file.at}, ${file.actor}, ${file.source}, ${file.unconfirmed},
              ${file.reading ? json(file.reading) : null}) returning id`,
        )
      ).id,
    insertPiece: (fileId: number, position: number, bytes: Buffer) =>
      db.rows(sql`insert into public.import_piece (file_id, position, bytes)
        values (${fileId}, ${position}, ${bytes})`),
    /**
     * It came to its end; before, nobody finds it. Versions that look for `is_whole` never find it:
     * they would take over who left elsewhere.
     */
    recordWhole: (fileId: number) =>
      db.rows(sql`update public.import_file set is_complete = true where id = ${fileId}`),
    findFile: (fileId: number) =>
      findRow<ImportFile>(
        db,
        sql`select ${columns} from public.import_file f where f.id = ${fileId}
          and (f.is_complete or f.is_whole)`,
      ),
    /** A part of a file; undefined after its last one. */
    findPiece: async (fileId: number, position: number) => {
      const row = await findRow<{ bytes: Uint8Array }>(
        db,
        sql`select bytes from public.import_piece
          where file_id = ${fileId} and position = ${position}`,
      );
      return row && Buffer.from(row.bytes);
    },
    /** Begins to read a file into the subscribers; false where that was begun before. */
    recordBegun: async (fileId: number, by: string, at: Date) =>
      (
        await db.rows(sql`update public.import_file set begun_at = ${at}, begun_by = ${by}
          where id = ${fileId} and (is_complete or is_whole) and begun_at is null returning id`)
      ).length > 0,
    /** Files that are being read into the subscribers. */
    listOpen: () =>
      db.rows<{ id: number }>(sql`select id from public.import_file
        where begun_at is not null and ended_at is null order by id`),
    /** Keeps how far one was read; false where another process went on from the same row. */
    recordRead: async (fileId: number, after: number, report: ImportReport) =>
      (
        await db.rows(sql`update public.import_file
          set rows_read = ${report.rows}, report = ${json(report)}
          where id = ${fileId} and rows_read = ${after} and ended_at is null returning id`)
      ).length > 0,
    /** Keeps what it came to, and the file no longer; false where that was done before. */
    async recordEnd(fileId: number, report: ImportReport, at: Date): Promise<boolean> {
      const ended = await db.rows(sql`update public.import_file
        set ended_at = ${at}, report = ${json(report)}
        where id = ${fileId} and ended_at is null returning id`);
      await db.rows(sql`delete from public.import_piece where file_id = ${fileId}`);
      return ended.length > 0;
    },
    removeFile: (fileId: number) =>
      db.rows(sql`delete from public.import_file where id = ${fileId}`),
    /** All but those that are being read. */
    removeBefore: (before: Date) =>
      db.rows(sql`delete from public.import_file
        where at < ${before} and (begun_at is null or ended_at is not null)`),
  };
}

function flatten({ wishes, due, ...reader }: ImportedReader) {
  const { profile, papersPerDigest: papers, schedule } = wishes;
  return {
    ...reader,
    profile,
    papers,
    days: schedule.days,
    minute: schedule.minuteOfDay,
    zone: zoneColumn(schedule),
    pausedUntil: pauseColumn(schedule, reader.pausedUntil),
    // What waits for a confirmation is what will be confirmed.
    wishes: reader.state === 'pending' ? wishes : null,
    dueAt: due?.at ?? null,
    dueDate: due?.date ?? null,
  };
}
