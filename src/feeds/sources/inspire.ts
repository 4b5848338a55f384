import { z } from 'zod';
import { datePaper, splitDate } from '../../core/feed/source-dates.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import { readIds } from '../../core/paper/identifier.ts';
import { readKind } from '../../core/paper/kind.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { parseAuthors } from '../authors.ts';
import { toPapers } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson, textProperty } from '../json.ts';
import type { Page } from '../pages.ts';
import { readDate } from '../texts/dates.ts';
import { askSource, dayOf, type FetchPage, pageNumber, toPage } from './ask.ts';

const answerShape = z.object({
  hits: z.object({ total: z.number().int(), hits: z.array(z.unknown()) }),
});

const value = z.array(z.object({ value: z.string() })).default([]);
/** A record as INSPIRE writes it, of the fields of `INSPIRE_FIELDS`. */
export const inspireHit = z.object({
  id: z.coerce.string(),
  created: z.string().default(''),
  metadata: z.object({
    titles: z.array(z.object({ title: z.string() })).default([]),
    abstracts: z.array(z.object({ value: z.string(), source: z.string().optional() })).default([]),
    authors: z.array(z.object({ full_name: z.string() })).default([]),
    dois: value,
    arxiv_eprints: z
      .array(z.object({ value: z.string(), categories: z.array(z.string()).default([]) }))
      .default([]),
    earliest_date: z.string().default(''),
    document_type: z.array(z.string()).default([]),
  }),
});

/** A record of a large collaboration has thousands of people, each with places. */
export const INSPIRE_FIELDS =
  'titles,abstracts,authors.full_name,dois,arxiv_eprints,earliest_date,document_type';

/** Asks for the records that INSPIRE made within the window, newest first. */
export const fetchInspire: FetchPage = async ({ address, window, start }, source) => {
  const bytes = await askSource(source, {
    kind: 'inspire',
    path: '/api/literature',
    params: {
      q: `(${address}) and da >= ${dayOf(window.from)}`,
      sort: 'mostrecent',
      size: String(SOURCES.inspire.pageSize),
      page: pageNumber('inspire', start),
      fields: INSPIRE_FIELDS,
    },
  });
  return parseInspire(bytes, start);
};

/** Reads one page of a search of INSPIRE that began at `start`. */
export async function parseInspire(bytes: Uint8Array, start = 0): Promise<Page> {
  const { hits, total } = parseJson(bytes, answerShape).hits;
  const batch = await toPapers(hits, nameItem, (item) =>
    readInspireHit(checkItem(item, inspireHit)),
  );
  const step = SOURCES.inspire.pageSize;
  return toPage('inspire', batch, { start, count: hits.length, total, step });
}

/** Makes a paper of a record. Throws where it is none. */
export function readInspireHit({ id, created, metadata }: z.infer<typeof inspireHit>): Paper {
  const [eprint] = metadata.arxiv_eprints;
  const title = metadata.titles[0]?.title ?? '';
  const { ids } = readIds(
    { explicit: [eprint?.value ?? '', ...metadata.dois.map((doi) => doi.value)] },
    true,
  );
  return buildPaper({
    title,
    abstract: metadata.abstracts[0]?.value ?? '',
    authors: metadata.authors.flatMap(({ full_name: name }) =>
      parseAuthors([name], { isInverted: true }),
    ),
    categories: eprint?.categories ?? [],
    ids,
    link: ids.arxiv
      ? `https://arxiv.org/abs/${ids.arxiv}`
      : `https://inspirehep.net/literature/${encodeURIComponent(id)}`,
    ...datePaper(readDate(created), splitDate(metadata.earliest_date)),
    kind: readKind({ title, sections: metadata.document_type, links: [] }).kind,
  });
}

const named = z.object({ metadata: z.unknown() }).catch({ metadata: undefined });

function nameItem(item: unknown, index: number): string {
  const { metadata } = named.parse(item);
  const titles = z
    .array(z.unknown())
    .catch([])
    .parse(Reflect.get(Object(metadata), 'titles'));
  return textProperty(titles[0], 'title') ?? `(number ${index + 1} of its page)`;
}
