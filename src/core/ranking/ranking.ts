import type { Choice, HiddenPaper, RankedReader, Ranking } from './choice.ts';
import { findExcluded } from './phrases.ts';
import type { RankingIndex } from './ranking-index.ts';
import { findReason, type Given } from './reasons.ts';
import { type Scored, scorePapers } from './scores.ts';
import { type Candidates, pickVaried } from './variety.ts';

/** From so many papers the most varied are picked, for each place of the digest. */
const CANDIDATES_A_PLACE = 4;
/** A digest that is shorter has no place for what its reader did not ask for. */
const LEAST_WITH_OUTSIDE = 4;

/**
 * Chooses at most `most` papers for one reader, best first, each with the reason that
 * counted: papers by followed authors, then by fields, topics, library and votes, varied,
 * and in the last place one from outside the reader's habits. A reader without wishes gets
 * the leading paper of each group in turn. Excluded words are absolute. No choices where
 * nothing matches. Deterministic: who was ranked before leaves nothing on the slate.
 */
export function rankPapers(index: RankingIndex, reader: RankedReader, most: number): Ranking {
  const { slate } = index;
  const hidden = sendAway(index, reader);
  const scored = scorePapers(index, reader, slate);
  const pinned = pinFollowed(scored, most);
  const outside = findOutside(index, { reader, scored, most });
  const left = Math.max(0, most - pinned.length - (outside === undefined ? 0 : 1));
  selectBest(scored, left * CANDIDATES_A_PLACE, slate.candidates);
  if (pinned.length > 0) leaveOut(pinned, slate.candidates);
  const picked = pickVaried(
    slate.candidates,
    { alike: index.alike, repeated: slate.repeated },
    left,
  );
  const choose = (place: number, given: Given): Choice => ({
    paper: index.papers[place]?.paper.id ?? 0,
    ...findReason(index, { reader, scored, place }, given),
  });
  const choices = [...pinned, ...picked].map((place) => choose(place, {}));
  if (outside !== undefined) choices.push(choose(outside, { isOutside: true }));
  return { choices, hidden };
}

/**
 * Marks on the slate what excluded words keep away, with the number of the first of them, and
 * what a message showed before. Gives what the words hide, in the edition's order.
 */
function sendAway(
  index: RankingIndex,
  { profile: { exclude }, passed }: RankedReader,
): HiddenPaper[] {
  const { papers, slate } = index;
  const { away } = slate;
  away.fill(0);
  const hidden: HiddenPaper[] = [];
  for (let at = 0; at < exclude.length; at++) {
    const { papers: places } = findExcluded(index, exclude[at] ?? '');
    for (let hit = 0; hit < places.length; hit++) away[places[hit] as number] ||= at + 1;
  }
  for (let place = 0; exclude.length > 0 && place < away.length; place++) {
    const number = away[place] as number;
    if (number === 0) continue;
    hidden.push({ paper: papers[place]?.paper.id ?? 0, word: exclude[number - 1] ?? '' });
  }
  if (passed && passed.size > 0) {
    for (const [place, { paper }] of papers.entries()) if (passed.has(paper.id)) away[place] = -1;
  }
  return hidden;
}

/** The places of papers by followed authors, the best first. */
function pinFollowed({ followed, scores }: Scored, most: number): number[] {
  if (followed.size === 0) return [];
  const pinned = [...followed.keys()].map((place) => ({ place, score: scores[place] ?? 0 }));
  pinned.sort((a, b) => b.score - a.score || a.place - b.place);
  return pinned.slice(0, most).map(({ place }) => place);
}

/** The best `most` of the papers that match, in order, without sorting the rest. */
function selectBest({ scores, isMatch }: Scored, most: number, best: Candidates): void {
  const { places, scores: kept } = best;
  let count = 0;
  for (let place = 0; place < scores.length && most > 0; place++) {
    if (isMatch[place] === 0) continue;
    const score = scores[place] as number;
    if (count === most && score <= (kept[most - 1] as number)) continue;
    let at = count === most ? count - 1 : count;
    for (; at > 0 && (kept[at - 1] as number) < score; at--) {
      kept[at] = kept[at - 1] as number;
      places[at] = places[at - 1] as number;
    }
    kept[at] = score;
    places[at] = place;
    if (count < most) count += 1;
  }
  best.count = count;
}

/** Takes out of the candidates what stands on top anyway. */
function leaveOut(pinned: readonly number[], candidates: Candidates): void {
  const { places, scores } = candidates;
  let count = 0;
  for (let at = 0; at < candidates.count; at++) {
    if (pinned.includes(places[at] as number)) continue;
    places[count] = places[at] as number;
    scores[count] = scores[at] as number;
    count += 1;
  }
  candidates.count = count;
}

/**
 * The paper for the place outside the reader's habits: of what neither matches nor was asked
 * less of, the one that the many like best, else the first of the edition. Undefined where
 * the reader turned it off, has no habits, or gets too little of what they asked for.
 */
function findOutside(
  { popularity, slate: { away } }: RankingIndex,
  { reader, scored, most }: { reader: RankedReader; scored: Scored; most: number },
): number | undefined {
  const { isMatch, scores, hasWishes } = scored;
  if (!reader.profile.surprise || !hasWishes || most < LEAST_WITH_OUTSIDE) return undefined;
  let matches = 0;
  let best: number | undefined;
  let bestLiked = -1;
  for (let place = 0; place < isMatch.length; place++) {
    if (isMatch[place] === 1) matches += 1;
    // What shares next to nothing with the taste scores about nothing; what was voted down, less.
    else if (away[place] === 0 && (scores[place] as number) > -0.2) {
      const liked = popularity[place] as number;
      if (liked <= bestLiked) continue;
      best = place;
      bestLiked = liked;
    }
  }
  return matches + 1 < LEAST_WITH_OUTSIDE ? undefined : best;
}
