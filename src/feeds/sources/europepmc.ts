import { z } from 'zod';
import { datePaper, splitDate } from '../../core/feed/source-dates.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import { readIds } from '../../core/paper/identifier.ts';
import { readKind } from '../../core/paper/kind.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { toPapers } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson, textProperty } from '../json.ts';
import type { Page } from '../pages.ts';
import { readDate } from '../texts/dates.ts';
import { askSource, dayOf, type FetchPage, toPage } from './ask.ts';
import { joinName, partHeadings, tidyIndexTitle } from './texts.ts';

const answerShape = z.object({
  hitCount: z.number().int(),
  nextCursorMark: z.string().optional(),
  resultList: z.object({ result: z.array(z.unknown()).default([]) }).optional(),
});

/** A record as Europe PMC writes it in full. */
export const europepmcRecord = z.object({
  id: z.string(),
  source: z.string(),
  pmid: z.string().optional(),
  pmcid: z.string().optional(),
  doi: z.string().optional(),
  title: z.string().default(''),
  abstractText: z.string().default(''),
  authorList: z
    .object({
      author: z.array(
        z.object({
          firstName: z.string().optional(),
          lastName: z.string().optional(),
          fullName: z.string().optional(),
          collectiveName: z.string().optional(),
        }),
      ),
    })
    .optional(),
  pubTypeList: z.object({ pubType: z.array(z.string()) }).optional(),
  keywordList: z
    .object({ keyword: z.array(z.string()) })
    .optional()
    .catch(undefined),
  firstIndexDate: z.string().default(''),
  firstPublicationDate: z.string().default(''),
});

/** Asks for what Europe PMC indexed first within the window, by a mark from page to page. */
export const fetchEuropepmc: FetchPage = async ({ address, window, start, token }, source) => {
  const days = `[${dayOf(window.from)} TO ${dayOf(window.to)}]`;
  const bytes = await askSource(source, {
    kind: 'europepmc',
    path: '/europepmc/webservices/rest/search',
    params: {
      query: `(${address}) AND FIRST_IDATE:${days}`,
      resultType: 'core',
      format: 'json',
      pageSize: String(SOURCES.europepmc.pageSize),
      cursorMark: token ?? '*',
    },
  });
  return parseEuropepmc(bytes, { start, token });
};

/** Reads one page of a search of Europe PMC. */
export async function parseEuropepmc(
  bytes: Uint8Array,
  { start = 0, token }: { start?: number; token?: string | undefined } = {},
): Promise<Page> {
  const { hitCount: total, nextCursorMark, resultList } = parseJson(bytes, answerShape);
  const items = resultList?.result ?? [];
  const batch = await toPapers(items, nameItem, (item) =>
    readEuropepmc(checkItem(item, europepmcRecord)),
  );
  // The last page gives its own mark again, or none. Without rows there is no way past it.
  const isLast = !nextCursorMark || nextCursorMark === token || items.length === 0;
  if (isLast) return batch;
  const page = toPage('europepmc', batch, { start, count: items.length, total });
  return page.next === undefined ? page : { ...page, token: nextCursorMark };
}

/** Makes a paper of a record. Throws where it is none. */
export function readEuropepmc(found: z.infer<typeof europepmcRecord>): Paper {
  const { id, source, pmid, pmcid, doi } = found;
  const page = `https://europepmc.org/article/${source}/${id}`;
  const title = tidyIndexTitle(found.title);
  const explicit = [doi ?? '', pmid ? `pmid:${pmid}` : '', pmcid ?? ''];
  const { ids, version = 1 } = readIds({ explicit });
  return buildPaper({
    title,
    abstract: partHeadings(found.abstractText, title),
    authors: (found.authorList?.author ?? []).flatMap((author) =>
      joinName({
        given: author.firstName,
        family: author.lastName,
        group: author.collectiveName ?? author.fullName,
      }),
    ),
    categories: [],
    keywords: found.keywordList?.keyword,
    ids,
    link: doi ? `https://doi.org/${doi}` : page,
    ...datePaper(readDate(found.firstIndexDate), splitDate(found.firstPublicationDate)),
    announcement: version > 1 ? 'replace' : undefined,
    kind: readKind({ title, sections: found.pubTypeList?.pubType ?? [], links: [] }).kind,
  });
}

function nameItem(item: unknown, index: number): string {
  return textProperty(item, 'title') ?? `(number ${index + 1} of its page)`;
}
