import { nameGroups, type Theme, type TitledText } from './labels.ts';
import type { SimilarityTable } from './linkage.ts';
import type { GroupAbout, OverviewFacts } from './overview.ts';
import { fitOf, partition } from './partition.ts';
import { shorten } from './shorten.ts';
import { vectorise } from './terms.ts';
import type { Work } from './work.ts';

/** Papers of an edition that are about the same thing. */
export interface Group {
  /** In title case, unique; empty for those that fit nowhere, whose overview says so. */
  readonly label: string;
  /** How many, on what, and the most typical title. */
  readonly overview: OverviewFacts;
  /** Indices of the papers, the most typical first. */
  readonly members: readonly number[];
}

interface Draft {
  readonly label: string;
  readonly themes: readonly Theme[];
  readonly core: readonly number[];
  readonly members: number[];
}

/** Groups per root of the number of papers, as measured on days with known areas. */
const groupsPerRoot = 1.5;
/** Milder than for ranking: what many papers share is what makes groups. */
const weighting = { leastDocuments: 2, exponent: 0.75 };
/** The mean similarity to a group, beyond chance, from which a paper belongs to it. */
const leastFit = 0.03;
/** How much less will do where the paper uses the group's own words. */
const themeCredit = 0.02;

/**
 * Puts papers that are about the same thing together, the largest group first. Every paper
 * is in exactly one group; those that fit nowhere are in a last one. The same papers in the
 * same order give the same groups.
 */
export function* groupPapers(papers: readonly TitledText[]): Work<Group[]> {
  const count = Math.round(groupsPerRoot * Math.sqrt(papers.length));
  const texts = papers.map(({ title, abstract }) => `${title}. ${abstract}`);
  const { clusters, table } = yield* partition(yield* vectorise(texts, weighting), count);
  const drafts = yield* draftsFrom(papers, clusters, table);
  const placed = new Set(drafts.flatMap(({ core }) => core));
  const others: number[] = [];
  for (const paper of papers.keys()) {
    yield;
    if (!placed.has(paper)) (bestDraftFor(paper, drafts, table)?.members ?? others).push(paper);
  }
  const groups = drafts
    .map((draft) => groupOf(draft, papers, table))
    .sort((a, b) => b.members.length - a.members.length);
  if (others.length === 0) return groups;
  const about: GroupAbout = { code: groups.length > 0 ? 'others' : 'day' };
  const overview = overviewOf(others.length, about, papers[others[0] ?? 0]);
  return [...groups, { label: '', overview, members: others }];
}

/** The clusters that have a core of like papers and a name for it. */
function* draftsFrom(
  papers: readonly TitledText[],
  clusters: readonly number[][],
  table: SimilarityTable,
): Work<Draft[]> {
  const cores = clusters
    .map((members) => members.filter((paper) => fitOf(paper, members, table) >= leastFit))
    .filter((core) => core.length > 1)
    .sort((a, b) => b.length - a.length);
  const namings = yield* nameGroups(papers, cores);
  return cores.flatMap((core, i) => {
    const naming = namings[i];
    return naming ? [{ ...naming, core, members: [...core] }] : [];
  });
}

function bestDraftFor(
  paper: number,
  drafts: readonly Draft[],
  table: SimilarityTable,
): Draft | undefined {
  const fits = drafts.map(({ core, themes }) => {
    const speaksOfIt = themes.some(({ users }) => users.has(paper));
    return fitOf(paper, core, table) + (speaksOfIt ? themeCredit : 0);
  });
  const best = Math.max(leastFit, ...fits);
  return drafts[fits.indexOf(best)];
}

function groupOf(draft: Draft, papers: readonly TitledText[], table: SimilarityTable): Group {
  const fits = new Map(draft.members.map((paper) => [paper, fitOf(paper, draft.core, table)]));
  const members = draft.members.sort((a, b) => (fits.get(b) ?? 0) - (fits.get(a) ?? 0));
  const reached = members.filter((paper) => draft.themes.some(({ users }) => users.has(paper)));
  const themes = draft.themes.map(({ name }) => name);
  const most = reached.length === members.length ? 'all' : 'most';
  const code = reached.length * 2 > members.length ? most : 'some';
  const typical = members.find((paper) => draft.themes[0]?.users.has(paper)) ?? members[0] ?? 0;
  const overview = overviewOf(members.length, { code, themes }, papers[typical]);
  return { label: draft.label, overview, members };
}

function overviewOf(
  count: number,
  about: GroupAbout,
  typical: TitledText | undefined,
): OverviewFacts {
  const title = shorten(typical?.title ?? '', 90).replace(/\.$/, '');
  return { about, papers: count, title };
}
