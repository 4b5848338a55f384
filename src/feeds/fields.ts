import { isResearch, saysWithdrawn } from '../core/paper/kind.ts';
import type { PaperKind } from '../core/paper/kinds.ts';
import { cleanLink } from '../core/paper/link.ts';
import type { Author, Paper, PaperIds } from '../core/paper/paper.ts';
import { repairEncoding } from '../core/text/charset.ts';
import { cleanAbstract, cleanName, cleanTitle } from '../core/text/text.ts';

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
  readonly keywords?: readonly string[] | undefined;
  readonly code?: string | undefined;
  readonly announcement?: Paper['announcement'] | undefined;
  readonly guid?: string | undefined;
  readonly kind?: PaperKind | undefined;
}

/**
 * Makes the paper, its texts cleaned and bounded. Throws with the reason where it has no usable
 * title, or is matter of an issue and no text.
 */
export function buildPaper(fields: PaperFields): Paper {
  const { link, publishedAt, announcedAt, upvotes, announcement, guid } = fields;
  if (fields.kind === 'matter') throw new Error(MATTER);
  const abstract = cleanAbstract(repairEncoding(fields.abstract));
  const kind = isResearch(fields.kind) && saysWithdrawn(abstract) ? 'retraction' : fields.kind;
  const keywords = readCategories(fields.keywords ?? []);
  const code = readLink([fields.code ?? '']);
  return {
    title: readTitle(fields.title),
    abstract,
    authors: fields.authors.slice(0, MAX_AUTHORS),
    categories: readCategories(fields.categories),
    ids: fields.ids,
    ...(link !== undefined && { link }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(announcedAt !== undefined && { announcedAt }),
    ...(upvotes !== undefined && { upvotes }),
    ...(keywords.length > 0 && { keywords }),
    ...(code !== undefined && { code }),
    ...(announcement !== undefined && { announcement }),
    ...(guid !== undefined && { guid }),
    ...(kind !== undefined && kind !== 'paper' && { kind }),
  };
}

const MATTER = 'It is no paper but matter of an issue: cover, contents, board or the like.';

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

/** The first http(s) address among some, without what only tells where the reader came from. */
export function readLink(candidates: readonly string[]): string | undefined {
  for (const candidate of candidates) {
    const text = candidate.trim().slice(0, 2000);
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) continue;
    return cleanLink(text);
  }
  return undefined;
}
