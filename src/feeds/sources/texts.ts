import { type Author, foldTitle } from '../../core/paper/paper.ts';
import { toAuthor } from '../authors.ts';

const HEADING = /<(jats:title|title|h[1-6])(?:\s[^<>]{0,200})?>([^<]{1,120})<\/\1>\s*/gi;

/**
 * An abstract in JATS or HTML with its headings parted from their text by a colon; the rest of its
 * markup is left to be cleaned. Crossref writes `jats:title`, Europe PMC `h4` without a blank; the
 * paper's title over it says nothing.
 */
export function partHeadings(markup: string, title: string): string {
  return markup.replace(HEADING, (_, __, heading: string) => {
    const name = heading.trim().replace(/[:.]$/, '');
    const isEmpty = /^(?:abstract|summary)$/i.test(name) || foldTitle(name) === foldTitle(title);
    return isEmpty ? ' ' : ` ${name}: `;
  });
}

/** Words that a title may end with and that have a full stop of their own. */
const SHORT_WORD = /(?:\b(?:nov|spp?|al|etc|inc|var|gen|comb|ca|vs|jr)|\.|\b[A-Z])\.$/i;

/**
 * A title as the indexes of medicine write it, without the full stop that they put after each and
 * the brackets around those that were translated.
 */
export function tidyIndexTitle(title: string): string {
  const text = title.trim();
  const [, inside] = /^\[([^[\]]+)\]\.?$/.exec(text) ?? [];
  const own = inside ?? text;
  return SHORT_WORD.test(own) ? own : own.replace(/\.$/, '');
}

/** A person of whom a source keeps the names apart, or a group that has one name. */
export interface NameParts {
  readonly given?: string | null | undefined;
  readonly family?: string | null | undefined;
  readonly suffix?: string | null | undefined;
  readonly group?: string | null | undefined;
}

/** The name in reading order; none where nothing is left of it. */
export function joinName({ given, family, suffix, group }: NameParts): Author[] {
  const own = [given, family, suffix].filter(Boolean).join(' ');
  return toAuthor(own || (group ?? ''));
}
