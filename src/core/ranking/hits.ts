import type { Found, Hits, RankingIndex } from './ranking-index.ts';

/** The memory of an index is emptied at so many entries: some ten megabytes. */
const MOST_FOUND = 500_000;
/** What a look-up takes up beside its entries, in entries. */
const LOOK_UP = 20;

/** Where a hit tells of one paper; -1 where it does not. */
export function placeIn({ papers }: Hits, place: number): number {
  let low = 0;
  let high = papers.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = papers[middle] ?? 0;
    if (found === place) return middle;
    if (found < place) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The papers that use the rarest word of a phrase: no other can hold it. */
export function findUsing({ papersByStem }: RankingIndex, phrase: string): readonly number[] {
  return rarestOf(
    phrase
      .trim()
      .split(' ')
      .map((stem) => papersByStem.get(stem) ?? []),
  );
}

/** Of some lists the shortest; of none, no list. */
export function rarestOf(lists: readonly (readonly number[])[]): readonly number[] {
  let rarest = lists[0] ?? [];
  for (const list of lists) if (list.length < rarest.length) rarest = list;
  return rarest;
}

/** Scores by place as hits. */
export function toHits(scores: ReadonlyMap<number, number>): Hits {
  const sorted = [...scores].sort(([a], [b]) => a - b);
  return {
    papers: Int32Array.from(sorted, ([place]) => place),
    scores: Float64Array.from(sorted, ([, score]) => score),
  };
}

/** What was looked up of an index before, else what `find` finds; remembered. */
export function rememberHits(
  { found }: RankingIndex,
  [what, text]: readonly [what: string, text: string],
  find: () => Hits,
): Hits {
  const known = found.hits.get(what)?.get(text);
  if (known) return known;
  const hits = find();
  makeRoom(found, hits.papers.length);
  const ofKind = found.hits.get(what) ?? new Map<string, Hits>();
  found.hits.set(what, ofKind.set(text, hits));
  return hits;
}

/** Counts what is remembered, and forgets all where it is too much. */
export function makeRoom(found: Found, entries: number): void {
  if (found.size > MOST_FOUND) {
    found.hits.clear();
    found.followed.clear();
    found.size = 0;
  }
  found.size += entries + LOOK_UP;
}
