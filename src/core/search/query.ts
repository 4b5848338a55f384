import { grammarWords } from '../reading/stopwords.ts';
import { foldWord } from './fold.ts';
import { type DateRange, readDates } from './query-dates.ts';
import { authorMark, categoryMark } from './vector.ts';
import { type Word, wordsIn } from './words.ts';

/** So many hits are counted, and no further. */
export const MOST_COUNTED = 10_000;

/** The longest search that is read, in characters. */
export const LONGEST_SEARCH = 200;
const MOST_WORDS = 24;
const SHORTEST_PREFIX = 2;

/** What somebody searches for, as it is asked of PostgreSQL (`tsquery`). */
export interface SearchQuery {
  /** What must and must not be there; absent where only dates were given. */
  readonly match?: string;
  /** Any of the wanted words, for the order. */
  readonly order?: string;
  readonly dates: DateRange;
  /** Its wanted words as a reader would name a topic; absent where there are none. */
  readonly topic?: string;
  /** What to mark in texts. */
  readonly marks: SearchMarks;
}

/** Words to mark where they stand. */
export interface SearchMarks {
  readonly words: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

/** What was typed cannot be searched for; `fault` says why in a sentence. */
export interface SearchFault {
  readonly fault: string;
}

interface Term {
  readonly isExcluded: boolean;
  readonly field: string | undefined;
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A term: a minus, a field, and a quoted phrase or what stands before the next blank. */
const TERM =
  /(?<minus>-)?(?:(?<field>author|date|category):)?(?:"(?<quoted>[^"]*)"|(?<bare>\S+))/giu;

/**
 * Reads what somebody typed: words, `"phrases"`, `-without`, `begin*`, `author:`, `category:`, `date:`.
 * Never throws.
 */
export function readSearch(typed: string): SearchQuery | SearchFault {
  const text = typed
    .replace(/[“”„«»]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length > LONGEST_SEARCH) {
    return { fault: `A search has at most ${LONGEST_SEARCH} characters.` };
  }
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) {
    return { fault: 'A quotation mark stands alone: put one at each end of the phrase.' };
  }
  const empty = /(?:^|\s)-?(author|date|category):(?:""|\s|$)/iu.exec(text)?.[1];
  if (empty) return { fault: `Nothing stands behind "${empty}:".` };
  try {
    return buildQuery(readTerms(text));
  } catch (error) {
    if (error instanceof FaultError) return { fault: error.message };
    throw error;
  }
}

class FaultError extends Error {}

function readTerms(text: string): Term[] {
  return Array.from(text.matchAll(TERM), ({ groups = {} }) => ({
    isExcluded: groups['minus'] !== undefined,
    field: groups['field']?.toLowerCase(),
    text: groups['quoted'] ?? groups['bare'] ?? '',
    isQuoted: groups['quoted'] !== undefined,
  }));
}

function buildQuery(all: readonly Term[]): SearchQuery {
  const dates = all.filter(({ field }) => field === 'date');
  const terms = withoutGrammar(all.filter(({ field }) => field !== 'date'));
  const wanted = terms.filter(({ isExcluded }) => !isExcluded);
  const matches = wanted.flatMap((term, at) =>
    matchOf(term, { before: wanted[at - 1], after: wanted[at + 1] }),
  );
  const excluded = terms.filter(({ isExcluded }) => isExcluded).flatMap((term) => matchOf(term));
  if (matches.length === 0 && dates.length === 0) {
    throw new FaultError(
      excluded.length > 0
        ? 'A search needs something to look for besides what it leaves out.'
        : 'There is no word in this to look for.',
    );
  }
  if (matches.length + excluded.length > MOST_WORDS) {
    throw new FaultError(`A search has at most ${MOST_WORDS} words.`);
  }
  const match = [...matches, ...excluded.map((each) => `!${each}`)].join(' & ');
  const inText = wanted.filter(({ field }) => field !== 'category');
  const order = inText.flatMap((term) => orderOf(term)).join(' | ');
  return {
    ...(match === '' ? {} : { match }),
    ...(order === '' ? {} : { order }),
    dates: readRange(dates),
    ...topicOf(inText),
    marks: marksOf(inText),
  };
}

function readRange(terms: readonly Term[]): DateRange {
  if (terms.length > 1 || terms.some(({ isExcluded }) => isExcluded)) {
    throw new FaultError('A search has one date: or none. Two dots make a range of two.');
  }
  const [term] = terms;
  const range = term ? readDates(term.text) : {};
  if (range) return range;
  throw new FaultError(
    `"${term?.text ?? ''}" is no date. Write date:2025, date:2025-05, date:2025-05-07, or two of them with two dots between.`,
  );
}

/** Words such as "the" are everywhere: they count only within quotes, or where there is nothing else. */
function withoutGrammar(terms: readonly Term[]): Term[] {
  const isTelling = ({ isQuoted, field, text }: Term) =>
    isQuoted || field !== undefined || !grammarWords.has(text.toLowerCase());
  const telling = terms.filter(isTelling);
  return telling.some(({ isExcluded }) => !isExcluded) ? telling : [...terms];
}

interface Neighbours {
  readonly before?: Term | undefined;
  readonly after?: Term | undefined;
}

function matchOf(term: Term, { before, after }: Neighbours = {}): string[] {
  const { field, text, isQuoted } = term;
  if (field === 'category') return [quote(categoryMark(text.slice(0, 200)))];
  if (!isQuoted && text.endsWith('*')) return [beginningOf(term)];
  const words = wordsIn(text);
  if (words.length === 0) return [];
  if (field === 'author') {
    return words.flatMap(({ parts }) => parts.map((part) => quote(authorMark(part))));
  }
  if (isQuoted) return [phraseOf(words)];
  const joined = words.length === 1 ? joinedWith(term, { before, after }) : [];
  return words.map((word) => anyOf([...spellingsOf(word), ...joined]));
}

/** A name as one word, or its parts one behind the other. */
function spellingsOf({ parts, whole }: Word): string[] {
  if (parts.length === 1) return [quote(whole)];
  return [quote(whole), `(${parts.map(quote).join(' <-> ')})`];
}

/** `RNA seq` is also written `RNAseq`: what stands side by side may be one word. */
function joinedWith({ text }: Term, { before, after }: Neighbours): string[] {
  const isPlain = (other: Term | undefined) =>
    other !== undefined && !other.isQuoted && !other.field && !other.text.endsWith('*');
  const pairs = [
    ...(isPlain(before) ? [`${before?.text}${text}`] : []),
    ...(isPlain(after) ? [`${text}${after?.text}`] : []),
  ];
  return pairs.flatMap((pair) => {
    const [word, ...more] = wordsIn(pair);
    return word && more.length === 0 ? [quote(word.whole)] : [];
  });
}

function phraseOf(words: readonly Word[]): string {
  return `(${words.flatMap(({ parts }) => parts.map(quote)).join(' <-> ')})`;
}

function beginningOf({ text, field }: Term): string {
  const beginning = readBeginning(text);
  if (beginning.length < SHORTEST_PREFIX) {
    throw new FaultError(
      `"${text}" is too short: before the star stand ${SHORTEST_PREFIX} letters or more.`,
    );
  }
  return `${quote(field === 'author' ? authorMark(beginning) : beginning)}:*`;
}

/** Of `transformer*` what its stem begins with too, since stems are stored. */
function readBeginning(text: string): string {
  const [word] = wordsIn(text);
  if (!word) return '';
  const typed = foldWord(text).replace(/[^\p{L}\p{N}]+/gu, '');
  let same = 0;
  while (same < typed.length && typed[same] === word.whole[same]) same += 1;
  return typed.slice(0, same);
}

/** Any of the words, wherever they stand: how much of a title they are decides the order. */
function orderOf({ text, isQuoted }: Term): string[] {
  if (!isQuoted && text.endsWith('*')) return [`${quote(readBeginning(text))}:*`];
  return wordsIn(text).flatMap(({ parts, whole }) => [...new Set([...parts, whole])].map(quote));
}

const LONGEST_TOPIC = 80;

/** Topics have no signs: phrases and beginnings are words there. */
function topicOf(terms: readonly Term[]): { topic?: string } {
  const plain = terms.filter(({ field }) => field === undefined);
  const topic = plain
    .map(({ text }) => text.replace(/\*$/, ''))
    .filter((text) => /[\p{L}\p{N}]/u.test(text))
    .join(' ');
  return topic === '' || topic.length > LONGEST_TOPIC ? {} : { topic };
}

function marksOf(terms: readonly Term[]): SearchMarks {
  const isBeginning = ({ text, isQuoted }: Term) => !isQuoted && text.endsWith('*');
  const words = terms.filter((term) => !isBeginning(term)).flatMap(({ text }) => wordsIn(text));
  return {
    words: new Set(words.flatMap(({ parts, whole }) => [...parts, whole])),
    beginnings: terms.filter(isBeginning).map(({ text }) => readBeginning(text)),
  };
}

function anyOf(alternatives: readonly string[]): string {
  const all = [...new Set(alternatives)];
  return all.length === 1 ? (all[0] ?? '') : `(${all.join(' | ')})`;
}

/** Words hold letters and figures alone; marks hold neither quotes nor backslashes. */
function quote(text: string): string {
  return `'${text}'`;
}
