import { z } from 'zod';
import type { Citer } from '../../core/citations/asked.ts';
import { CITATIONS } from '../../core/citations/sources.ts';
import { FeedError } from '../../core/feed/feed.ts';
import type { PaperIds } from '../../core/paper/identifier.ts';
import type { Source } from '../fetched.ts';
import { checkItem, parseJson } from '../json.ts';
import { askSource } from '../sources/ask.ts';
import { INSPIRE_FIELDS, inspireHit, readInspireHit } from '../sources/inspire.ts';
import { type AskCitations, answerEach, askKnown, pathOf, readEach, readOne } from './adapter.ts';

const PAGE_SIZE = 250;
const { mostCiters } = CITATIONS.inspire;
const citedShape = inspireHit.extend({
  metadata: inspireHit.shape.metadata.extend({ citation_count: z.number().int().optional() }),
});
type Cited = z.infer<typeof citedShape>;
const listShape = z.object({
  hits: z.object({ total: z.number().int(), hits: z.array(z.unknown()) }),
});

/** Asks INSPIRE, work by work. */
export const askInspire: AskCitations = (works, source) =>
  answerEach(works, async (ids) => {
    const record = await findRecord(ids, source);
    const list = record ? await listCiters(record, source) : { citers: [], total: 0 };
    return {
      isKnown: record !== undefined,
      papers: record ? readOne(record, readInspireHit) : [],
      ...list,
    };
  });

/** All versions are one record there, so that the first id which it knows is enough. */
async function findRecord({ arxiv, doi, article }: PaperIds, source: Source) {
  const names = [arxiv && `arxiv/${arxiv}`, doi && `doi/${doi}`, article && `doi/${article}`];
  for (const name of names) {
    if (!name) continue;
    const bytes = await askKnown(source, {
      kind: 'inspire',
      path: `/api/${pathOf(name)}`,
      params: { fields: `${INSPIRE_FIELDS},citation_count` },
    });
    if (bytes) return parseJson(bytes, citedShape);
  }
  return undefined;
}

/**
 * Its order is by the date of the paper: an old one whose references were read late stands deep in
 * the list, so that all of it is compared.
 */
async function listCiters({ id, metadata }: Cited, source: Source) {
  const citers: Citer[] = [];
  let total = metadata.citation_count ?? 1;
  let read = 0;
  for (let page = 1; read < Math.min(total, mostCiters); page += 1) {
    const bytes = await askSource(source, {
      kind: 'inspire',
      path: '/api/literature',
      params: {
        q: `refersto:recid:${id}`,
        sort: 'mostrecent',
        size: String(PAGE_SIZE),
        page: String(page),
        fields: INSPIRE_FIELDS,
      },
    });
    const { hits } = parseJson(bytes, listShape);
    total = hits.total;
    read += hits.hits.length;
    citers.push(...(await readEach(hits.hits, readCiting)));
    if (hits.hits.length === 0 && read < Math.min(total, mostCiters)) {
      const message = `INSPIRE ended after ${read} of ${total} papers that cite a work.`;
      throw new FeedError('source-error', message);
    }
  }
  return { citers, total };
}

function readCiting(item: unknown): Citer {
  return { paper: readInspireHit(checkItem(item, inspireHit)) };
}
