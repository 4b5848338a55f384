import type { AskedWork } from '../../core/citations/asked.ts';
import type { CitationSource } from '../../core/citations/sources.ts';
import {
  type CountedStanding,
  LATE_MS,
  type SourceStanding,
} from '../../core/citations/trouble.ts';
import { LONGEST_TURN_MS, type Spent } from '../../core/citations/turns.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** A work whose turn it is at a source. */
export interface DueWork extends AskedWork {
  readonly tries: number;
  readonly begunAt: Date | null;
  readonly publishedAt: Date | null;
  readonly readers: number;
}

const HOUR_MS = 3_600_000;
const isRead = sql`exists (select 1 from public.own_work o join public.subscription p
  on p.subscriber_id = o.subscriber_id and p.state = 'active' where o.cited_id = t.cited_id)`;

const standing = sql`s.source, s.failures, s.rests_until as "restsUntil", s.problem,
  s.failed_since as "failedSince", s.answered_at as "answeredAt", s.brought_at as "broughtAt"`;

/** How each source was, with the works that wait too long for it: looks at all of them. */
export const countedStandings = (now: Date) => sql`select ${standing},
    (select count(*)::int from public.citation_turn t where t.source = s.source
      and t.next_at < ${new Date(now.getTime() - LATE_MS)} and ${isRead}) as late
  from public.citation_source s order by s.source`;

/** Which work is to be asked for when, at which source, and how the sources are. */
export function createCitationTurnStore(db: Database) {
  return {
    /** Gives works a turn at a source that can be asked by one of their ids, and has none. */
    add: (source: CitationSource, schemes: readonly string[], at: Date) =>
      db.rows(sql`insert into public.citation_turn (cited_id, source, next_at)
        select w.id, ${source}, ${at} from public.cited_work w
        where w.ids ?| array(select jsonb_array_elements_text(${json(schemes)}::jsonb))
          and not exists (select 1 from public.citation_turn t
            where t.cited_id = w.id and t.source = ${source})
        on conflict do nothing`),
    /** Whether any is due at a source. */
    isDue: async (source: CitationSource, now: Date) =>
      (await findRow(
        db,
        sql`select 1 from public.citation_turn t
          where t.source = ${source} and t.next_at <= ${now} and ${isRead} limit 1`,
      )) !== undefined,
    /** Those that are, of works that somebody reads of: who waits for very long, then the longest due. */
    listDue: (source: CitationSource, now: Date, most: number) =>
      db.rows<DueWork>(sql`select w.id, w.ids, t.tries, t.begun_at as "begunAt",
          w.published_at as "publishedAt", (select count(*)::int from public.own_work o
            where o.cited_id = w.id) as readers
        from public.citation_turn t join public.cited_work w on w.id = t.cited_id
        where t.source = ${source} and t.next_at <= ${now} and ${isRead}
        order by coalesce(t.asked_at < ${new Date(now.getTime() - LONGEST_TURN_MS)}, false) desc,
          t.next_at, w.id limit ${most}`),
    find: (citedId: number, source: CitationSource) =>
      findRow<{ readonly begunAt: Date | null; readonly problem: string | null }>(
        db,
        sql`select begun_at as "begunAt", problem from public.citation_turn
          where cited_id = ${citedId} and source = ${source}`,
      ),
    /** How many sources answered for a work, and how many did not yet; when the first did. */
    countBegun: (citedId: number) =>
      getRow<{ readonly begun: number; readonly open: number; readonly firstAt: Date | null }>(
        db,
        sql`select count(begun_at)::int as begun, (count(*) - count(begun_at))::int as open,
            min(begun_at) as "firstAt"
          from public.citation_turn where cited_id = ${citedId}`,
      ),
    recordAnswered: (
      turn: { readonly citedId: number; readonly source: CitationSource },
      said: {
        readonly at: Date;
        readonly nextAt: Date;
        readonly isKnown: boolean;
        readonly total: number;
      },
    ) =>
      db.rows(sql`update public.citation_turn set tries = 0, asked_at = ${said.at},
          next_at = ${said.nextAt}, begun_at = coalesce(begun_at, ${said.at}),
          is_known = ${said.isKnown}, total = ${said.total}, problem = null
        where cited_id = ${turn.citedId} and source = ${turn.source}`),
    /** Asks again later, where no whole answer came. */
    postpone: (
      citedIds: readonly number[],
      source: CitationSource,
      { nextAt, problem }: { readonly nextAt: Date; readonly problem: string },
    ) =>
      db.rows(sql`update public.citation_turn set tries = tries + 1, next_at = ${nextAt},
          problem = ${problem}
        where source = ${source}
          and cited_id in (select jsonb_array_elements_text(${json(citedIds)}::jsonb)::bigint)`),

    /** How each source was; one that was never asked is absent. */
    listSources: () =>
      db.rows<SourceStanding>(
        sql`select ${standing} from public.citation_source s order by source`,
      ),
    /** The same with how many works wait too long. */
    countLate: (now: Date) => db.rows<CountedStanding>(countedStandings(now)),
    findSource: (source: CitationSource) =>
      findRow<SourceStanding>(
        db,
        sql`select ${standing} from public.citation_source s where source = ${source}`,
      ),
    recordSourceAnswered: (source: CitationSource, at: Date, brought: boolean) =>
      db.rows(sql`insert into public.citation_source as s (source, answered_at, brought_at)
        values (${source}, ${at}, ${brought ? at : null})
        on conflict (source) do update set answered_at = ${at}, failures = 0, rests_until = null,
          problem = null, failed_since = null,
          brought_at = coalesce(excluded.brought_at, s.brought_at)`),
    recordSourceFailed: (
      source: CitationSource,
      {
        at,
        restsUntil,
        problem,
      }: { readonly at: Date; readonly restsUntil: Date; readonly problem: string },
    ) =>
      db.rows(sql`insert into public.citation_source as s
          (source, failures, rests_until, problem, failed_since)
        values (${source}, 1, ${restsUntil}, ${problem}, ${at})
        on conflict (source) do update set failures = s.failures + 1,
          rests_until = excluded.rests_until, problem = excluded.problem,
          failed_since = coalesce(s.failed_since, excluded.failed_since)`),

    /** Adds to the requests of this hour. */
    recordUse: (source: CitationSource, at: Date, requests: number) =>
      db.rows(sql`insert into public.citation_use as u (source, hour, requests)
        values (${source}, ${new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)}, ${requests})
        on conflict (source, hour) do update set requests = u.requests + excluded.requests`),
    /** What a source was asked in the last day, and in this hour. */
    countUse: (source: CitationSource, now: Date) =>
      getRow<Spent>(
        db,
        sql`select coalesce(sum(requests), 0)::int as "lastDay",
            coalesce(sum(requests) filter (
              where hour > ${new Date(now.getTime() - HOUR_MS)}), 0)::int as "lastHour"
          from public.citation_use where source = ${source}
            and hour > ${new Date(now.getTime() - 24 * HOUR_MS)}`,
      ),
    removeUsesBefore: (before: Date) =>
      db.rows(sql`delete from public.citation_use where hour < ${before}`),
  };
}
