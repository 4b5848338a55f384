import type { Announcement } from '../paper/paper.ts';

// Source: arXiv category taxonomy; papers in these lists may carry either name.
const ALIASES: Readonly<Record<string, string>> = {
  'math.MP': 'math-ph',
  'stat.TH': 'math.ST',
  'math.IT': 'cs.IT',
  'q-fin.EC': 'econ.GN',
  'cs.SY': 'eess.SY',
  'cs.NA': 'math.NA',
};

/** Whether a paper stands in the list of one of the categories or archives asked for. */
export function isListedIn(categories: readonly string[], asked: readonly string[]): boolean {
  return categories.some((category) => isAmong(category, asked));
}

/** How a paper stands to the categories asked for: arXiv calls it new where its primary one is among them. */
export function announcementFor(
  categories: readonly string[],
  asked: readonly string[],
  isReplaced: boolean,
): Announcement {
  const isPrimary = isAmong(categories[0] ?? '', asked);
  if (isReplaced) return isPrimary ? 'replace' : 'replace-cross';
  return isPrimary ? 'new' : 'cross';
}

function isAmong(category: string, asked: readonly string[]): boolean {
  const known = unalias(category);
  return asked.some((name) => {
    const wanted = unalias(name);
    return known === wanted || known.startsWith(`${wanted}.`) || category.startsWith(`${wanted}.`);
  });
}

function unalias(category: string): string {
  return ALIASES[category] ?? category;
}
