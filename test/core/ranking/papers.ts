import type { RankedReader } from '../../../src/core/ranking/choice.ts';
import { rankPapers } from '../../../src/core/ranking/ranking.ts';
import {
  buildRankingIndex,
  type RankablePaper,
  type RankingIndex,
} from '../../../src/core/ranking/ranking-index.ts';
import { emptyProfile, type Profile } from '../../../src/core/reader/subscription.ts';

/** A paper with a title, and what a test says of it. */
export function paper(id: number, title: string, given: Partial<RankablePaper> = {}) {
  return { id, title, abstract: '', authors: [], categories: [], groupLabel: 'g', ...given };
}

/** What a reader with some wishes, who turned the outside place off, gets. */
export function rankFor(
  papers: readonly RankablePaper[],
  wishes: Partial<Profile>,
  given: Omit<RankedReader, 'profile'> = {},
) {
  return rankIn(buildRankingIndex(papers), wishes, given);
}

export function rankIn(
  index: RankingIndex,
  wishes: Partial<Profile>,
  given: Omit<RankedReader, 'profile'> & { most?: number } = {},
) {
  const profile = { ...emptyProfile, surprise: false, ...wishes };
  return rankPapers(index, { ...given, profile }, given.most ?? 10);
}

export function idsOf({ choices }: { choices: readonly { paper: number }[] }): number[] {
  return choices.map(({ paper: id }) => id);
}

const subjects = [
  ['Coral reefs', 'Shade cools bleached coral reefs in warm water.'],
  ['Silicon electrodes', 'Silicon electrodes swell while lithium batteries charge.'],
  ['Radar for birds', 'Weather radar counts migrating birds at night.'],
  ['Reward models', 'Reward models steer language agents by preferences.'],
  ['Dark matter halos', 'Lensing weighs dark matter halos of dwarf galaxies.'],
  ['Gene drives', 'Gene drives spread through mosquito populations.'],
] as const;
const verbs = ['Measuring', 'Rethinking', 'Growing', 'Mapping', 'Repairing', 'Taming'];
const places = ['Norway', 'the tropics', 'deep time', 'silico', 'small rooms', 'crowds', 'winter'];

/** A day of papers on six subjects, each subject a group, some of them popular. */
export function makeDay(count: number): RankablePaper[] {
  return Array.from({ length: count }, (_, at) => {
    const [subject = '', abstract = ''] = subjects[at % subjects.length] ?? [];
    const [verb, place] = [verbs[(at * 5) % 6], places[(at * 3) % 7]];
    return paper(at + 1, `${verb} ${subject} in ${place}`, {
      abstract: `${abstract} Case ${at} of ${place}, with ${verbs[(at * 7 + 1) % 6]} as the goal.`,
      authors: [{ name: `Ada${at} Writer${at % 9}` }, { name: 'J. Common' }],
      categories: at % 4 === 0 ? [] : [at % 2 ? 'cs.LG' : 'q-bio.PE', 'cs.CL'],
      groupLabel: subject,
      upvotes: at % 5 === 0 ? at : 0,
    });
  });
}
