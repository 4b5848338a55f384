import { z } from 'zod';
import type { Citer } from '../../core/citations/asked.ts';
import { CITATIONS } from '../../core/citations/sources.ts';
import { FeedError } from '../../core/feed/feed.ts';
import { splitDate } from '../../core/feed/source-dates.ts';
import { APIS } from '../../core/feed/sources.ts';
import { type PaperIds, readIds } from '../../core/paper/identifier.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { toAuthor } from '../authors.ts';
import type { Source } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson } from '../json.ts';
import { askSource } from '../sources/ask.ts';
import {
  type AskCitations,
  answerEach,
  askKnown,
  joinRecords,
  pathOf,
  readEach,
} from './adapter.ts';

const FIELDS = 'title,authors,externalIds,publicationDate,year';
const { mostCiters } = CITATIONS.semanticscholar;
const { pageSize } = APIS.semanticscholar;

const paperShape = z.object({
  paperId: z.string().nullish(),
  title: z.string().nullish(),
  authors: z
    .array(z.object({ name: z.string().nullish() }))
    .nullish()
    .catch([]),
  externalIds: z
    .object({ DOI: z.string(), ArXiv: z.string(), PubMed: z.string() })
    .partial()
    .nullish()
    .catch(undefined),
  publicationDate: z.string().nullish(),
  year: z.number().int().nullish(),
  citationCount: z.number().int().nullish(),
});
type Record = z.infer<typeof paperShape>;

// Where nothing is found, or the page lies past the end, there is no list.
const pageShape = z.object({
  next: z.number().int().nullish(),
  data: z.array(z.unknown()).nullish(),
});
const citingShape = z.object({ citingPaper: paperShape });

/** Asks Semantic Scholar, work by work; a version of it that has a record of its own is asked for too. */
export const askSemanticScholar: AskCitations = (works, source) =>
  answerEach(works, async (ids) =>
    joinRecords(await findRecords(ids, source), {
      read: readRecord,
      count: ({ citationCount }) => citationCount ?? 0,
      listCiters: (record) => listCiters(record, source),
    }),
  );

/** Its records of a work; an id that a record names leads to no other. */
async function findRecords(ids: PaperIds, source: Source): Promise<Record[]> {
  const records = new Map<string, Record>();
  const named = new Set<string>();
  for (const name of namesOf(ids)) {
    if (named.has(name.toLowerCase())) continue;
    const bytes = await askKnown(source, {
      kind: 'semanticscholar',
      path: `/graph/v1/paper/${pathOf(name)}`,
      params: { fields: `${FIELDS},citationCount` },
    });
    const record = bytes && parseJson(bytes, paperShape);
    if (!record?.paperId) continue;
    records.set(record.paperId, record);
    for (const other of namesOf(idsOf(record))) named.add(other.toLowerCase());
  }
  return [...records.values()];
}

function namesOf({ arxiv, doi, article, pmid }: PaperIds): string[] {
  const names = [
    arxiv && `ARXIV:${arxiv}`,
    doi && `DOI:${doi}`,
    article && `DOI:${article}`,
    pmid && `PMID:${pmid}`,
  ];
  return names.flatMap((name) => name || []);
}

function idsOf({ externalIds }: Record): PaperIds {
  const { DOI = '', ArXiv = '', PubMed = '' } = externalIds ?? {};
  const explicit = [ArXiv && `arxiv:${ArXiv}`, DOI, PubMed && `pmid:${PubMed}`];
  return readIds({ explicit }).ids;
}

/** Its list has no promised order, so that it is read to its end, or as far as it may be. */
async function listCiters(record: Record, source: Source): Promise<Citer[]> {
  const count = record.citationCount ?? 0;
  const citers: Citer[] = [];
  let offset: number | undefined = count > 0 ? 0 : undefined;
  while (offset !== undefined && offset < mostCiters) {
    const bytes = await askSource(source, {
      kind: 'semanticscholar',
      path: `/graph/v1/paper/${record.paperId}/citations`,
      params: {
        fields: FIELDS,
        offset: String(offset),
        limit: String(Math.min(pageSize, mostCiters - offset)),
      },
    });
    const { next, data } = parseJson(bytes, pageShape);
    const rows = data ?? [];
    if (offset === 0 && rows.length === 0) {
      const message = `Semantic Scholar counts ${count} papers that cite a work, and names none.`;
      throw new FeedError('source-error', message);
    }
    citers.push(...(await readEach(rows, readCiting)));
    offset = rows.length > 0 && next && next > offset ? next : undefined;
  }
  return citers;
}

function readCiting(item: unknown): Citer {
  return { paper: readRecord(checkItem(item, citingShape).citingPaper) };
}

/** Throws where it has no title, or nothing to know it by. */
function readRecord(record: Record): Paper {
  const { paperId, title, authors, publicationDate, year } = record;
  const [y = year, month = 1, day = 1] = splitDate(publicationDate ?? '');
  const ids = idsOf(record);
  const hasId = Object.keys(ids).length > 0;
  const publishedAt = y ? new Date(Date.UTC(y, (month ?? 1) - 1, day ?? 1)) : undefined;
  return buildPaper({
    title: title ?? '',
    abstract: '',
    authors: (authors ?? []).flatMap(({ name }) => toAuthor(name ?? '')),
    categories: [],
    ids,
    ...(paperId && !hasId && { link: `https://www.semanticscholar.org/paper/${paperId}` }),
    publishedAt,
  });
}
