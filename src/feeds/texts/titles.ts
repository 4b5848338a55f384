import { isResearch, readKind } from '../../core/paper/kind.ts';
import type { PaperKind } from '../../core/paper/kinds.ts';
import { foldTitle } from '../../core/paper/paper.ts';
import type { Removed } from '../../core/paper/reading.ts';
import { cleanTitle } from '../../core/text/text.ts';
import { type RawEntry, type RawFeed, textOf, textsOf } from '../raw-feed.ts';
import { isCitation } from './citations.ts';
import { isNameList, isPerson } from './name-lists.ts';
import { ADDITIONS } from './title-additions.ts';

/** What a feed sets before and behind its titles. */
export interface TitleHabits {
  readonly prefixes: ReadonlySet<string>;
  readonly suffixes: ReadonlySet<string>;
  /** Numbers of a series before titles, their digits left open: `DP No. #:`. */
  readonly numbers: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
  /** Whether most titles begin with some word in brackets: what kind of text each is. */
  readonly areBracketed: boolean;
  /** Whether where it appeared stands behind most titles. */
  readonly areCited: boolean;
  /** What parts titles from the people behind them, and people from the titles behind them. */
  readonly marks: ReadonlySet<RegExp>;
}

/** A title as the feed wrote it without what is none of it; with what was taken away. */
export interface ReadTitle {
  readonly title: string;
  readonly removed: readonly Removed[];
  /** The people that stand in it, as `parseAuthors` takes them. */
  readonly authors?: string;
}

/** The National Bureau of Economic Research names its authors behind the title. */
const PEOPLE = /\s+--\s+by\s+(.{2,2000})$/s;

/** `IZA DP No. 14901: `, `FEDS 2021-080: `, CEPR's `DP16001 `. */
const NUMBER =
  /^\s*([^:<>|]{0,40}\d[\d/-]{0,12}\s?[:.|]|[A-Z]{1,6}[ -]?\d{2,6}|\[[^\][]{0,20}\d[^\][]{0,12}\])\s+(?=\S)/;
/** Where some feeds have people: ECCC behind a bar; the Bank for International Settlements before a colon. */
const NAMED: readonly RegExp[] = [
  /\s{1,20}\|\s{1,20}(?<names>[^|]{3,2000})$/,
  /^(?<names>[^:|]{3,600}):\s+(?=\S)/,
];
/** A word or two that most titles begin with: the Computer Society's `PrePrint:`. */
const LABEL = /^\s*(\p{L}[\p{L}-]{2,20}(?: \p{L}{2,20}){0,2}(?::| [–—|-]))\s+(?=\S)/u;
const BRACKETS = /^\s*(\[[\p{L} &/-]{2,40}\])\s+(?=\S)/u;
const TAIL = /\s+((?:\||[–—-]|::|»)\s+[^|–—:»]{2,60})$/u;
/** What is longer is no title, and refused as it is. */
const LONGEST = 10_000;
const LEAST_SHARERS = 3;
const LEAST_SHARE = 0.6;

/** Finds the words in brackets and behind a bar that most titles of a feed share: its own name, mostly. */
export function learnTitles({ entries }: RawFeed): TitleHabits {
  const titles = entries.map((entry) => textOf(entry, 'title'));
  const shared = (pattern: RegExp, write = (found: string) => found) => {
    const counts = new Map<string, number>();
    for (const title of titles) {
      const part = pattern.exec(title.slice(0, 200) === title ? title : title.slice(-200))?.[1];
      const found = part && write(part);
      if (found) counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    const least = Math.max(LEAST_SHARERS, titles.length * LEAST_SHARE);
    return new Set([...counts].flatMap(([found, count]) => (count >= least ? found : [])));
  };
  return {
    prefixes: shared(BRACKETS),
    suffixes: shared(TAIL),
    numbers: shared(NUMBER, openNumbers),
    labels: shared(LABEL, (label) => (isResearch(kindOf(label)) ? label : '')),
    areBracketed: isMost(titles, (title) => BRACKETS.test(title)),
    areCited: isMost(titles, (title) => citationAt(title) > 0),
    marks: new Set(NAMED.filter((mark) => hasPeople(titles, mark))),
  };
}

function isMost(titles: readonly string[], has: (title: string) => boolean): boolean {
  const found = titles.filter(has);
  return found.length >= Math.max(LEAST_SHARERS, titles.length * LEAST_SHARE);
}

/** Where a citation begins that ends a title, as dblp has it: `Rain on tin. J. Roofs 12(3): 1-9 (2026)`. */
function citationAt(title: string): number {
  if (title.length > LONGEST_CITED) return 0;
  for (const { 0: stop, index } of title.matchAll(/[.?!]\s+(?=\p{Lu})/gu)) {
    const at = index + stop.length;
    if (isCitation(title.slice(at))) return at;
  }
  return 0;
}

const LONGEST_CITED = 600;

/** What a label says of a text: a list of corrections keeps them. */
function kindOf(label: string): PaperKind {
  return readKind({ title: label, sections: [], links: [] }).kind;
}

/** Whether most titles of a feed have people at a mark, several in one of them at least. */
function hasPeople(titles: readonly string[], mark: RegExp): boolean {
  const found = titles.map((title) => namesBy(mark, title)).filter((names) => names !== '');
  const least = Math.max(LEAST_SHARERS, titles.length * LEAST_SHARE);
  return found.length >= least && found.some(isNameList) && new Set(found).size > 1;
}

function namesBy(mark: RegExp, title: string): string {
  const names = mark.exec(title.slice(0, LONGEST))?.groups?.['names']?.trim() ?? '';
  return isNameList(names) || isPerson(names) ? names : '';
}

/**
 * Reads the title: `dc:title` where the other one ends in it (`Fluids, Vol. 9, Pages 120: Rivers`),
 * without additions of publishers, and without what all titles of the feed have.
 */
export function readTitle(entry: RawEntry, habits: TitleHabits): ReadTitle {
  const given = textOf(entry, 'title', 'dc:title');
  const own = textOf(entry, 'dc:title');
  if (given.length > LONGEST) return { title: given, removed: [] };
  if (own && isLonger(given, own)) {
    const before = cleanTitle(given).slice(0, -cleanTitle(own).length).trim();
    return {
      title: own,
      removed: [{ text: before || given, why: 'dc:title is the title without it' }],
    };
  }
  const behind = own ? namesBehind(given, own) : '';
  if (behind) {
    const removed = [{ text: behind, why: 'it names the authors' }];
    return { title: own, removed, authors: behind };
  }
  const removed: Removed[] = [];
  let title = given;
  for (const { pattern, why } of ADDITIONS)
    title = cut(title, pattern, (text) => removed.push({ text, why }));
  const mark = [...habits.marks].find((each) => namesBy(each, title) !== '');
  const authors = PEOPLE.exec(title)?.[1] ?? (mark && namesBy(mark, title));
  for (const people of [PEOPLE, ...(mark ? [mark] : [])])
    title = cut(title, people, (text) => removed.push({ text, why: 'it names the authors' }));
  const why = 'all titles of the feed have it';
  const prefix = BRACKETS.exec(title)?.[1];
  if (prefix && (habits.prefixes.has(prefix) || habits.areBracketed))
    title = cut(title, BRACKETS, (text) => removed.push({ text, why }));
  else if (prefix && isSectionOf(entry, prefix.slice(1, -1)))
    title = cut(title, BRACKETS, (text) => removed.push({ text, why: 'it names its section' }));
  const number = NUMBER.exec(title.slice(0, 200))?.[1];
  if (number && habits.numbers.has(openNumbers(number)))
    title = cut(title, NUMBER, (text) =>
      removed.push({ text, why: 'it is the number of a series' }),
    );
  const label = LABEL.exec(title.slice(0, 200))?.[1];
  if (label && habits.labels.has(label))
    title = cut(title, LABEL, (text) => removed.push({ text, why }));
  const cited = habits.areCited ? citationAt(title) : 0;
  if (cited > 0) {
    removed.push({ text: title.slice(cited), why: 'it says where it appeared' });
    title = title
      .slice(0, cited)
      .trim()
      .replace(/(?<!\b\p{Lu})\.$/u, '');
  }
  const suffix = TAIL.exec(title.slice(-200))?.[1];
  if (suffix && habits.suffixes.has(suffix))
    title = cut(title, TAIL, (text) => removed.push({ text, why }));
  return { title, removed, ...(authors !== undefined && { authors }) };
}

function openNumbers(text: string): string {
  return text.replace(/\d+/g, '#');
}

/** HighWire sets the section of an item before its title: `[Endgames] A rusty ear`. */
function isSectionOf(entry: RawEntry, name: string): boolean {
  const sections = [...textsOf(entry, 'prism:section'), ...textsOf(entry, 'dc:type')];
  return [...sections, ...entry.terms].some((text) => foldTitle(text) === foldTitle(name));
}

function isLonger(given: string, own: string): boolean {
  const [whole, end] = [foldTitle(cleanTitle(given)), foldTitle(cleanTitle(own))];
  return end !== '' && whole.length > end.length && whole.endsWith(end);
}

/** People that stand behind the title, where another element has the title alone. */
function namesBehind(given: string, own: string): string {
  const [whole, title] = [cleanTitle(given), cleanTitle(own)];
  const rest = whole.startsWith(title) ? whole.slice(title.length).replace(/^[\s.:,–—-]+/, '') : '';
  return isNameList(rest) || isPerson(rest) ? rest : '';
}

function cut(title: string, pattern: RegExp, tell: (text: string) => void): string {
  const found = pattern.exec(title)?.[0];
  const rest = found === undefined ? '' : title.replace(found, '');
  if (found === undefined || rest.trim() === '') return title;
  tell(found.trim());
  return rest;
}
