import { LOOKED_UP, type LookUpScheme } from '../../core/feed/look-ups.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** A work that is to be looked up, under its key, and how often that was tried. */
export interface WantedWork {
  readonly key: string;
  readonly tries: number;
}

/** What a look-up came to: the paper, or when to ask again; null for never. */
export type LookedUp = { readonly key: string } & (
  | { readonly found: Pick<Paper, 'title' | 'abstract' | 'authors'> }
  | { readonly nextAt: Date | null }
);

/** Papers that readers name by an id, as sources know them: known, and no news. */
export function createWorkStore(db: Database) {
  const schemes = json(LOOKED_UP.map((scheme) => `${scheme}:`));
  return {
    /** Wants those of a reader's library that we have no text of and can ask for. */
    want: (subscriberId: number, at: Date) =>
      db.rows(sql`insert into public.work (key, next_at)
        select l.key, ${at} from public.library l
        where l.subscriber_id = ${subscriberId} and l.paper_id is null
          and (l.title is null or l.abstract is null)
          and split_part(l.key, ':', 1) || ':' in (select jsonb_array_elements_text(${schemes}::jsonb))
        order by l.key
        on conflict do nothing`),

    /** Whether anything is to be looked up now. */
    isDue: async (now: Date) =>
      (await findRow(db, sql`select 1 from public.work where next_at <= ${now} limit 1`)) !==
      undefined,

    /** Of one kind of id, what is to be looked up now, the longest due first. */
    listDue: (scheme: LookUpScheme, now: Date, most: number) =>
      db.rows<WantedWork>(sql`select key, tries from public.work
        where next_at <= ${now} and starts_with(key, ${`${scheme}:`})
        order by next_at, key limit ${most}`),

    /** How many of one kind of id were asked for since a time. */
    countAsked: async (scheme: LookUpScheme, since: Date) =>
      (
        await getRow<{ asked: number }>(
          db,
          sql`select count(*)::int as asked from public.work
            where asked_at > ${since} and starts_with(key, ${`${scheme}:`})`,
        )
      ).asked,

    /** Writes down what a source said, or when to ask it again. */
    record: (results: readonly LookedUp[], at: Date) =>
      db.rows(sql`update public.work w set tries = w.tries + 1, asked_at = ${at},
          title = coalesce(r.found ->> 'title', w.title),
          abstract = coalesce(nullif(r.found ->> 'abstract', ''), w.abstract),
          authors = coalesce(r.found -> 'authors', w.authors),
          found_at = case when r.found is null then w.found_at else ${at} end,
          next_at = r."nextAt"
        from jsonb_to_recordset(${json(results)}::jsonb)
          as r(key text, found jsonb, "nextAt" timestamptz)
        where w.key = r.key`),

    /** Asks again later, where a source could not be asked. */
    postpone: (keys: readonly string[], nextAt: Date) =>
      db.rows(sql`update public.work set next_at = ${nextAt}
        where key in (select jsonb_array_elements_text(${json(keys)}::jsonb))`),

    /** Forgets works that no reader names any more; how many. */
    async removeUnnamed(): Promise<number> {
      const gone = await db.rows(sql`delete from public.work w
        where not exists (select 1 from public.library l where l.key = w.key)
          and not exists (select 1 from public.item i where i.work = w.key)
          and not exists (select 1 from public.circle_paper c where c.work = w.key) returning 1`);
      return gone.length;
    },
  };
}
