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
/** What shares next to nothing with a taste scores about nothing; what was voted down, less. */
const LEAST_FOREIGN = -0.6;
/** More than being liked by the many. */
const ELSEWHERE = 2;

/**
 * Chooses at most `most` papers for one reader, best first, each with the reason that
 * counted: papers by followed authors, then by fields, topics, library and votes, varied. Who
 * said what they want gets that first, in the order of what they voted for; what else they
 * would like fills places that are left, marked as outside, and no day by itself. In the last
 * place stands one from outside their habits. A reader without wishes gets the leading paper
 * of each group in turn. Excluded words are absolute. No choices where nothing matches.
 * Deterministic: who was ranked before leaves nothing on the slate.
 */
export function rankPapers(index: RankingIndex, reader: RankedReader, most: number): Ranking {
  const { slate } = index;
  const hidden = sendAway(index, reader);
  const scored = scorePapers(index, reader, slate);
  const pinned = pinFollowed(scored, most);
  const foreign = findForeign(index, { reader, scored, most });
  const left = Math.max(0, most - pinned.length - (foreign === undefined ? 0 : 1));
  const picked = pickBest(index, { scored, among: scored.isMatch, without: pinned }, left);
  const filled = fillPlaces(index, {
    reader,
    scored,
    matches: pinned.length + picked.length,
    left: left - picked.length,
  });
  const choose = (place: number, given: Given): Choice => ({
    paper: index.papers[place]?.paper.id ?? 0,
    ...findReason(index, { reader, scored, place }, given),
  });
  const choices = [...pinned, ...picked].map((place) => choose(place, {}));
  for (const place of filled) choices.push(choose(place, { outside: 'liked' }));
  if (foreign !== undefined) choices.push(choose(foreign, { outside: 'foreign' }));
  return { choices, hidden };
}

/** The best papers that are marked, varied, without those that stand on top anyway. */
function pickBest(
  { alike, slate: { candidates, repeated } }: RankingIndex,
  given: { scored: Scored; among: Uint8Array; without: readonly number[] },
  most: number,
): number[] {
  selectBest(given.scored.scores, given.among, {
    most: most * CANDIDATES_A_PLACE,
    best: candidates,
  });
  if (given.without.length > 0) leaveOut(given.without, candidates);
  return pickVaried(candidates, { alike, repeated }, most);
}

/**
 * What fills places that are left: papers clearly to the taste of a reader who asked for other
 * things, at most as many as they gave examples, on a day that brings what they asked for.
 */
function fillPlaces(
  index: RankingIndex,
  given: { reader: RankedReader; scored: Scored; matches: number; left: number },
): number[] {
  const { reader, scored, matches, left } = given;
  const { taste, profile } = reader;
  if (!taste || !scored.isAsked || !profile.surprise || matches === 0) return [];
  const most = Math.min(left, taste.examples);
  return pickBest(index, { scored, among: scored.isLiked, without: [] }, most);
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

/** The best `most` of the papers that are marked, in order, without sorting the rest. */
function selectBest(
  scores: Float64Array,
  isMarked: Uint8Array,
  { most, best }: { most: number; best: Candidates },
): void {
  const { places, scores: kept } = best;
  let count = 0;
  for (let place = 0; place < scores.length && most > 0; place++) {
    if (isMarked[place] === 0) continue;
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
 * The paper for the place outside the reader's habits: of what shares nothing with what they
 * asked for or like and is alike nothing that matches, rather of a group without a match, the one
 * that the many like best, else the first of the edition. Undefined where the reader turned it
 * off, has no habits, gets too little of what they asked for, or nothing is so far away.
 */
function findForeign(
  index: RankingIndex,
  { reader, scored, most }: { reader: RankedReader; scored: Scored; most: number },
): number | undefined {
  const { scores, isMatch, isTouched, hasWishes } = scored;
  if (!reader.profile.surprise || !hasWishes || most < LEAST_WITH_OUTSIDE) return undefined;
  const { papers, popularity, slate } = index;
  let matches = 0;
  const groups = new Set<string>();
  for (let place = 0; place < isMatch.length; place++) {
    if (isMatch[place] === 0) continue;
    matches += 1;
    groups.add(papers[place]?.paper.groupLabel ?? '');
  }
  if (matches + 1 < LEAST_WITH_OUTSIDE) return undefined;
  let best: number | undefined;
  let bestLiked = -1;
  for (let place = 0; place < isMatch.length; place++) {
    if (isMatch[place] === 1 || isTouched[place] === 1 || slate.away[place] !== 0) continue;
    // What was voted down is not asked for either.
    if ((scores[place] as number) <= LEAST_FOREIGN) continue;
    const isOfGroup = groups.has(papers[place]?.paper.groupLabel ?? '');
    const liked = (popularity[place] as number) + (isOfGroup ? 0 : ELSEWHERE);
    if (liked <= bestLiked || isNearMatch(index, isMatch, place)) continue;
    best = place;
    bestLiked = liked;
  }
  return best;
}

/** Whether a paper says much the same as one that matches. */
function isNearMatch({ alike }: RankingIndex, isMatch: Uint8Array, own: number): boolean {
  const end = alike.starts[own + 1] as number;
  for (let at = alike.starts[own] as number; at < end; at++) {
    if (isMatch[alike.places[at] as number] === 1) return true;
  }
  return false;
}
