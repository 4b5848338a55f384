import type { TitledText } from './profiles.ts';
import { stemsIn } from './stemming.ts';
import type { Work } from './work.ts';

/** The papers of a day that have all words of a phrase, wherever they stand. */
export type WordUse = (phrase: string) => ReadonlySet<number>;

/** Finds which papers use which words. */
export function* findWordUse(papers: readonly TitledText[]): Work<WordUse> {
  const usersByStem = new Map<string, Set<number>>();
  for (const [paper, { title, abstract }] of papers.entries()) {
    for (const stem of stemsIn(`${title}. ${abstract}`)) {
      const users = usersByStem.get(stem);
      if (users) users.add(paper);
      else usersByStem.set(stem, new Set([paper]));
    }
    yield;
  }
  const known = new Map<string, ReadonlySet<number>>();
  const usersOf = (stem: string): ReadonlySet<number> => usersByStem.get(stem) ?? new Set();
  return (phrase) => {
    const before = known.get(phrase);
    if (before) return before;
    const [fewest = new Set<number>(), ...others] = stemsIn(phrase)
      .map(usersOf)
      .sort((a, b) => a.size - b.size);
    const all = new Set([...fewest].filter((paper) => others.every((users) => users.has(paper))));
    known.set(phrase, all);
    return all;
  };
}
