import { foldTitle } from '../../core/paper/paper.ts';
import { splitSentences } from '../../core/reading/sentences.ts';
import { cleanText } from '../../core/text/text.ts';
import type { Block } from './blocks.ts';
import { isCitation, isSentence } from './citations.ts';
import { isInverted, isNameList, isPerson } from './name-lists.ts';
import type { Known } from './seams.ts';
import { type Gift, SHAPES, type Shape, USE_OPENING, USE_SENTENCE } from './shapes.ts';
import { labelOf, maskOf, OPENING, trimStock } from './stock.ts';

/** What a description is read by. */
export interface Surroundings extends Known {
  readonly stock: ReadonlySet<string>;
  /** Whether a block that begins with "Abstract" begins the abstract, since the paper is about no abstract thing. */
  readonly isOpened?: boolean;
  /** Whether there is an abstract only behind a heading. */
  readonly needsHeading?: boolean;
}

/** A block with what it gives, as far as it was judged. */
export interface Judged {
  readonly block: Block;
  readonly gives: Gift | 'text';
  readonly why: string;
  /** Its text without what it was known by, or without stock phrases. */
  readonly rest: string;
}

/** Judges one block alone: by what it repeats, the table of shapes, the grammar of citations, the stock. */
export function judge(
  block: Block,
  titles: ReadonlySet<string>,
  { publications, stock, titles: given, isOpened }: Surroundings,
): Judged {
  const { text, raw, marks } = block;
  const nothing = (why: string): Judged => ({ block, gives: 'nothing', why, rest: '' });
  const folded = foldTitle(text);
  if (titles.has(folded)) return nothing('it is the title again');
  const opening =
    isOpened || stock.has(OPENING) ? /^Abstract\s+(?=\p{Lu})/u.exec(text)?.[0] : undefined;
  if (opening) return { block, gives: 'heading', why: STOCK, rest: text.slice(opening.length) };
  const shape = SHAPES.find((each) => fits(each, text, marks));
  if (shape) {
    const own = shape.without ? cleanText(raw.replace(shape.without, ', ')) : text;
    const rest = shape.block ? own.replace(shape.block, '') : own;
    if (shape.isNames)
      return { block, gives: shape.gives, why: shape.why, rest: rest.replace(ASIDE, '') };
    return { block, gives: shape.gives, why: shape.why, rest };
  }
  if (isCitation(text, [...publications, ...given])) {
    const names = BEFORE_YEAR.exec(text)?.[1] ?? '';
    if (isInverted(names))
      return { block, gives: 'authors', why: 'it names the authors', rest: names };
    return { ...nothing('it says where and when it appeared'), gives: 'citation' };
  }
  if (isDated(text)) return { ...nothing('it says where and when it appeared'), gives: 'citation' };
  if (publications.some((name) => foldTitle(name) === folded))
    return nothing('it is the name of the journal');
  if (isBareLink(raw, text)) return nothing('it is a link');
  if (/^\(/.test(text) && text.replace(ASIDE, '') === '') return nothing('it is an aside');
  if (stock.has(maskOf(text, given)))
    return isHeading(block) ? { ...nothing(STOCK), gives: 'section' } : nothing(STOCK);
  const label = labelOf(text);
  if (label !== undefined && stock.has(label)) {
    const rest = text.slice(label.length).trim();
    return isSentence(rest) ? { block, gives: 'text', why: STOCK, rest } : nothing(STOCK);
  }
  const cited = CITED.exec(text);
  if (cited && isCitation(cited[0], publications)) {
    const rest = trimStock(text.slice(0, cited.index), stock, given);
    return { block, gives: 'text', why: 'it says where and when it appeared', rest };
  }
  return { block, gives: 'text', why: STOCK, rest: dropUse(trimStock(text, stock, given)) };
}

/** `Ann Example, 3 authors • 2026 • Journal of Roofs`: a few words between bars, with a year. */
function isDated(text: string): boolean {
  const parts = text.length > LONGEST_USE ? [] : text.split(/\s[•·|]\s/);
  return (
    parts.length > 2 &&
    parts.every((part) => isShort(part) && !/[.!?]$/.test(part)) &&
    parts.some((part) => /^(?:\p{L}+\.? )?(?:\d{1,2},? )?(?:19|20)\d\d$/u.test(part.trim()))
  );
}

/** A word or two in an element for headings. */
function isHeading({ text, marks }: Block): boolean {
  return /\sh[1-6] [^ ]* ?$/.test(marks) && isShort(text) && !/[.!?]$/.test(text);
}

/** A text without last sentences that say how it may be used, whose it is, or how to cite it. */
function dropUse(text: string): string {
  if (!USE_WORD.test(text.slice(-LONGEST_USE))) return text;
  const sentences = splitSentences(text);
  const from = Math.max(1, sentences.length - MOST_USE);
  const at = sentences.findIndex((sentence, index) => index >= from && USE_OPENING.test(sentence));
  const own = at < 0 ? sentences : sentences.slice(0, at);
  const last = own.findLastIndex((sentence) => !USE_SENTENCE.test(sentence));
  return last < 0 || last === sentences.length - 1 ? text : own.slice(0, last + 1).join(' ');
}

/** Texts without these need not be parted into sentences. */
const USE_WORD =
  /©|\(c\)|copyright|rights reserved|published by|licensed|reading|appeared|published in|click|read|follow|\bcite\b/i;
const LONGEST_USE = 500;
/** A line of rights or a reference is so many sentences at most, by the dots in it. */
const MOST_USE = 8;

/** EPrints names the authors at the beginning of its citation. */
const BEFORE_YEAR = /^(.{4,600}?)\s\((?:19|20)\d\d[a-z]?\)/;

/** Optica's citation stands in brackets behind the last sentence; a filter leaves APS's so. */
const CITED = /\s\[[^[\]]{8,200}\](?: Published [\w ,]{6,30})?\s*$/;

export const STOCK = 'other items of the feed have it too';

/** What stands in brackets behind names, or alone on a line: `(article in English).` */
const ASIDE = /\s*\([^()]{2,80}\)\.?\s*$/;

function fits(shape: Shape, text: string, marks: string): boolean {
  if (shape.marks) return shape.marks.test(marks) && text.length < 20_000;
  const found = shape.block?.exec(text)?.[0];
  if (found === undefined) return false;
  if (shape.isNames) {
    const names = text.slice(found.length).replace(ASIDE, '');
    return isPerson(names) || isNameList(names) || /^(?:unknown|anonymous)$/i.test(names);
  }
  // `Source:` before a paragraph is no label of a citation.
  return shape.gives !== 'nothing' || text.length < 600;
}

/** A link with a word or two on it, or an address. */
function isBareLink(raw: string, text: string): boolean {
  if (/^(?:https?:\/\/|www\.)\S+$/i.test(text) || /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/i.test(text))
    return true;
  if (raw.length > 5_000) return false;
  const outside = raw
    .replace(/<a\s[^<>]*>[^<]*(?:<(?!\/a)[^<]*)*<\/a>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ');
  return (
    /<a\s/i.test(raw) && !/[\p{L}\p{N}]/u.test(outside) && isShort(text) && !/[.!?]$/.test(text)
  );
}

/** Whether a text is a few words at most. */
export function isShort(text: string): boolean {
  return text.split(' ').length <= 8;
}
