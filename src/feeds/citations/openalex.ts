import { z } from 'zod';
import {
  type AskedWork,
  answerNothing,
  type Citer,
  groupByCount,
} from '../../core/citations/asked.ts';
import { CITATIONS } from '../../core/citations/sources.ts';
import { FeedError } from '../../core/feed/feed.ts';
import { chunkIds } from '../../core/feed/look-ups.ts';
import { APIS } from '../../core/feed/sources.ts';
import type { PaperIds } from '../../core/paper/identifier.ts';
import type { Source } from '../fetched.ts';
import { checkItem, parseJson } from '../json.ts';
import { askSource, mailOf } from '../sources/ask.ts';
import { openalexWork, readOpenalexWork } from '../sources/openalex.ts';
import { type AskCitations, askKnown, pathOf, readEach, readOne } from './adapter.ts';

const FIELDS =
  'id,doi,ids,title,type,publication_date,created_date,primary_location,authorships,is_retracted';
const { atOnce, mostCiters } = CITATIONS.openalex;

const citedShape = openalexWork.extend({ cited_by_count: z.number().int().default(0) });
const citingShape = openalexWork.extend({ referenced_works: z.array(z.string()).default([]) });
type Cited = z.infer<typeof citedShape>;

const listShape = z.object({
  meta: z.object({ count: z.number().int(), next_cursor: z.string().nullish() }),
  results: z.array(z.unknown()),
});

/** A work, and the records that OpenAlex has of it: a preprint and its article may be two. */
interface Found {
  readonly work: AskedWork;
  readonly records: readonly Cited[];
  readonly count: number;
}

/**
 * Asks OpenAlex. Its own number of a work may change, so it is looked up by its ids each time; many
 * works are asked for in one list, and what each paper refers to says which of them it cites.
 */
export const askOpenalex: AskCitations = async (works, source) => {
  const found = await findWorks(works, source);
  const citers = new Map<number, Citer[]>();
  const groups = groupByCount(
    found.filter(({ records, count }) => records.length > 0 && count > 0),
    { atOnce, citers: mostCiters },
  );
  for (const group of groups) {
    for (const [id, each] of await listCiters(group, source)) citers.set(id, each);
  }
  return found.map(({ work, records, count }) =>
    records.length === 0
      ? answerNothing(work)
      : {
          id: work.id,
          isKnown: true,
          papers: records.flatMap((record) => readOne(record, readOpenalexWork)),
          citers: citers.get(work.id) ?? [],
          total: count,
        },
  );
};

async function findWorks(works: readonly AskedWork[], source: Source): Promise<Found[]> {
  const dois = works.flatMap(({ ids }) => doisOf(ids)).filter(isListable);
  const listed: Cited[] = [];
  for (const chunk of chunkIds([...new Set(dois)], atOnce)) {
    const page = await askList(source, {
      filter: `doi:${chunk.join('|')}`,
      select: `${FIELDS},cited_by_count`,
    });
    listed.push(...(await readEach(page.results, (item) => checkItem(item, citedShape))));
  }
  const found: Found[] = [];
  for (const work of works) {
    const own = doisOf(work.ids);
    const inList = listed.filter(({ doi }) => doi && own.includes(bareDoi(doi)));
    // The DOI of a preprint that was merged with its article is in no list, but found alone.
    const records = inList.length > 0 ? inList : await findAlone(work.ids, source);
    const count = records.reduce((sum, { cited_by_count: own }) => sum + own, 0);
    found.push({ work, records, count });
  }
  return found;
}

function doisOf({ doi, article, arxiv }: PaperIds): string[] {
  const all = [doi, article, arxiv && `10.48550/arxiv.${arxiv}`];
  return all.flatMap((each) => (each ? [each.toLowerCase()] : []));
}

/** A filter parts its values by these. */
function isListable(doi: string): boolean {
  return !/[|,\s]/.test(doi);
}

function bareDoi(address: string): string {
  return address.replace(/^https?:\/\/doi\.org\//i, '').toLowerCase();
}

async function findAlone(ids: PaperIds, source: Source): Promise<Cited[]> {
  const names = [...doisOf(ids).map((doi) => `doi:${doi}`), ids.pmid && `pmid:${ids.pmid}`];
  for (const name of names) {
    const record = name ? await fetchOne(name, source) : undefined;
    if (record) return [record];
  }
  return [];
}

async function fetchOne(name: string, source: Source): Promise<Cited | undefined> {
  const bytes = await askKnown(source, {
    kind: 'openalex',
    path: `/works/${pathOf(name)}`,
    params: { select: `${FIELDS},cited_by_count`, mailto: mailOf(source) },
  });
  return bytes && parseJson(bytes, citedShape);
}

/** What cites some works, by them; of one with more than are read, the newest. */
async function listCiters(
  group: readonly Found[],
  source: Source,
): Promise<ReadonlyMap<number, Citer[]>> {
  const workOf = new Map(
    group.flatMap(({ work, records }) => records.map(({ id }) => [id, work.id] as const)),
  );
  const citers = new Map<number, Citer[]>(group.map(({ work }) => [work.id, []]));
  const numbers = [...workOf.keys()].map((id) => id.slice(id.lastIndexOf('/') + 1));
  let read = 0;
  for (let cursor: string | undefined = '*'; cursor !== undefined && read < mostCiters; ) {
    const { meta, results } = await askList(source, {
      filter: `cites:${numbers.join('|')}`,
      select: `${FIELDS},referenced_works`,
      sort: 'publication_date:desc',
      cursor,
    });
    read += results.length;
    if (results.length === 0 && read < meta.count) throw cutShort(read, meta.count);
    for (const { cites, paper } of await readEach(results, readCiting)) {
      const cited = cites.flatMap((id) => workOf.get(id) ?? []);
      const named = group.length === 1 ? group.map(({ work }) => work.id) : cited;
      for (const id of new Set(named)) citers.get(id)?.push({ paper });
    }
    cursor = read < meta.count ? (meta.next_cursor ?? undefined) : undefined;
  }
  return citers;
}

function readCiting(item: unknown) {
  const found = checkItem(item, citingShape);
  return { cites: found.referenced_works, paper: readOpenalexWork(found) };
}

function cutShort(read: number, count: number): FeedError {
  const message = `OpenAlex ended after ${read} of ${count} papers that cite a work.`;
  return new FeedError('source-error', message);
}

async function askList(source: Source, params: Readonly<Record<string, string>>) {
  const bytes = await askSource(source, {
    kind: 'openalex',
    path: '/works',
    params: { ...params, 'per-page': String(APIS.openalex.pageSize), mailto: mailOf(source) },
  });
  return parseJson(bytes, listShape);
}
