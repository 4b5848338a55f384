import type { Announcement, Paper } from '../../core/paper/paper.ts';
import { paperKeys } from '../../core/paper/paper.ts';
import { type JoinedWork, joinPapers, type Work } from '../../core/paper/paper-join.ts';
import { type Database, json, sql } from '../database.ts';
import { meetItems } from '../ledger/items.ts';
import { listSame } from './known-works.ts';

/** What became of one paper: new; known, and richer for it or another feed's; known; not wanted. */
export type Arrival = 'kept' | 'merged' | 'known' | 'left_out';

/** Where arriving papers belong. */
export interface PaperPlace {
  readonly editionId: number;
  readonly isSample: boolean;
  readonly at: Date;
  readonly feedId?: number;
  /** Papers that only join known ones: new versions, and what is too old to be news. */
  readonly onlyKnown?: ReadonlySet<Paper>;
}

// A statement's parameters stay near a megabyte.
const CHUNK = 500;

/** Stores papers in chunks of a few statements each; one arrival a paper, in their order. */
export async function upsertPapers(
  db: Database,
  papers: readonly Paper[],
  place: PaperPlace,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for (let start = 0; start < papers.length; start += CHUNK) {
    arrivals.push(...(await upsertChunk(db, papers.slice(start, start + CHUNK), place)));
  }
  return arrivals;
}

async function upsertChunk(
  db: Database,
  papers: readonly Paper[],
  place: PaperPlace,
): Promise<Arrival[]> {
  const known = await listSame(db, papers.flatMap(paperKeys));
  const { works, workOf } = joinPapers(known, papers, place.onlyKnown);
  const ids = await insertNew(db, works, place);
  await updateGained(db, works, place);
  await removeAbsorbed(db, works);
  await insertKeys(db, { works, ids });
  await meetItems(db, listRicher(works, ids));
  const listed = await insertFeed(db, place, {
    papers,
    ids: workOf.map((work) => (work === undefined ? undefined : ids[work])),
  });
  const seen = new Set<number>();
  return workOf.map((number) => {
    const work = number === undefined ? undefined : works[number];
    if (number === undefined || !work) return 'left_out';
    const isFirst = !seen.has(number);
    seen.add(number);
    if (!work.before) return isFirst ? 'kept' : 'known';
    return isFirst && (hasGained(work) || listed.has(ids[number] ?? 0)) ? 'merged' : 'known';
  });
}

/** The known paper that this one is, by the rules that join papers; undefined where it is new. */
export async function findSamePaper(db: Database, paper: Paper): Promise<number | undefined> {
  const known = await listSame(db, paperKeys(paper));
  return joinPapers(known, [paper]).works[0]?.id;
}

/** Inserts what is new; the ids of all works, in their order. */
async function insertNew(
  db: Database,
  works: readonly JoinedWork[],
  place: PaperPlace,
): Promise<number[]> {
  const fresh = works.filter(({ id }) => id === undefined);
  if (fresh.length === 0) return works.map(({ id }) => id ?? 0);
  const taken = await db.rows<{ id: number }>(sql`
    select nextval(pg_get_serial_sequence('public.paper', 'id')) as id
    from pg_catalog.generate_series(1, ${fresh.length}::int)`);
  const ids = taken.map(({ id }) => id);
  const rows = fresh.map(({ paper }, index) => ({ ...paper, id: ids[index] }));
  await db.rows(sql`insert into public.paper (id, title, abstract, authors, categories, ids, link,
      published_at, upvotes, kind, keywords, code, is_sample, first_seen_at, edition_id)
    overriding system value
    select r.id, r.title, r.abstract, r.authors, r.categories, r.ids, r.link, r."publishedAt",
      r.upvotes, coalesce(r.kind, 'paper'), r.keywords, r.code, ${place.isSample}, ${place.at},
      ${place.editionId}
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id bigint, title text, abstract text,
      authors jsonb, categories jsonb, ids jsonb, link text, "publishedAt" timestamptz, upvotes int,
      kind text, keywords jsonb, code text)
    order by r.id`);
  let next = 0;
  return works.map(({ id }) => id ?? ids[next++] ?? 0);
}

/** Writes down what known works gained; a paper of the sample that comes from elsewhere is no sample any more. */
async function updateGained(
  db: Database,
  works: readonly JoinedWork[],
  place: PaperPlace,
): Promise<void> {
  const known = works.filter(({ before }) => before !== undefined);
  const gained = known.filter(({ before, paper }) => paper !== before?.paper);
  if (gained.length > 0) {
    await db.rows(sql`update public.paper p set abstract = r.abstract, authors = r.authors,
        categories = r.categories, ids = r.ids, link = r.link, published_at = r."publishedAt",
        upvotes = r.upvotes, kind = coalesce(r.kind, 'paper'), keywords = r.keywords, code = r.code
      from jsonb_to_recordset(${json(gained.map(({ id, paper }) => ({ ...paper, id })))}::jsonb)
        as r(id bigint, abstract text, authors jsonb, categories jsonb, ids jsonb, link text,
          "publishedAt" timestamptz, upvotes int, kind text, keywords jsonb, code text)
      where p.id = r.id`);
    await forgetWords(db, gained.filter(hasGained));
  }
  if (place.isSample || known.length === 0) return;
  await db.rows(sql`update public.paper set is_sample = false
    where is_sample and id in (select jsonb_array_elements_text(${json(known.map(({ id }) => id))}::jsonb)::bigint)`);
}

/** Papers that say more than before are read anew for the search. */
async function forgetWords(db: Database, works: readonly JoinedWork[]): Promise<void> {
  if (works.length === 0) return;
  await db.rows(sql`with gone as (delete from public.paper_words
      where paper_id in (select jsonb_array_elements_text(${json(works.map(({ id }) => id))}::jsonb)::bigint)
      returning edition_id)
    delete from public.edition_words where edition_id in (select edition_id from gone)`);
}

/**
 * Works that another one took up hand over their feeds and keys. They are deleted where
 * only the draft holds them; where an edition showed them they stay as it showed them.
 */
async function removeAbsorbed(db: Database, works: readonly JoinedWork[]): Promise<void> {
  const pairs = works.flatMap(({ id, absorbed }) =>
    absorbed.map((other) => ({ older: id, younger: other.id })),
  );
  if (pairs.length === 0) return;
  const younger = sql`(select jsonb_array_elements_text(${json(pairs.map(({ younger }) => younger))}::jsonb)::bigint)`;
  await db.rows(sql`insert into public.paper_feed (paper_id, feed_id, announcement, first_seen_at)
    select r.older, f.feed_id, f.announcement, f.first_seen_at
    from jsonb_to_recordset(${json(pairs)}::jsonb) as r(older bigint, younger bigint)
      join public.paper_feed f on f.paper_id = r.younger
    on conflict do nothing`);
  await db.rows(sql`delete from public.paper_key where paper_id in ${younger}`);
  await db.rows(sql`delete from public.paper_feed where paper_id in ${younger}`);
  await db.rows(sql`delete from public.paper p using public.edition e
    where p.id in ${younger} and e.id = p.edition_id and e.state = 'draft'`);
}

/** Works that are known by more than before, under their ids. */
function listRicher(works: readonly JoinedWork[], ids: readonly number[]): Work[] {
  return works.flatMap(({ before, keys, paper }, number) => {
    const isRicher = [...keys].some((key) => !before?.keys.has(key));
    return isRicher ? [{ id: ids[number], keys, paper }] : [];
  });
}

/** A key that another work holds already stays with it. */
async function insertKeys(
  db: Database,
  { works, ids }: { works: readonly JoinedWork[]; ids: readonly number[] },
): Promise<void> {
  const rows = works.flatMap(({ before, keys }, number) =>
    [...keys].filter((key) => !before?.keys.has(key)).map((key) => ({ key, paperId: ids[number] })),
  );
  if (rows.length === 0) return;
  await db.rows(sql`insert into public.paper_key (key, paper_id)
    select r.key, r."paperId" from jsonb_to_recordset(${json(rows)}::jsonb) as r(key text, "paperId" bigint)
    on conflict do nothing`);
}

/** Notes that a feed lists these papers; the ids of those that it did not list before. */
async function insertFeed(
  db: Database,
  { feedId, at }: PaperPlace,
  { papers, ids }: { papers: readonly Paper[]; ids: readonly (number | undefined)[] },
): Promise<ReadonlySet<number>> {
  if (feedId === undefined) return new Set();
  const announcements = new Map<number, Announcement | null>();
  for (const [index, paper] of papers.entries()) {
    const id = ids[index];
    if (id !== undefined) announcements.set(id, paper.announcement ?? null);
  }
  const rows = [...announcements].map(([id, announcement]) => ({ id, announcement }));
  const listed = await db.rows<{ id: number }>(sql`
    insert into public.paper_feed (paper_id, feed_id, announcement, first_seen_at)
    select r.id, ${feedId}, r.announcement, ${at}
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id bigint, announcement text)
    on conflict do nothing returning paper_id as id`);
  return new Set(listed.map(({ id }) => id));
}

/** Whether a known work has more than another count of votes. */
function hasGained({ before, paper, absorbed }: JoinedWork): boolean {
  if (!before || absorbed.length > 0) return absorbed.length > 0;
  const fields = Object.keys(paper) as (keyof Paper)[];
  return fields.some((field) => field !== 'upvotes' && paper[field] !== before.paper[field]);
}
