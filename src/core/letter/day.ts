import type { EditionPaper, EditionTexts } from '../edition/edition.ts';
import { groupPath } from '../edition/edition-link.ts';
import type { Words } from '../words/words.ts';
import { sayGroup, themeOf } from './group-words.ts';
import { rememberByObject } from './remember.ts';

/** A group as its edition has it, in words. */
export interface DayGroup {
  readonly label: string;
  readonly overview: string;
  /** What it is about, as it stands in a sentence; absent where it is about many things. */
  readonly theme: string | undefined;
  /** Where it is on the site. */
  readonly path: string;
  /** In the edition's order. */
  readonly papers: readonly EditionPaper[];
}

/** What the digests of some editions are made of, the same for all their readers. */
export interface Day {
  readonly papers: ReadonlyMap<number, EditionPaper>;
  /** Newest edition first. */
  readonly groups: readonly DayGroup[];
  /** The group that a paper stands in; absent where in none. */
  groupOf(paperId: number): DayGroup | undefined;
}

/** The papers and groups of editions, newest first, in the words of a language. */
export function prepareDay(editions: readonly EditionTexts[], words: Words): Day {
  const [newest, ...others] = editions;
  if (!newest) return joinEditions([], words);
  const days = daysOf(newest);
  const key = [words.language, ...others.map(({ id }) => id)].join(',');
  const known = days.find((day) => day.key === key && isSame(day.others, others));
  if (known) return known;
  const day = { key, others, ...joinEditions(editions, words) };
  days.push(day);
  return day;
}

interface KeptDay extends Day {
  readonly key: string;
  readonly others: readonly EditionTexts[];
}

const daysOf = rememberByObject((_newest: EditionTexts): KeptDay[] => []);

function isSame(some: readonly EditionTexts[], others: readonly EditionTexts[]): boolean {
  return some.every((edition, at) => edition === others[at]);
}

function joinEditions(editions: readonly EditionTexts[], words: Words): Day {
  const groups = editions.flatMap((edition) =>
    edition.groups.map((group) => {
      const { number, label, overview } = sayGroup(group, words);
      return {
        label,
        overview,
        theme: themeOf(group),
        path: groupPath(edition, number),
        papers: edition.papers.filter(({ groupNumber }) => groupNumber === number),
      };
    }),
  );
  const byPaper = new Map(
    groups.flatMap((group) => group.papers.map(({ paperId }) => [paperId, group] as const)),
  );
  return {
    papers: new Map(editions.flatMap(({ papers }) => papers.map((p) => [p.paperId, p]))),
    groups,
    groupOf: (paperId) => byPaper.get(paperId),
  };
}
