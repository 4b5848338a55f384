import { z } from 'zod';
import { datePaper } from '../../core/feed/source-dates.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import { readIds } from '../../core/paper/identifier.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { toAuthor } from '../authors.ts';
import { toPapers } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson } from '../json.ts';
import type { Page } from '../pages.ts';
import { askSource, type FetchPage, toPage } from './ask.ts';

const answerShape = z.object({
  notes: z.array(z.unknown()),
  count: z.number().int().optional(),
});

const said = <Value extends z.ZodType>(value: Value) => z.object({ value }).optional();
const note = z.object({
  id: z.string(),
  forum: z.string(),
  content: z.object({
    title: said(z.string()),
    abstract: said(z.string()),
    // Records that came by ORCID have objects.
    authors: said(
      z.array(
        z.union([z.string(), z.object({ fullname: z.string() }).transform((one) => one.fullname)]),
      ),
    ),
    keywords: said(z.array(z.string())),
    venueid: said(z.string()),
  }),
  externalIds: z.array(z.string()).nullish(),
  tcdate: z.number().nullish(),
  odate: z.number().nullish(),
});
type Note = z.infer<typeof note>;

/** Asks for the submissions of a venue that were made since the window began. */
export const fetchOpenreview: FetchPage = async ({ address, window, start }, source) => {
  const bytes = await askSource(source, {
    kind: 'openreview',
    path: '/notes',
    params: {
      invitation: `${address}/-/Submission`,
      mintcdate: String(window.from.getTime()),
      sort: 'tcdate:desc',
      limit: String(SOURCES.openreview.pageSize),
      offset: String(start),
    },
  });
  return parseOpenreview(bytes, start);
};

/** Reads one page of a venue's notes that began at `start`; a full one may be followed by another. */
export async function parseOpenreview(bytes: Uint8Array, start = 0): Promise<Page> {
  const { notes, count } = parseJson(bytes, answerShape);
  const batch = await toPapers(notes, nameItem, (item) => toPaper(checkItem(item, note)));
  const isFull = notes.length >= SOURCES.openreview.pageSize;
  // Its count stops at 10,000, and may be missing.
  const total = isFull ? (count ?? start + notes.length + 1) : start + notes.length;
  return toPage('openreview', batch, { start, count: notes.length, total });
}

function toPaper({ id, forum, content, externalIds, ...times }: Note): Paper {
  if (forum !== id) throw new Error('It is no paper but a review or a reply.');
  const venue = content.venueid?.value ?? '';
  if (/(?:Rejected|Withdrawn|Desk_Rejected)_Submission$/.test(venue)) {
    throw new Error(`It was refused or withdrawn: ${venue.split('/').at(-1)}.`);
  }
  const link = `https://openreview.net/forum?id=${encodeURIComponent(id)}`;
  const { ids } = readIds({ explicit: externalIds ?? [], links: [link] });
  const came = times.odate ?? times.tcdate;
  return buildPaper({
    title: content.title?.value ?? '',
    abstract: content.abstract?.value ?? '',
    authors: (content.authors?.value ?? []).flatMap((name) => toAuthor(name)),
    categories: [],
    keywords: content.keywords?.value,
    ids,
    link,
    ...datePaper(came ? new Date(came) : undefined, []),
  });
}

const named = z.object({ content: z.object({ title: z.object({ value: z.string() }) }) });

function nameItem(item: unknown, index: number): string {
  const found = named.safeParse(item);
  return found.data?.content.title.value.slice(0, 120) ?? `(number ${index + 1} of its page)`;
}
