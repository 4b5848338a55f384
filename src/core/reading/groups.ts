import { type Affinity, findAffinities } from './affinities.ts';
import { moveHomes } from './homes.ts';
import { findKinship } from './kinship.ts';
import { type Home, type Naming, nameGroups } from './labels.ts';
import { clusterByAverageLink } from './linkage.ts';
import { findNeighbours } from './neighbours.ts';
import type { GroupAbout, OverviewFacts } from './overview.ts';
import { profilePapers, type TitledText } from './profiles.ts';
import { shorten } from './shorten.ts';
import { type Space, spaceOf } from './space.ts';
import { readFirstBasis } from './vectors.ts';
import type { Work } from './work.ts';

/** Papers of an edition that are about the same thing. */
export interface Group {
  /** In title case, unique; empty for those that share nothing, whose overview says so. */
  readonly label: string;
  /** How many, on what, and the most typical title. */
  readonly overview: OverviewFacts;
  /** Indices of the papers, the most typical first. */
  readonly members: readonly number[];
}

/** Groups per root of the number of papers, as measured on days with known areas. */
const GROUPS_PER_ROOT = 1.95;
/** The papers most like a paper that have a say in where it belongs. */
const NEIGHBOURS = 20;
/** So many times as near as its own group another must be for a paper that fits its label. */
const NEAR_ENOUGH = 1.4;
/** What fits the label of its group stands before what is only near. */
const FITS_LABEL = 1;

/**
 * Puts papers that are about the same thing together, the largest group first. Every paper
 * is in exactly one group; those that share nothing with others are in a last one. The same papers
 * give the same groups, in whichever order they come.
 */
export function* groupPapers(
  papers: readonly TitledText[],
  space: Space = spaceOf(readFirstBasis()),
): Work<Group[]> {
  const order = [...papers.keys()].sort((a, b) => compareTexts(papers[a], papers[b]));
  const sorted = order.flatMap((index) => papers[index] ?? []);
  const groups = yield* groupSorted(sorted, space);
  return groups.map((group) => ({
    ...group,
    members: group.members.flatMap((member) => order[member] ?? []),
  }));
}

function compareTexts(a: TitledText | undefined, b: TitledText | undefined): number {
  const [one, two] = [`${a?.title}\n${a?.abstract}`, `${b?.title}\n${b?.abstract}`];
  if (one === two) return 0;
  return one < two ? -1 : 1;
}

function* groupSorted(papers: readonly TitledText[], space: Space): Work<Group[]> {
  const profiles = yield* profilePapers(papers, space);
  const kinship = findKinship(profiles);
  const neighbours = yield* findNeighbours(profiles, kinship, NEIGHBOURS);
  const affinities = yield* findAffinities(profiles, neighbours, space);
  const count = Math.round(GROUPS_PER_ROOT * Math.sqrt(papers.length));
  const clusters = yield* clusterByAverageLink(neighbours, count);
  yield* moveHomes(kinship, clusters);
  const homes = homesOf(clusters, affinities);
  const namings = yield* nameGroups(papers, profiles, homes);
  const named = homes.flatMap((home, at) => {
    const naming = namings[at];
    return naming ? [{ ...home, naming }] : [];
  });
  const groups = settle(named, affinities)
    .map((home) => groupOf(home, papers, affinities))
    .sort((a, b) => b.members.length - a.members.length);
  const placed = new Set(groups.flatMap(({ members }) => members));
  const others = [...papers.keys()].filter((paper) => !placed.has(paper));
  if (others.length === 0) return groups;
  const about: GroupAbout = { code: groups.length > 0 ? 'others' : 'day' };
  const overview = overviewOf(others.length, about, papers[others[0] ?? 0]);
  return [...groups, { label: '', overview, members: others }];
}

/** The clusters with the subject of most of their papers, the largest first; none is of one paper. */
function homesOf(clusters: Int32Array, affinities: readonly Affinity[]): Home[] {
  const members: number[][] = [];
  for (const [paper, cluster] of clusters.entries()) {
    if (cluster >= 0) members[cluster] = [...(members[cluster] ?? []), paper];
  }
  return members
    .filter((those) => those.length > 1)
    .map((those) => ({ subject: commonSubject(those, affinities), members: those }))
    .sort((a, b) => b.members.length - a.members.length || a.subject - b.subject);
}

function commonSubject(members: readonly number[], affinities: readonly Affinity[]): number {
  const sums = new Float64Array(affinities[0]?.length ?? 0);
  for (const paper of members) {
    for (const [subject, affinity] of affinities[paper]?.entries() ?? []) {
      sums[subject] = (sums[subject] ?? 0) + affinity;
    }
  }
  return sums.indexOf(Math.max(...sums));
}

interface NamedHome extends Home {
  readonly naming: Naming;
}

const fits = ({ naming }: NamedHome, paper: number) => naming.themes[0]?.users.has(paper) ?? false;

/**
 * Lets papers that do not fit the label of their group, or have none, go to one whose label they
 * fit, if it is nearer by far.
 */
function settle(homes: readonly NamedHome[], affinities: readonly Affinity[]): NamedHome[] {
  const homeByPaper = new Map(
    homes.flatMap((home) => home.members.map((paper): [number, NamedHome] => [paper, home])),
  );
  const members = new Map(homes.map((home): [NamedHome, number[]] => [home, []]));
  for (const [paper, affinity] of affinities.entries()) {
    const own = homeByPaper.get(paper);
    const fitOf = ({ subject }: NamedHome) => affinity[subject] ?? 0;
    const others = own && fits(own, paper) ? [] : homes.filter((home) => fits(home, paper));
    const best = others.sort((a, b) => fitOf(b) - fitOf(a))[0];
    const goes = best && (!own || fitOf(best) >= NEAR_ENOUGH * fitOf(own));
    const to = goes ? best : own;
    if (to) members.get(to)?.push(paper);
  }
  return homes
    .map((home) => ({ ...home, members: members.get(home) ?? [] }))
    .filter((home) => home.members.length > 1);
}

function groupOf(
  home: NamedHome,
  papers: readonly TitledText[],
  affinities: readonly Affinity[],
): Group {
  const { subject, naming } = home;
  const fitOf = (paper: number) =>
    (affinities[paper]?.[subject] ?? 0) + (fits(home, paper) ? FITS_LABEL : 0);
  const members = [...home.members].sort((a, b) => fitOf(b) - fitOf(a) || a - b);
  const reached = members.filter((paper) => naming.themes.some(({ users }) => users.has(paper)));
  const themes = naming.themes.map(({ name }) => name);
  const most = reached.length === members.length ? 'all' : 'most';
  const code = reached.length * 2 > members.length ? most : 'some';
  const overview = overviewOf(members.length, { code, themes }, papers[members[0] ?? 0]);
  return { label: naming.label, overview, members };
}

function overviewOf(
  count: number,
  about: GroupAbout,
  typical: TitledText | undefined,
): OverviewFacts {
  const title = shorten(typical?.title ?? '', 90).replace(/\.$/, '');
  return { about, papers: count, title };
}
