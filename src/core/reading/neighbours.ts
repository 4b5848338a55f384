import type { Kinship } from './kinship.ts';
import type { Profile, Sparse } from './profiles.ts';
import type { Work } from './work.ts';

/** A paper that is like another, and how much. */
export interface Neighbour {
  readonly paper: number;
  readonly likeness: number;
}

/** So few papers are all compared with each other; of more, those that share something telling. */
const MOST_ALL = 400;
const MOST_SHARERS = 60;
const TELLING_TERMS = 24;
const TELLING_SUBJECTS = 4;

/** For each paper the `count` most like it, the most alike first. */
export function* findNeighbours(
  profiles: readonly Profile[],
  kinship: Kinship,
  count: number,
): Work<Neighbour[][]> {
  const candidatesOf =
    profiles.length <= MOST_ALL ? () => profiles.keys() : yield* findSharers(profiles);
  const neighbours: Neighbour[][] = [];
  for (const paper of profiles.keys()) {
    const likest: Neighbour[] = [];
    for (const other of candidatesOf(paper)) {
      if (other !== paper) insert(likest, { paper: other, likeness: kinship.kinOf(paper, other) });
      if (likest.length > count) likest.pop();
    }
    neighbours.push(likest);
    yield;
  }
  return neighbours;
}

function insert(likest: Neighbour[], neighbour: Neighbour): void {
  const comesAfter = ({ likeness, paper }: Neighbour) =>
    likeness < neighbour.likeness || (likeness === neighbour.likeness && paper > neighbour.paper);
  const last = likest.at(-1);
  if (!last || !comesAfter(last)) likest.push(neighbour);
  else likest.splice(likest.findIndex(comesAfter), 0, neighbour);
}

/** Gives for a paper those that share one of its most telling terms or subjects. */
function* findSharers(profiles: readonly Profile[]): Work<(paper: number) => Iterable<number>> {
  const byTerm = yield* listSharers(profiles.map(({ terms }) => heaviest(terms, TELLING_TERMS)));
  const bySubject = yield* listSharers(
    profiles.map(({ subjects }) => heaviest(subjects, TELLING_SUBJECTS)),
  );
  return (paper) => new Set([...byTerm(paper), ...bySubject(paper)]);
}

interface Telling {
  readonly number: number;
  readonly weight: number;
}

function heaviest({ numbers, weights }: Sparse, count: number): Telling[] {
  return Array.from(numbers, (number, at) => ({ number, weight: weights[at] ?? 0 }))
    .sort((a, b) => b.weight - a.weight || a.number - b.number)
    .slice(0, count);
}

/** Of each number's papers those that it tells most of, so that no number costs much. */
function* listSharers(tellings: readonly Telling[][]): Work<(paper: number) => number[]> {
  const papersByNumber = new Map<number, { paper: number; weight: number }[]>();
  for (const [paper, telling] of tellings.entries()) {
    for (const { number, weight } of telling) {
      const papers = papersByNumber.get(number);
      if (papers) papers.push({ paper, weight });
      else papersByNumber.set(number, [{ paper, weight }]);
    }
    yield;
  }
  for (const [number, papers] of papersByNumber) {
    papers.sort((a, b) => b.weight - a.weight || a.paper - b.paper);
    papersByNumber.set(number, papers.slice(0, MOST_SHARERS));
  }
  return (paper) =>
    (tellings[paper] ?? []).flatMap(({ number }) =>
      (papersByNumber.get(number) ?? []).map((sharer) => sharer.paper),
    );
}
