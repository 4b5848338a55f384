import { setImmediate as breathe } from 'node:timers/promises';
import { splitSentences } from '../../core/reading/sentences.ts';
import { SECTION_NAME } from '../../core/text/section-names.ts';
import type { RawEntry, RawFeed } from '../raw-feed.ts';
import { type Block, withoutMarks } from './blocks.ts';
import { isInverted, isNameList, isPerson } from './name-lists.ts';

/** A phrase that so many items have, and at least so large a part of those with a text, is stock. */
const LEAST_SHARERS = 3;
const LEAST_SHARE = 0.4;
/** Longer ones are hardly stock, and cost the more. */
const LONGEST = 600;
/** So many items tell how a feed writes. */
const MOST_ITEMS = 1_000;
const ITEMS_A_BREATH = 50;

const MONTH =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/g;

/** A text with its titles, numbers, DOIs and months left open, so that one issue's lines look alike. */
export function maskOf(text: string, titles: readonly string[] = []): string {
  return titles
    .reduce((rest, title) => (title.length > 3 ? rest.replaceAll(title, '§') : rest), text)
    .toLowerCase()
    .replace(/10\.\d{4,9}\/\S+|https?:\/\/\S+/g, '§')
    .replace(MONTH, '@')
    .replace(/\d+/g, '#')
    .replace(/[^\p{L}\p{N}#@§]+/gu, ' ')
    .trim();
}

/**
 * The phrases that a feed sets into item after item: whole blocks, sentences at the start or end of
 * one, labels; and where it sets names. They say nothing of any paper, whatever they say.
 */
export async function learnStock(
  feed: RawFeed,
  read: (entry: RawEntry) => { blocks: readonly Block[]; titles: readonly string[] },
): Promise<ReadonlySet<string>> {
  const sharers = new Map<string, number>();
  const lists = new Set<string>();
  let told = 0;
  for (const [index, entry] of feed.entries.slice(0, MOST_ITEMS).entries()) {
    if (index % ITEMS_A_BREATH === ITEMS_A_BREATH - 1) await breathe();
    const { blocks, titles } = read(entry);
    const masks = new Set(blocks.flatMap((block) => phrasesOf(block, titles)));
    for (const block of blocks.filter((each) => isList(withoutMarks(each))))
      lists.add(namesAt(block));
    if (masks.size > 0) told += 1;
    for (const mask of masks) sharers.set(mask, (sharers.get(mask) ?? 0) + 1);
  }
  const least = Math.max(LEAST_SHARERS, Math.ceil(told * LEAST_SHARE));
  return new Set(
    [...sharers].flatMap(([mask, count]) => {
      // A word or two with capitals are a name where other items have several.
      const isStock = mask !== '' && (!mask.startsWith(PLACE) || lists.has(mask));
      return count >= least && isStock ? mask : [];
    }),
  );
}

/** The word that Google Scholar's texts and others begin with, where many of a feed do. */
export const OPENING = 'abstract';

/** A word or two before a colon, with the colon in small letters, unless it names a part of an abstract. */
export function labelOf(text: string): string | undefined {
  const label = LABEL.exec(text)?.[0];
  return label === undefined || PART.test(label) ? undefined : label.toLowerCase().trim();
}

const LABEL = /^\p{L}[\p{L} ()./-]{1,28}[:：](?=\s|$)/u;
const PART = new RegExp(`^(?:${SECTION_NAME})[:：]$`, 'u');

/** The name of the marks of a block that holds names, as a phrase. */
export function namesAt({ marks }: Block): string {
  return `${PLACE}${marks}`;
}

/** No phrase of a text begins so, since these are in small letters. */
const PLACE = 'Names in';

function isList(text: string): boolean {
  return text.length < LONGEST && (isNameList(text) || isInverted(text));
}

function phrasesOf(block: Block, titles: readonly string[]): string[] {
  const { text } = block;
  const sentences = splitSentences(text.slice(0, 5 * LONGEST));
  const whole = text.length > LONGEST ? [] : [text];
  const opening = /^Abstract\s+\p{Lu}/u.test(text) ? [OPENING] : [];
  const masks = [...whole, ...opening, sentences[0] ?? '', sentences.at(-1) ?? ''];
  return [
    ...masks.filter((phrase) => phrase.length <= LONGEST).map((phrase) => maskOf(phrase, titles)),
    ...[labelOf(text) ?? ''].filter(Boolean),
    ...(isList(withoutMarks(block)) || isPerson(withoutMarks(block).replace(/\.$/, ''))
      ? [namesAt(block)]
      : []),
  ];
}

/** A text without the stock phrases at its start and end; the same text where it has none. */
export function trimStock(
  text: string,
  stock: ReadonlySet<string>,
  titles: readonly string[] = [],
): string {
  if (stock.size === 0) return text;
  const sentences = splitSentences(text);
  const isStock = (at: number) => stock.has(maskOf(sentences[at] ?? '', titles));
  let [from, to] = [0, sentences.length];
  while (from < to && isStock(from)) from += 1;
  while (to > from && isStock(to - 1)) to -= 1;
  return to - from === sentences.length ? text : sentences.slice(from, to).join(' ');
}
