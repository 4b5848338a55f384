import { decodeHTMLStrict } from 'entities';
import { dropPrivateUse } from './private-use.ts';
import { ABSTRACT_NAME } from './section-names.ts';
import { dropTags } from './tags.ts';
import { settle, texToText } from './tex.ts';

/** The longest title, author's name and abstract that are kept, in code points. */
export const LONGEST_TITLE = 1_000;
export const LONGEST_NAME = 200;
export const LONGEST_ABSTRACT = 20_000;

/** A title of a feed as one clean line of at most `LONGEST_TITLE`. */
export function cleanTitle(raw: string): string {
  return cleanUpTo(raw, LONGEST_TITLE);
}

/** An author's name of a feed, without the separators that a list leaves around it. */
export function cleanName(raw: string): string {
  return cleanUpTo(raw, LONGEST_NAME).replace(/^[\s,;]+|(?<![\s,;])[\s,;]+$/g, '');
}

/** An abstract of a feed as one clean line, without a heading "Abstract" in any language met. */
export function cleanAbstract(raw: string): string {
  const hasHeading = HEADING.test(decodeHTMLStrict(raw.slice(0, HEADING_WITHIN)));
  const text = cleanUpTo(raw, LONGEST_ABSTRACT);
  return hasHeading ? text.replace(NAME, '') : text;
}

const HEADING_WITHIN = 400;

/** "Abstract" as a line or an element of its own, in capitals, or before a colon or dash. */
const HEADING = new RegExp(
  String.raw`^(?:\s|<[^<>]*>)*(?:ABSTRACT\s|(?:abstract|${ABSTRACT_NAME})[^\S\r\n]*(?:$|[:：.—–\r\n]|--|-\s|</|<br|<p))`,
  'u',
);
const NAME = new RegExp(String.raw`^(?:abstract|${ABSTRACT_NAME})[\s:：.–—-]*`, 'u');

/** Markup may be this many times as long as the text it holds; the rest is not read. */
const MOST_MARKUP = 8;

function cleanUpTo(raw: string, most: number): string {
  return shortenText(cleanText(raw.slice(0, most * MOST_MARKUP)), most);
}

/**
 * Turns text of unknown markup into one readable line in NFC: known tags go, scripts and
 * styles with their content; entities are decoded however often they were escaped; TeX
 * becomes Unicode; control, bidirectional, zero-width and private characters go. What only looks
 * like markup stays: `n < m & p > q`. Never throws; linear in time; at most `MOST_GROWTH`
 * times as long as `raw`; idempotent.
 */
export function cleanText(raw: string): string {
  return settle(raw, cleanOnce);
}

function cleanOnce(raw: string): string {
  return dropPrivateUse(texToText(dropTags(decodeHTMLStrict(raw))))
    .replace(/(?:[^\S\ufeff]|\u0085)+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** All that shows nothing, but for the joiners within words of Arabic and Indic scripts. */
const INVISIBLE =
  /\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|[\u034f\u115f\u1160\u3164\uffa0]|(?![\u200c\u200d])\p{Cf}|(?<![\p{Lo}\p{M}])[\u200c\u200d]|[\u200c\u200d](?!\p{Lo})/gu;

/** Scripts that set no blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u;

/**
 * Cuts a text at the end of a word so that it has at most `most` code points, the ellipsis
 * among them. A single word that is longer is cut where it must be.
 */
export function shortenText(text: string, most: number): string {
  const end = indexAfter(text, most);
  if (end >= text.length) return text;
  if (most < 1) return '';
  const cut = indexAfter(text, most - 1);
  const head = text.slice(0, cut);
  const isWhole = /\s/.test(text[cut] ?? '') || UNSPACED.test(head);
  const words = isWhole ? head : head.replace(/(?<=\S)\s+\S*$/, '');
  return `${words.replace(/(?<![\s.,;:(–—-])[\s.,;:(–—-]+$/, '')}…`;
}

/** The place in the text behind its first `count` code points. */
function indexAfter(text: string, count: number): number {
  let at = 0;
  for (let seen = 0; seen < count && at < text.length; seen += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}
