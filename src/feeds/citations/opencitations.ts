import { z } from 'zod';
import type { UnnamedCiter } from '../../core/citations/asked.ts';
import { splitDate } from '../../core/feed/source-dates.ts';
import { type PaperIds, readIds } from '../../core/paper/identifier.ts';
import type { Source } from '../fetched.ts';
import { checkItem, parseJson } from '../json.ts';
import { askSource } from '../sources/ask.ts';
import { type AskCitations, answerEach, pathOf, readEach } from './adapter.ts';

const listShape = z.array(z.unknown());
const rowShape = z.object({
  citing: z.string(),
  creation: z.string().nullish(),
  author_sc: z.string().nullish(),
});

/**
 * Asks OpenCitations, once for each id of a work. It names papers by their ids alone, and answers
 * the same of a work that it does not know and of one that nobody cites.
 */
export const askOpencitations: AskCitations = (works, source) =>
  answerEach(works, async (ids) => {
    const byIds = new Map<string, UnnamedCiter>();
    for (const name of namesOf(ids)) {
      for (const citer of await listCiters(name, source)) {
        byIds.set(JSON.stringify(citer.ids), citer);
      }
    }
    const unnamed = [...byIds.values()];
    return {
      isKnown: unnamed.length > 0,
      papers: [],
      citers: [],
      unnamed,
      total: unnamed.length,
    };
  });

/** An id without its prefix is answered by an empty list. */
function namesOf({ doi, article, arxiv, pmid }: PaperIds): string[] {
  const names = [
    doi && `doi:${doi}`,
    article && `doi:${article}`,
    arxiv && `doi:10.48550/arxiv.${arxiv}`,
    pmid && `pmid:${pmid}`,
  ];
  return [...new Set(names.flatMap((name) => name || []))];
}

async function listCiters(name: string, source: Source): Promise<UnnamedCiter[]> {
  const bytes = await askSource(source, {
    kind: 'opencitations',
    path: `/index/v2/citations/${pathOf(name)}`,
  });
  const rows = await readEach(parseJson(bytes, listShape), readRow);
  return rows.filter(({ ids }) => Object.keys(ids).length > 0);
}

/** `citing` is a bag of ids parted by blanks: `omid:br/06 doi:10.1/2 pmid:3`. */
function readRow(item: unknown): UnnamedCiter {
  const { citing, creation, author_sc: own } = checkItem(item, rowShape);
  const explicit = citing.split(/\s+/).filter((id) => /^(?:doi|pmid|pmcid|arxiv):/i.test(id));
  const [year, month, day] = splitDate(creation ?? '');
  return {
    ids: readIds({ explicit }).ids,
    ...(year && { publishedAt: new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1)) }),
    ...(own && { isOwn: own === 'yes' }),
  };
}
