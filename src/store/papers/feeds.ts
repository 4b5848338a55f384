import type { ListedDay } from '../../core/feed/arxiv-list.ts';
import type { FeedAddress, FeedKind, Refusal } from '../../core/feed/feed.ts';
import { FETCH_EVERY_MS } from '../../core/feed/feed-pace.ts';
import type { FeedPlace, FeedProgress } from '../../core/feed/feed-progress.ts';
import type { FeedDay, FeedStanding } from '../../core/feed/feed-state.ts';
import type { PaperKind } from '../../core/paper/kinds.ts';
import type { ListedItem } from '../../core/paper/reading.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

export interface FeedRow extends FeedStanding, FeedPlace {
  readonly id: number;
  readonly name: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly nextFetchAt: Date;
  readonly lastError: string | null;
  /** When days were last caught up. */
  readonly caughtUpAt: Date | null;
  /** Kinds of text that are not taken from it. */
  readonly leavesOut: readonly PaperKind[];
}

/** What one fetch came to; `error` is set where it failed. */
export interface FeedRun {
  readonly feedId: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly status: 'fetched' | 'unchanged' | 'failed';
  readonly isComplete: boolean;
  /** Whether it asked for days that were missed. */
  readonly isCatchUp: boolean;
  readonly batchDate: string | null;
  /** Items; each is one of the kept, merged, known, replaced and refused. */
  readonly fetched: number;
  readonly kept: number;
  readonly merged: number;
  readonly known: number;
  /** New versions of papers that we do not have. */
  readonly replaced: number;
  readonly refused: number;
  /** Those of the refused that are only too old to be news. */
  readonly old: number;
  /** The first of what was refused, each with its reason. */
  readonly refusals: readonly Refusal[];
  readonly error: string | null;
}

/** A feed's day. */
export interface NamedDay extends FeedDay, FeedAddress {
  readonly id: number;
  readonly name: string;
}

type DayRow = Omit<NamedDay, 'date' | 'isToday' | 'isJustBegun'> & { createdAt: Date };

const columns = sql`f.id, f.name, f.kind, f.address, f.etag, f.last_modified as "lastModified",
  f.cursor, f.cursor_at as "cursorAt", f.read_until as "readUntil", f.is_behind as "isBehind",
  f.next_fetch_at as "nextFetchAt", f.last_answer_at as "lastAnswerAt", f.failures,
  f.last_error as "lastError", f.caught_up_at as "caughtUpAt", f.created_at as "createdAt",
  f.leaves_out as "leavesOut"`;
const RUN_DAYS = 90;

/** Feeds and their runs. */
export function createFeedStore(db: Database) {
  return {
    /** Adds a feed; undefined where its name, or its kind and address, is taken. */
    insert: (feed: { name: string; kind: FeedKind; address: string; at: Date }) =>
      findRow<FeedRow>(
        db,
        sql`insert into public.feed as f (name, kind, address, next_fetch_at, created_at)
          values (${feed.name}, ${feed.kind}, ${feed.address}, ${feed.at}, ${feed.at})
          on conflict do nothing returning ${columns}`,
      ),
    list: () => db.rows<FeedRow>(sql`select ${columns} from public.feed f order by f.name`),
    findByName: (name: string) =>
      findRow<FeedRow>(db, sql`select ${columns} from public.feed f where f.name = ${name}`),
    /** The feeds that are due, the longest waiting first. */
    listDue: (now: Date) =>
      db.rows<{ id: number; nextFetchAt: Date }>(
        sql`select id, next_fetch_at as "nextFetchAt" from public.feed where next_fetch_at <= ${now} order by next_fetch_at, id`,
      ),
    /**
     * Takes a feed that is due for a run, and with one of arXiv's all that are due, since they
     * share a request. None where another process took it. It is due again at `until`, in
     * case the run dies.
     */
    claimDue: (id: number, claim: { now: Date; until: Date }) =>
      db.rows<FeedRow>(sql`update public.feed f set next_fetch_at = ${claim.until}
        where f.next_fetch_at <= ${claim.now} and (f.id = ${id} or (f.kind = 'arxiv'
          and (select kind from public.feed where id = ${id}) = 'arxiv'))
        returning ${columns}`),
    /** Gives a feed another name; false where that is taken. */
    rename: async (id: number, name: string) =>
      (
        await db.rows(sql`update public.feed set name = ${name} where id = ${id} and not exists
          (select 1 from public.feed where name = ${name} and id <> ${id}) returning id`)
      ).length > 0,
    /** Says which kinds of text are not taken from a feed from now on. */
    recordLeftOut: (id: number, kinds: readonly PaperKind[]) =>
      db.rows(sql`update public.feed set leaves_out = ${json(kinds)}::jsonb where id = ${id}`),
    /** Keeps the items of a feed's newest answer, as they were read. */
    recordListing: (id: number, items: readonly ListedItem[]) =>
      db.rows(sql`update public.feed set listing = ${json(items)}::jsonb where id = ${id}`),
    /** The items of a feed's newest answer; undefined where nothing was kept of it. */
    findListing: async (id: number) =>
      (
        await getRow<{ listing: readonly ListedItem[] | null }>(
          db,
          sql`select listing from public.feed where id = ${id}`,
        )
      ).listing ?? undefined,
    /** Removes a feed; its papers stay. True where there was one. */
    remove: async (name: string) =>
      (await db.rows(sql`delete from public.feed where name = ${name} returning id`)).length > 0,

    /** Writes down where a good answer left the feed; `error` is what went wrong all the same. */
    recordProgress: (id: number, answer: FeedProgress & { at: Date; error: string | null }) =>
      db.rows(sql`update public.feed set last_answer_at = ${answer.at}, failures = 0,
        last_error = ${answer.error}, next_fetch_at = ${answer.nextFetchAt},
        etag = ${answer.validators ? sql`${answer.validators.etag}` : sql`etag`},
        last_modified = ${answer.validators ? sql`${answer.validators.lastModified}` : sql`last_modified`},
        cursor = ${answer.cursor}, cursor_at = ${answer.cursorAt},
        read_until = greatest(read_until, ${answer.readUntil}::timestamptz),
        is_behind = ${answer.isBehind} where id = ${id}`),
    recordFailure: (id: number, failure: { nextFetchAt: Date; error: string }) =>
      db.rows(sql`update public.feed set failures = failures + 1, last_error = ${failure.error},
        next_fetch_at = ${failure.nextFetchAt} where id = ${id}`),
    /** Notes that missed days are still to be caught up, from their beginning, and what was in the way. */
    recordOwing: (id: number, owing: { nextFetchAt: Date; error: string }) =>
      db.rows(sql`update public.feed set is_behind = true, last_error = ${owing.error},
        cursor = null, cursor_at = null, next_fetch_at = ${owing.nextFetchAt} where id = ${id}`),
    recordCaughtUp: (id: number, at: Date) =>
      db.rows(sql`update public.feed set caught_up_at = ${at} where id = ${id}`),
    /** What a feed listed last; undefined where nobody kept it. */
    findListed: async (id: number): Promise<ListedDay | undefined> =>
      (
        await findRow<{ listed: ListedDay | null }>(
          db,
          sql`select listed from public.feed where id = ${id}`,
        )
      )?.listed ?? undefined,
    recordListed: (id: number, listed: ListedDay) =>
      db.rows(sql`update public.feed set listed = ${json(listed)}::jsonb where id = ${id}`),
    /** Keeps a run, and forgets those of this feed that are older than 90 days. */
    recordRun: async (run: FeedRun) => {
      await db.rows(sql`insert into public.feed_run (feed_id, started_at, ended_at, status,
          is_complete, is_catch_up, batch_date, fetched, kept, merged, known, replaced, refused, old,
          refusals, error)
        values (${run.feedId}, ${run.startedAt}, ${run.endedAt}, ${run.status}, ${run.isComplete},
          ${run.isCatchUp}, ${run.batchDate}, ${run.fetched}, ${run.kept}, ${run.merged},
          ${run.known}, ${run.replaced}, ${run.refused}, ${run.old}, ${json(run.refusals)}, ${run.error})`);
      await db.rows(sql`delete from public.feed_run where feed_id = ${run.feedId}
        and started_at < ${run.startedAt}::timestamptz - make_interval(days => ${RUN_DAYS}::int)`);
    },
    /** The newest runs of a feed first. */
    listRuns: (feedId: number, most: number) =>
      db.rows<FeedRun>(sql`select feed_id as "feedId", started_at as "startedAt",
          ended_at as "endedAt", status, is_complete as "isComplete", is_catch_up as "isCatchUp",
          batch_date as "batchDate", fetched, kept, merged, known, replaced, refused, old, refusals, error
        from public.feed_run where feed_id = ${feedId} order by started_at desc, id desc limit ${most}`),
    /**
     * What the runs of one day came to, of every feed that was watched by its end; days for
     * which nothing is kept any more have no runs.
     */
    async listDays(day: { date: string; from: Date; to: Date; now: Date }): Promise<NamedDay[]> {
      const { date, from, now } = day;
      const rows = await db.rows<DayRow>(sql`
        select f.id, f.name, f.kind, f.address, f.created_at as "createdAt",
          (count(r.id) filter (where r.status <> 'failed'))::int as answers,
          (count(r.id) filter (where r.status = 'failed'))::int as failures,
          coalesce(max(r.fetched - r.old), 0) as listed,
          coalesce(sum(r.kept + r.merged), 0)::int as news,
          coalesce(max(r.refused - r.old), 0) as refused,
          coalesce((array_agg(r.is_complete order by r.ended_at desc, r.id desc)
            filter (where r.status <> 'failed' or r.is_catch_up))[1], true) as "isWhole",
          (select max(b.batch_date) from public.feed_run b
            where b.feed_id = f.id and b.ended_at < ${day.to}) as "batchDate",
          (array_agg(r.error order by r.ended_at desc, r.id desc)
            filter (where r.error is not null))[1] as "lastError"
        from public.feed f left join public.feed_run r
          on r.feed_id = f.id and r.ended_at >= ${day.from} and r.ended_at < ${day.to}
        where f.created_at < ${day.to} group by f.id order by f.name`);
      return rows.map(({ createdAt, ...row }) => {
        const begun = Math.max(from.getTime(), createdAt.getTime());
        const isJustBegun = now.getTime() - begun < FETCH_EVERY_MS;
        return { ...row, date, isToday: now < day.to, isJustBegun };
      });
    },
    /** How many papers a feed listed so far, and how many of them stood in other fields' lists first. */
    countPapers: (feedId: number) =>
      getRow<{ papers: number; crosses: number }>(
        db,
        sql`select count(*)::int as papers,
            (count(*) filter (where announcement = 'cross'))::int as crosses
          from public.paper_feed where feed_id = ${feedId}`,
      ),

    /** The keys of undated items that were in the feed before it was watched, as they were written then. */
    listPassed: async (feedId: number) =>
      (
        await db.rows<{ key: string }>(
          sql`select key from public.feed_passed where feed_id = ${feedId}`,
        )
      ).map(({ key }) => key),
    recordPassed: (feedId: number, keys: readonly string[]) =>
      db.rows(sql`insert into public.feed_passed (feed_id, key)
        select ${feedId}, key from jsonb_array_elements_text(${json(keys)}::jsonb) key
        on conflict do nothing`),

    /**
     * Takes the turn to speak to a host: 0 where it is the caller's, until `endTurn` or for
     * `leaseMs` at most; else how long to wait before trying again, in milliseconds. Over all
     * processes, and on the database's clock, which they share.
     */
    claimTurn: async (host: string, turn: { holder: string; leaseMs: number }) => {
      const lease = sql`make_interval(secs => ${turn.leaseMs / 1000}::double precision)`;
      const claimed = await db.rows(sql`insert into public.host_turn as t
          (host, holder, held_until, next_at)
        values (${host}, ${turn.holder}, clock_timestamp() + ${lease}, clock_timestamp())
        on conflict (host) do update set holder = excluded.holder, held_until = excluded.held_until
          where t.held_until <= clock_timestamp() and t.next_at <= clock_timestamp()
        returning 1`);
      if (claimed.length > 0) return 0;
      const { free } = await getRow<{ free: number }>(
        db,
        sql`select extract(epoch from next_at - clock_timestamp())::float8 * 1000 as free
          from public.host_turn where host = ${host}`,
      );
      return Math.max(TURN_POLL_MS, free);
    },
    /** Gives the turn back; the next one begins no sooner than `spacingMs` from now. */
    endTurn: (host: string, turn: { holder: string; spacingMs: number }) =>
      db.rows(sql`update public.host_turn set held_until = clock_timestamp(),
          next_at = clock_timestamp() + make_interval(secs => ${turn.spacingMs / 1000}::double precision)
        where host = ${host} and holder = ${turn.holder}::uuid`),
  };
}

const TURN_POLL_MS = 100;
