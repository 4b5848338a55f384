import { readKind } from '../../core/paper/kind.ts';
import type { PaperKind } from '../../core/paper/kinds.ts';
import type { Author } from '../../core/paper/paper.ts';
import type { Reading } from '../../core/paper/reading.ts';
import { cleanAbstract, cleanName, cleanTitle, LONGEST_ABSTRACT } from '../../core/text/text.ts';
import { cleanPreprint, partNames } from '../preprint-text.ts';
import { type RawEntry, type RawFeed, textOf, textsOf } from '../raw-feed.ts';
import { type Block, splitBlocks } from './blocks.ts';
import { type DateHabits, learnDates, parseDate } from './dates.ts';
import { type Description, readDescription } from './description.ts';
import { FEED_SHAPES, type FeedShape } from './feed-shapes.ts';
import { learnJournal } from './journals.ts';
import { ABSTRACTS, DATES, keptOf, rawOf } from './kept.ts';
import { learnPeople, namesOf, type PeopleHabits, readPeople } from './people.ts';
import { learnStock } from './stock.ts';
import { learnTitles, readTitle, type TitleHabits } from './titles.ts';

/** What the texts of an entry say, each as the feed marked it up. */
export interface EntryTexts {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly Author[];
  /** Identifiers that stand in the description, as `readIds` takes them. */
  readonly identifiers: readonly string[];
  readonly publishedAt?: Date;
  readonly kind: PaperKind;
  readonly reading: Reading;
}

// Shorter than this it may be a teaser, and a longer text of the same item is better.
const FULL_ABSTRACT = 200;
/** Markup may be several times as long as the abstract in it; what is beyond is not read. */
const LONGEST_RAW = 8 * LONGEST_ABSTRACT;

interface Habits {
  readonly people: PeopleHabits;
  readonly dates: DateHabits;
  readonly titles: TitleHabits;
  readonly stock: ReadonlySet<string>;
  readonly publication: string;
  readonly journals: readonly string[];
}

/** Learns how a feed writes, and gives what reads its entries by that. */
export async function learnFeed(
  feed: RawFeed,
  address: string,
): Promise<(entry: RawEntry) => EntryTexts> {
  const titles = learnTitles(feed);
  const habits: Habits = {
    people: learnPeople(feed),
    dates: learnDates(
      feed.entries.flatMap((entry) => DATES.flatMap((name) => textsOf(entry, name))),
      { language: feed.language, addresses: [feed.link, address] },
    ),
    titles,
    stock: await learnStock(feed, (entry) => ({
      blocks: blocksOf(entry).flatMap(({ blocks }) => blocks),
      titles: [textOf(entry, 'title', 'dc:title'), readTitle(entry, titles).title]
        .map(cleanTitle)
        .filter(Boolean),
    })),
    publication: feed.title,
    journals: learnJournal(
      feed.entries.map((entry) => blocksOf(entry).flatMap(({ blocks }) => blocks)),
    ),
  };
  return (entry) => readEntry(entry, habits);
}

function readEntry(entry: RawEntry, habits: Habits): EntryTexts {
  const { title, removed, authors } = readTitle(entry, habits.titles);
  const described = describe(entry, habits);
  const best = chooseAbstract(described);
  const named = [authors ? [authors] : [], ...described.map((each) => each.authors)];
  const date = readDates(entry, habits.dates);
  const people = readPeople(entry, habits.people, {
    named: named.find((names) => names.length > 0) ?? [],
    isSurer: shapeOf(entry)?.namesInText ?? false,
  });
  // Who wrote a paper may call it as its feed is called.
  const publication = people.length > 0 ? '' : habits.publication;
  const told = described.flatMap(({ sections }) => sections);
  const { kind, why } = kindOf(entry, { title, publication, told });
  return {
    title,
    abstract: best?.abstract ?? '',
    authors: people,
    identifiers: [...new Set(described.flatMap(({ identifiers }) => identifiers))],
    ...(date.publishedAt && { publishedAt: date.publishedAt }),
    kind,
    reading: {
      ...(best && { from: best.element }),
      raw: rawOf(entry),
      removed: keptOf([...removed, ...((best ?? described[0])?.removed ?? [])]),
      notes: kind === 'paper' ? date.notes : [...date.notes, `${kind}: ${why}`],
    },
  };
}

const SECTIONS = ['prism:section', 'dc:type', 'prism:genre'];

function kindOf(
  entry: RawEntry,
  {
    title: read,
    publication,
    told,
  }: { title: string; publication: string; told: readonly string[] },
): ReturnType<typeof readKind> {
  const given = cleanTitle(textOf(entry, 'title', 'dc:title').slice(0, LONGEST_KIND));
  const label = /^\[([^\]]{2,40})\]/.exec(given)?.[1];
  const title = cleanTitle(read.slice(0, LONGEST_KIND));
  return readKind({
    // A title of one word in brackets has said it: `[Comment] Moss` is in the section "Comment".
    title: title.startsWith(`[${label}]`) ? title.slice(title.indexOf(']') + 1).trim() : title,
    sections: [
      ...(label ? [label] : []),
      ...SECTIONS.flatMap((name) => textsOf(entry, name)),
      ...(shapeOf(entry)?.isBlog ? [] : entry.terms.slice(0, MOST_TERMS)),
      ...told,
    ],
    links: entry.links.filter(({ rel }) => rel === 'alternate').map(({ href }) => href),
    journals: [publication, publication.replace(LIST, '')].map(cleanTitle),
    isHeard: entry.links.some(
      ({ rel, type }) => rel === 'enclosure' && /^audio\//.test(type ?? ''),
    ),
  });
}

/** What a feed calls itself behind the name of its journal. */
const LIST =
  /\s*[:–—-]?\s*(?:(?:the )?(?:current|latest|newest|recent|online) .{2,40}|table of contents|most recent|advance .{2,20}|early view)$/i;
const LONGEST_KIND = 2_000;
const MOST_TERMS = 20;

type Described = Description & {
  readonly element: string;
  /** The abstract as it is shown. */
  readonly shown: string;
  readonly isCut: boolean;
};

function describe(entry: RawEntry, habits: Habits): Described[] {
  const shape = shapeOf(entry);
  const titles = [
    textOf(entry, 'title'),
    textOf(entry, 'dc:title'),
    readTitle(entry, habits.titles).title,
  ];
  const name = textOf(entry, 'prism:publicationName');
  // T&F writes the title of the paper where the name of the journal belongs.
  const journal = habits.publication.split(/:\s+/).slice(1);
  const own = name === textOf(entry, 'title') ? '' : name;
  const publications = [own, habits.publication, ...journal, ...habits.journals]
    .map(cleanName)
    .filter(Boolean);
  const around = {
    titles: titles.map(cleanTitle),
    publications,
    people: namesOf(entry).map(cleanName),
    stock: habits.stock,
    ...(shape?.needsHeading && { needsHeading: true }),
  };
  const elements = shape?.elements ?? ABSTRACTS;
  return blocksOf(entry)
    .filter(({ element }) => elements.includes(element))
    .map(({ element, text, blocks }) => {
      const described = readDescription(text, blocks, around);
      const abstract = (shape?.isPreprint ? cleanPreprint : partNames)(described.abstract);
      const shown = cleanAbstract(abstract);
      return {
        ...described,
        abstract,
        element,
        shown,
        isCut: /(?:…|\.\.\.)$/.test(shown),
      };
    });
}

function shapeOf(entry: RawEntry): FeedShape | undefined {
  const links = [...entry.links.map(({ href }) => href), ...textsOf(entry, 'guid')];
  return FEED_SHAPES.find(
    ({ guid, link }) => guid?.test(textOf(entry, 'guid')) || links.some((each) => link?.test(each)),
  );
}

function blocksOf(entry: RawEntry): { element: string; text: string; blocks: readonly Block[] }[] {
  return ABSTRACTS.flatMap((element) => {
    const text = textOf(entry, element).slice(0, LONGEST_RAW);
    return text === '' ? [] : [{ element, text, blocks: splitBlocks(text) }];
  });
}

/** The first that is whole and long enough, else the longest. */
function chooseAbstract(described: readonly Described[]): Described | undefined {
  const all = described.filter(({ shown }) => shown !== '');
  const told = all.filter((each) => !all.some((other) => isWithin(other, each)));
  const whole = told.find(({ shown, isCut }) => shown.length >= FULL_ABSTRACT && !isCut);
  return whole ?? told.toSorted((a, b) => b.shown.length - a.shown.length)[0];
}

/** Whether one element has another's text with something before it, as filters make it. */
function isWithin({ shown }: Described, whole: Described): boolean {
  const at = shown.length < LEAST_WITHIN ? -1 : whole.shown.indexOf(shown);
  return at > 0 && at < MOST_BEFORE;
}

const LEAST_WITHIN = 80;
const MOST_BEFORE = 600;

function readDates(entry: RawEntry, habits: DateHabits): { publishedAt?: Date; notes: string[] } {
  const notes: string[] = [];
  for (const element of DATES) {
    const text = textOf(entry, element);
    if (text === '') continue;
    const read = parseDate(text, habits);
    if ('date' in read) return { publishedAt: read.date, notes };
    notes.push(`${element} "${text.slice(0, 60)}" was not read: ${read.why}`);
  }
  return { notes };
}
