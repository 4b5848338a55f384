import { z } from 'zod';
import type { Citer } from '../../core/citations/asked.ts';
import { CITATIONS } from '../../core/citations/sources.ts';
import { FeedError } from '../../core/feed/feed.ts';
import { APIS } from '../../core/feed/sources.ts';
import type { PaperIds } from '../../core/paper/identifier.ts';
import type { Source } from '../fetched.ts';
import { checkItem, parseJson } from '../json.ts';
import { askSource } from '../sources/ask.ts';
import { europepmcRecord, readEuropepmc } from '../sources/europepmc.ts';
import { type AskCitations, answerEach, joinRecords, readEach } from './adapter.ts';

const { mostCiters } = CITATIONS.europepmc;
const citedShape = europepmcRecord.extend({ citedByCount: z.number().int().default(0) });
type Cited = z.infer<typeof citedShape>;
const answerShape = z.object({
  hitCount: z.number().int(),
  nextCursorMark: z.string().optional(),
  resultList: z.object({ result: z.array(z.unknown()).default([]) }).optional(),
});

/** Asks Europe PMC, work by work; a preprint and its article are two records there. */
export const askEuropepmc: AskCitations = (works, source) =>
  answerEach(works, async (ids) =>
    joinRecords(await findRecords(ids, source), {
      read: readEuropepmc,
      count: ({ citedByCount }) => citedByCount,
      listCiters: (record) => listCiters(record, source),
    }),
  );

/** What cites a work is asked by Europe PMC's own name of it, so that it is looked for first. */
async function findRecords(ids: PaperIds, source: Source): Promise<Cited[]> {
  const { doi, article, pmid, pmcid } = ids;
  const terms = [
    doi && `DOI:"${doi.replaceAll('"', '')}"`,
    article && `DOI:"${article.replaceAll('"', '')}"`,
    pmid && `(EXT_ID:${pmid} AND SRC:MED)`,
    pmcid && `PMCID:${pmcid}`,
  ];
  const query = terms.filter(Boolean).join(' OR ');
  if (query === '') return [];
  const { resultList } = await search(source, { query, cursorMark: '*' });
  const records = await readEach(resultList?.result ?? [], (item) => checkItem(item, citedShape));
  // A search may find what only speaks of such an id.
  return records.filter(
    (record) =>
      [doi, article].includes(record.doi?.toLowerCase() ?? '') ||
      (pmid !== undefined && record.pmid === pmid) ||
      (pmcid !== undefined && record.pmcid === pmcid),
  );
}

async function listCiters({ id, source: part, citedByCount }: Cited, source: Source) {
  const citers: Citer[] = [];
  let read = 0;
  let mark: string | undefined = citedByCount > 0 ? '*' : undefined;
  while (mark !== undefined && read < mostCiters) {
    const query = `CITES:${id}_${part}`;
    const page = await search(source, { query, cursorMark: mark, sort: 'P_PDATE_D desc' });
    const rows = page.resultList?.result ?? [];
    read += rows.length;
    if (rows.length === 0 && read < Math.min(page.hitCount, mostCiters)) {
      const message = `Europe PMC ended after ${read} of ${page.hitCount} papers that cite a work.`;
      throw new FeedError('source-error', message);
    }
    citers.push(...(await readEach(rows, readCiting)));
    const next: string | undefined = page.nextCursorMark;
    mark = next === mark || read >= page.hitCount ? undefined : next;
  }
  return citers;
}

function readCiting(item: unknown): Citer {
  return { paper: readEuropepmc(checkItem(item, europepmcRecord)) };
}

async function search(source: Source, params: Readonly<Record<string, string>>) {
  const bytes = await askSource(source, {
    kind: 'europepmc',
    path: '/europepmc/webservices/rest/search',
    params: {
      ...params,
      resultType: 'core',
      format: 'json',
      pageSize: String(APIS.europepmc.pageSize),
    },
  });
  return parseJson(bytes, answerShape);
}
