import { cleanLink } from '../core/paper/link.ts';
import type { Author, Paper, PaperIds } from '../core/paper/paper.ts';
import { cleanAbstract, cleanName, cleanTitle } from '../core/text/text.ts';
import { repairEncoding } from './charset.ts';

// The longest real titles, markup and all, stay far below.
const MAX_RAW_TITLE = 10_000;
const MAX_AUTHORS = 10_000;
const MAX_CATEGORIES = 50;

/** What an adapter found in one item, as the feed wrote it. */
export interface PaperFields {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly ids: PaperIds;
  readonly link?: string | undefined;
  readonly publishedAt?: Date | undefined;
  readonly announcedAt?: Date | undefined;
  readonly upvotes?: number | undefined;
  readonly announcement?: Paper['announcement'] | undefined;
  readonly guid?: string | undefined;
}

/** Makes the paper, its texts cleaned and bounded. Throws with the reason where it has no usable title. */
export function buildPaper(fields: PaperFields): Paper {
  const { link, publishedAt, announcedAt, upvotes, announcement, guid } = fields;
  return {
    title: readTitle(fields.title),
    abstract: cleanAbstract(repairEncoding(fields.abstract)),
    authors: fields.authors.slice(0, MAX_AUTHORS),
    categories: readCategories(fields.categories),
    ids: fields.ids,
    ...(link !== undefined && { link }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(announcedAt !== undefined && { announcedAt }),
    ...(upvotes !== undefined && { upvotes }),
    ...(announcement !== undefined && { announcement }),
    ...(guid !== undefined && { guid }),
  };
}

function readTitle(raw: string): string {
  if (raw.length > MAX_RAW_TITLE) throw new Error(`Its title has ${raw.length} characters.`);
  const title = cleanTitle(repairEncoding(raw));
  if (title === '') throw new Error('It has no title.');
  return title;
}

function readCategories(raw: readonly string[]): string[] {
  const cleaned = raw.slice(0, MAX_CATEGORIES).map((text) => cleanName(text));
  return [...new Set(cleaned.filter(Boolean))];
}

/** A zone after a time, or one that can be nothing else: not the `PM`, `May` or `-2026` of another form. */
const HAS_ZONE =
  /:\d\d(?:\.\d+)? *(?:[AP]M +)?(?:Z|(?![AP]M$)[A-Z]{2,4}|[+-]\d\d:?\d\d)$| (?:UTC?|GMT|Z|[+-]\d{4})$/i;

/** Reads an RFC 822 or ISO 8601 date, in UTC where it names no zone; undefined where it is none. */
export function readDate(raw: string): Date | undefined {
  // A comment, as RFC 5322 has them after a zone: `+0200 (CEST)`.
  const text = raw
    .trim()
    .slice(0, 60)
    .replace(/ *\([^()]*\)$/, '');
  // Days without padding occur (`2026-6-30`), and `new Date` would read them in local time.
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (year && month && day) return validDate(Date.UTC(+year, +month - 1, +day), +day);
  // Without a zone `Date.parse` takes that of the process, for `May 5, 2026` too.
  return validDate(Date.parse(HAS_ZONE.test(text) ? text : zoned(text)));
}

function zoned(text: string): string {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? `${text}Z` : `${text} UTC`;
}

function validDate(ms: number, day?: number): Date | undefined {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  if (Number.isNaN(ms) || year < 1900 || year > 2200) return undefined;
  // `Date.UTC` rolls the 31st of June over to July.
  return day === undefined || date.getUTCDate() === day ? date : undefined;
}

/** The first http(s) address among some, without what only tells where the reader came from. */
export function readLink(candidates: readonly string[]): string | undefined {
  for (const candidate of candidates) {
    const text = candidate.trim().slice(0, 2000);
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) continue;
    return cleanLink(text);
  }
  return undefined;
}
