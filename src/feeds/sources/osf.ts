import { z } from 'zod';
import { datePaper } from '../../core/feed/source-dates.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import { readIdentifier, readIds } from '../../core/paper/identifier.ts';
import type { Author, Paper } from '../../core/paper/paper.ts';
import { toAuthor } from '../authors.ts';
import { toPapers } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson } from '../json.ts';
import type { Page } from '../pages.ts';
import { readDate } from '../texts/dates.ts';
import { askSource, dayOf, type FetchPage, pageNumber, toPage } from './ask.ts';
import { joinName } from './texts.ts';

const answerShape = z.object({
  data: z.array(z.unknown()),
  links: z.object({ next: z.string().nullish() }).default({}),
});

const person = z.object({
  attributes: z.object({
    bibliographic: z.boolean().default(true),
    unregistered_contributor: z.string().nullish(),
  }),
  embeds: z
    .object({
      users: z.object({
        data: z
          .object({
            attributes: z.object({
              full_name: z.string().default(''),
              given_name: z.string().default(''),
              middle_names: z.string().default(''),
              family_name: z.string().default(''),
              suffix: z.string().default(''),
            }),
          })
          .optional(),
      }),
    })
    .optional(),
});

const preprint = z.object({
  id: z.string(),
  attributes: z.object({
    title: z.string(),
    description: z.string().nullish(),
    doi: z.string().nullish(),
    date_published: z.string().nullish(),
    date_withdrawn: z.string().nullish(),
    version: z.number().int().default(1),
    tags: z.array(z.string()).default([]),
    subjects: z.array(z.array(z.object({ text: z.string() }))).default([]),
  }),
  links: z.object({ preprint_doi: z.string().nullish() }).optional(),
  embeds: z.object({ contributors: z.object({ data: z.array(person) }).optional() }).optional(),
});
type Preprint = z.infer<typeof preprint>;

/**
 * Asks for what a server of OSF got since the window began, newest first. An upper end would lose
 * its own day, since OSF takes it for its midnight.
 */
export const fetchOsf: FetchPage = async ({ address, window, start }, source) => {
  const bytes = await askSource(source, {
    kind: 'osf',
    path: '/v2/preprints/',
    params: {
      'filter[provider]': address,
      'filter[date_created][gte]': dayOf(window.from),
      embed: 'contributors',
      'page[size]': String(SOURCES.osf.pageSize),
      page: pageNumber('osf', start),
    },
  });
  return parseOsf(bytes, start);
};

/** Reads one page of OSF's preprints that began at `start`; whether one follows, it says itself. */
export async function parseOsf(bytes: Uint8Array, start = 0): Promise<Page> {
  const { data, links } = parseJson(bytes, answerShape);
  const batch = await toPapers(data, nameItem, (item) => toPaper(checkItem(item, preprint)));
  if (!links.next) return batch;
  const step = SOURCES.osf.pageSize;
  const total = start + step + 1;
  return toPage('osf', batch, { start, count: data.length, total, step });
}

function toPaper({ id, attributes: found, links, embeds }: Preprint): Paper {
  // Whoever had it hears of it; to others it is no news.
  const isGone = Boolean(found.date_withdrawn);
  const [base = id] = id.split('_v');
  const { ids } = readIds({ explicit: [links?.preprint_doi ?? ''] });
  const article = readIdentifier(found.doi ?? '');
  return buildPaper({
    title: found.title,
    abstract: found.description ?? '',
    authors: (embeds?.contributors?.data ?? []).flatMap(nameOf),
    categories: found.subjects.flatMap((path) => path.at(-1)?.text ?? []),
    keywords: found.tags,
    ids: { ...ids, ...(article?.scheme === 'doi' && { article: article.id }) },
    link: links?.preprint_doi ?? `https://osf.io/${base}`,
    ...datePaper(readDate(found.date_published ?? ''), []),
    announcement: isGone || found.version > 1 ? 'replace' : 'new',
    kind: isGone ? 'retraction' : undefined,
  });
}

/** The name alone: the records tell much more of people. */
function nameOf({ attributes, embeds }: z.infer<typeof person>): Author[] {
  if (!attributes.bibliographic) return [];
  const user = embeds?.users.data?.attributes;
  if (!user) return toAuthor(attributes.unregistered_contributor ?? '');
  if (user.full_name) return toAuthor(user.full_name);
  const given = [user.given_name, user.middle_names].filter(Boolean).join(' ');
  return joinName({ given, family: user.family_name, suffix: user.suffix });
}

const named = z.object({ attributes: z.object({ title: z.string() }) });

function nameItem(item: unknown, index: number): string {
  const found = named.safeParse(item);
  return found.data?.attributes.title.slice(0, 120) ?? `(number ${index + 1} of its page)`;
}
