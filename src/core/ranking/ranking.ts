import type { RankedReader, Ranking } from './choice.ts';
import { findExcluded } from './phrases.ts';
import type { RankingIndex } from './ranking-index.ts';
import { findReason, type Given } from './reasons.ts';
import { type Scored, scorePapers } from './scores.ts';
import { pickVaried } from './variety.ts';

/** From so many papers the most varied are picked, for each place of the digest. */
const CANDIDATES_A_PLACE = 4;
/** A digest that is shorter has no place for what its reader did not ask for. */
const LEAST_WITH_OUTSIDE = 4;

/**
 * Chooses at most `most` papers for one reader, best first, each with the reason that
 * counted: papers by followed authors, then by fields, topics, library and votes, varied,
 * and in the last place one from outside the reader's habits. A reader without wishes gets
 * the leading paper of each group in turn. Excluded words are absolute. No choices where
 * nothing matches. Pure and deterministic.
 */
export function rankPapers(index: RankingIndex, reader: RankedReader, most: number): Ranking {
  const hidden = hiddenBy(index, reader.profile.exclude);
  const away = new Map([...passedBy(index, reader.passed), ...hidden]);
  const scored = scorePapers(index, reader, away);
  const pinned = pinFollowed(scored, most);
  const isPinned = new Set(pinned.map(({ place }) => place));
  const outside = findOutside(index, { reader, scored, hidden: away, most });
  const left = most - pinned.length - (outside === undefined ? 0 : 1);
  const wanted = selectBest(scored, Math.max(0, left) * CANDIDATES_A_PLACE).filter(
    ({ place }) => !isPinned.has(place),
  );
  const picked = pickVaried(wanted, index.alike, Math.max(0, left));
  const choose = (place: number, given: Given = {}) => ({
    paper: index.papers[place]?.paper.id ?? 0,
    ...findReason(index, { reader, scored, place }, given),
  });
  return {
    choices: [
      ...pinned.map(({ place }) => choose(place)),
      ...picked.map((place) => choose(place)),
      ...(outside === undefined ? [] : [choose(outside, { isOutside: true })]),
    ],
    hidden: [...hidden].map(([place, word]) => ({
      paper: index.papers[place]?.paper.id ?? 0,
      word,
    })),
  };
}

/** The papers that excluded words keep away, each with the first of them. */
function hiddenBy(index: RankingIndex, exclude: readonly string[]): Map<number, string> {
  const hidden = new Map<number, string>();
  for (const word of exclude) {
    for (const place of findExcluded(index, word).papers) {
      if (!hidden.has(place)) hidden.set(place, word);
    }
  }
  return new Map([...hidden].sort(([a], [b]) => a - b));
}

function passedBy(
  { papers }: RankingIndex,
  passed: ReadonlySet<number> | undefined,
): (readonly [number, string])[] {
  if (!passed?.size) return [];
  return papers.flatMap(({ paper }, place) => (passed.has(paper.id) ? [[place, ''] as const] : []));
}

function pinFollowed({ followed, scores }: Scored, most: number) {
  const pinned = [...followed.keys()].map((place) => ({ place, score: scores[place] ?? 0 }));
  return pinned.sort((a, b) => b.score - a.score || a.place - b.place).slice(0, most);
}

/** The best `most` of the papers that match, in order, without sorting the rest. */
function selectBest({ scores, isMatch }: Scored, most: number) {
  const best: { place: number; score: number }[] = [];
  for (let place = 0; place < scores.length && most > 0; place++) {
    const score = scores[place] ?? 0;
    if (!isMatch[place]) continue;
    if (best.length === most && score <= (best[most - 1]?.score ?? 0)) continue;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.score ?? 0) < score) at--;
    best.splice(at, 0, { place, score });
    if (best.length > most) best.pop();
  }
  return best;
}

/**
 * The paper for the place outside the reader's habits: of what neither matches nor was asked
 * less of, the one that the many like best, else the first of the edition. Undefined where
 * the reader turned it off, has no habits, or gets too little of what they asked for.
 */
function findOutside(
  index: RankingIndex,
  given: {
    reader: RankedReader;
    scored: Scored;
    hidden: ReadonlyMap<number, string>;
    most: number;
  },
): number | undefined {
  const { reader, scored, hidden, most } = given;
  const { isMatch, scores, hasWishes } = scored;
  if (!reader.profile.surprise || !hasWishes || most < LEAST_WITH_OUTSIDE) return undefined;
  let matches = 0;
  let best: number | undefined;
  for (let place = 0; place < isMatch.length; place++) {
    if (isMatch[place]) matches += 1;
    // What shares next to nothing with the taste scores about nothing; what was voted down, less.
    const isForeign = !isMatch[place] && !hidden.has(place) && (scores[place] ?? 0) > -0.2;
    if (!isForeign) continue;
    const isBetter =
      best === undefined || (index.popularity[place] ?? 0) > (index.popularity[best] ?? 0);
    if (isBetter) best = place;
  }
  return matches + 1 < LEAST_WITH_OUTSIDE ? undefined : best;
}
