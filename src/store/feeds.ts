import type { FeedKind, Refusal } from '../core/feed.ts';
import { type Database, findRow, getRow, json, sql } from './database.ts';

export interface FeedRow {
  readonly id: number;
  readonly name: string;
  readonly kind: FeedKind;
  readonly address: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly cursor: string | null;
  readonly nextFetchAt: Date;
  readonly lastAnswerAt: Date | null;
  readonly failures: number;
  readonly lastError: string | null;
}

/** What one fetch came to; `error` is set where it failed. */
export interface FeedRun {
  readonly feedId: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly status: 'fetched' | 'unchanged' | 'failed';
  readonly isComplete: boolean;
  readonly batchDate: string | null;
  readonly fetched: number;
  readonly kept: number;
  readonly merged: number;
  readonly refused: number;
  readonly refusals: readonly Refusal[];
  readonly error: string | null;
}

const columns = sql`id, name, kind, address, etag, last_modified as "lastModified", cursor,
  next_fetch_at as "nextFetchAt", last_answer_at as "lastAnswerAt", failures,
  last_error as "lastError"`;

/** Feeds and their runs. */
export function createFeedStore(db: Database) {
  return {
    /** Adds a feed; undefined where its name, or its kind and address, is taken. */
    insert: (feed: { name: string; kind: FeedKind; address: string; at: Date }) =>
      findRow<FeedRow>(
        db,
        sql`insert into public.feed (name, kind, address, next_fetch_at, created_at)
          values (${feed.name}, ${feed.kind}, ${feed.address}, ${feed.at}, ${feed.at})
          on conflict do nothing returning ${columns}`,
      ),
    list: () => db.rows<FeedRow>(sql`select ${columns} from public.feed order by name`),
    find: (id: number) =>
      findRow<FeedRow>(db, sql`select ${columns} from public.feed where id = ${id}`),
    findByName: (name: string) =>
      findRow<FeedRow>(db, sql`select ${columns} from public.feed where name = ${name}`),
    listDue: (now: Date) =>
      db.rows<FeedRow>(
        sql`select ${columns} from public.feed where next_fetch_at <= ${now} order by next_fetch_at`,
      ),
    /** Feeds that have not answered since `since`, though known by then. */
    listLate: (since: Date) =>
      db.rows<FeedRow>(sql`select ${columns} from public.feed
        where created_at < ${since} and (last_answer_at is null or last_answer_at < ${since})
        order by name`),
    /** Removes a feed; its papers stay. True where there was one. */
    remove: async (name: string) =>
      (await db.rows(sql`delete from public.feed where name = ${name} returning id`)).length > 0,

    /** Writes down a good answer and when to ask again. */
    recordAnswer: (
      id: number,
      answer: {
        at: Date;
        nextFetchAt: Date;
        etag: string | undefined;
        lastModified: string | undefined;
        cursor: string | undefined;
      },
    ) =>
      db.rows(sql`update public.feed set last_answer_at = ${answer.at}, failures = 0,
        last_error = null, next_fetch_at = ${answer.nextFetchAt},
        etag = coalesce(${answer.etag ?? null}, etag),
        last_modified = coalesce(${answer.lastModified ?? null}, last_modified),
        cursor = ${answer.cursor ?? null} where id = ${id}`),
    recordFailure: (id: number, failure: { nextFetchAt: Date; error: string }) =>
      db.rows(sql`update public.feed set failures = failures + 1, last_error = ${failure.error},
        next_fetch_at = ${failure.nextFetchAt} where id = ${id}`),
    recordRun: (run: FeedRun) =>
      db.rows(sql`insert into public.feed_run (feed_id, started_at, ended_at, status, is_complete,
          batch_date, fetched, kept, merged, refused, refusals, error)
        values (${run.feedId}, ${run.startedAt}, ${run.endedAt}, ${run.status}, ${run.isComplete},
          ${run.batchDate}, ${run.fetched}, ${run.kept}, ${run.merged}, ${run.refused},
          ${json(run.refusals)}, ${run.error})`),

    /**
     * Takes the next free moment for a request to a host and returns how long to wait for
     * it, in milliseconds: requests over all processes are at least `spacingMs` apart. On
     * the database's clock, which all processes share.
     */
    claimTurn: async (host: string, spacingMs: number) => {
      const spacing = sql`make_interval(secs => ${spacingMs / 1000}::double precision)`;
      const { wait } = await getRow<{ wait: number }>(
        db,
        sql`insert into public.host_turn as turn (host, next_at)
          values (${host}, clock_timestamp() + ${spacing})
          on conflict (host) do update
            set next_at = greatest(turn.next_at, clock_timestamp()) + ${spacing}
          returning extract(epoch from next_at - ${spacing} - clock_timestamp())::float8 * 1000 as wait`,
      );
      return Math.max(0, wait);
    },
  };
}
