import type { Author } from '../../core/paper/paper.ts';
import { foldTitle } from '../../core/paper/paper.ts';
import { type NameHabits, parseAuthors, toAuthor } from '../authors.ts';
import { type RawEntry, type RawFeed, textsOf } from '../raw-feed.ts';
import { isPerson } from './name-lists.ts';

/** How a feed writes people, and who is named everywhere in it: its editor or its site. */
export interface PeopleHabits extends NameHabits {
  readonly everywhere?: string;
  /** What is no person and alone the author of all its items, as a publisher may be. */
  readonly sole?: string;
  /** Where the feed sets journals into the place of people: their names. */
  readonly journals?: ReadonlySet<string>;
}

const ELEMENTS = ['dc:creator', 'author', 'authors'];
const LEAST_ITEMS = 3;

/**
 * Learns whether a feed writes `Last, First`: where items have several names each in its own
 * element, those tell; else items of one name, where no text of the feed has more commas.
 */
export function learnPeople({ entries, title }: RawFeed): PeopleHabits {
  const given = entries.map(namesOf).filter((names) => names.length > 0);
  const many = given.filter((names) => names.length > 1).flat();
  const single = given.flatMap((names) => (names.length === 1 ? names : []));
  const isInverted =
    many.length > 0
      ? share(many, hasOneComma) > 0.7
      : single.length >= LEAST_ITEMS &&
        single.every((name) => commas(name) < 2) &&
        share(single, isPair) < 0.5 &&
        share(single, hasOneComma) > 0.7;
  const [first = ''] = single;
  const isEverywhere =
    given.length >= LEAST_ITEMS && given.every(([name, more]) => name === first && !more);
  const isOfSite = isEverywhere && foldTitle(title).includes(foldTitle(first));
  const journals = many.length > 0 ? new Set<string>() : findJournals(single);
  return {
    isInverted,
    ...(isOfSite && first !== '' && { everywhere: first }),
    ...(isEverywhere && !isPerson(first) && { sole: first }),
    ...(journals.size > 0 && { journals }),
  };
}

/** Words of journals, which nobody is called. */
const JOURNAL =
  /\b(?:journals?|reviews?|letters|annals|bulletin|proceedings|transactions|quarterly|sciences?|studies|research|management|economics|psychology|psychiatry|medicine|engineering|nature|lancet|archives|advances|annual|international|systems|technology|zeitschrift|revista|revue|学报|期刊)\b|学报|研究$/iu;

/**
 * Filters that join feeds write the journal where the author belongs: then no item has two people,
 * and at least half of the names have a journal's word.
 */
function findJournals(single: readonly string[]): ReadonlySet<string> {
  const names = new Set(single);
  const isJournal = (name: string) => JOURNAL.test(name) && !GROUP.test(name);
  const least = names.size < single.length ? 0.5 : 0.7;
  const areJournals = single.length >= LEAST_ITEMS && share([...names], isJournal) >= least;
  return areJournals ? names : new Set();
}

const GROUP =
  /\b(?:group|team|consortium|collaboration|committee|network|lab(?:oratory)?|institute|cent(?:re|er)|department|society|association)\b/i;

/** The people of an entry as its elements spell them. */
export function namesOf(entry: RawEntry): string[] {
  if (entry.persons.length > 0) return entry.persons.map(({ name }) => name);
  return ELEMENTS.map((name) => textsOf(entry, name)).find((texts) => texts.length > 0) ?? [];
}

function share<Item>(items: readonly Item[], has: (item: Item) => boolean): number {
  return items.filter(has).length / Math.max(1, items.length);
}

function commas(name: string): number {
  return name.replace(/,\s*(?:Jr|Sr|II|III|IV|PhD|MD)\b\.?/gi, '').split(',').length - 1;
}

/** `Ann Example, Bo Sample`, `Ann Example, Bo Sample and Cy Muster`: several people more likely than one with two names on both sides. */
function isPair(name: string): boolean {
  if (/\s(?:and|&|und|et|y|e)\s/.test(name)) return true;
  return /^\s*\p{Lu}\p{Ll}+\s\p{Lu}[\p{L}-]+,\s+\p{Lu}\p{Ll}+\s\p{Lu}[\p{L}-]+\s*$/u.test(name);
}

function hasOneComma(name: string): boolean {
  return commas(name) === 1 && !name.includes(';');
}

/** Who the description of an entry names, and whether that is surer than its elements. */
export interface NamedPeople {
  readonly named: readonly string[];
  readonly isSurer: boolean;
}

/**
 * The people of an entry: of its elements, else of what its description names. PLOS has the first
 * author as an element and all of them in the text.
 */
export function readPeople(
  entry: RawEntry,
  habits: PeopleHabits,
  { named, isSurer }: NamedPeople,
): Author[] {
  const names = namesOf(entry).filter(
    (name) => name !== habits.everywhere && !habits.journals?.has(name),
  );
  const found =
    names.length > 1 && entry.persons.length > 1
      ? entry.persons.flatMap(({ name, affiliations }) =>
          toAuthor(flipped(name, habits), affiliations),
        )
      : parseAuthors(names, habits);
  if (found.length > 1 && !isSurer) return found;
  const told = named.length > 0 ? unique(parseAuthors(named, habits)) : [];
  const [only] = found;
  const isMore =
    !only ||
    isSurer ||
    names[0] === habits.sole ||
    told.some(({ name }) => foldTitle(name) === foldTitle(only.name));
  return told.length > 0 && isMore ? told : found;
}

/** Who is named twice in a text is one. */
function unique(authors: readonly Author[]): Author[] {
  return [...new Map(authors.map((author) => [foldTitle(author.name), author])).values()];
}

function flipped(name: string, habits: NameHabits): string {
  const [author] = habits.isInverted ? parseAuthors([name], habits) : [];
  return author?.name ?? name;
}
