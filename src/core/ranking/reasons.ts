import { findField } from '../reader/fields.ts';
import type { Choice, RankedReader } from './choice.ts';
import { placeIn } from './hits.ts';
import { findLike, shareTaste } from './met-taste.ts';
import { fit, OWN_VOTES, type RankablePaper, type RankingIndex, votesOn } from './ranking-index.ts';
import type { ReasonPart } from './reason.ts';
import { LEAD, type Scored, TASTE } from './scores.ts';

/** What is known of the place a paper is chosen for. */
export interface Given {
  /** Outside what the reader asked for: by what they voted for, or by nothing of theirs. */
  readonly outside?: 'liked' | 'foreign';
}

const MOST_NAMED = 3;
/** A second reason is told where it gave at least this share of the first. */
const WORTH_TELLING = 0.4;
/** The many are named where they gave at least this much: more than breaking a tie. */
const LEAST_POPULAR = 0.05;

/** The two parts of a paper's score that gave most, the first of equals first. */
interface Most {
  first: ReasonPart | undefined;
  firstAmount: number;
  second: ReasonPart | undefined;
  secondAmount: number;
}

/** Tells why a paper was chosen: only of what its score is made of. */
export function findReason(
  index: RankingIndex,
  chosen: { reader: RankedReader; scored: Scored; place: number },
  { outside }: Given,
): Omit<Choice, 'paper'> {
  const { scored, place } = chosen;
  const popular = scored.hasWishes ? scored.popularWeight * (index.popularity[place] ?? 0) : 0;
  const isPopular = popular >= LEAST_POPULAR;
  if (outside === 'foreign') return { reason: isPopular ? [POPULAR] : [], place: 'outside' };
  const most: Most = { first: undefined, firstAmount: 0, second: undefined, secondAmount: 0 };
  if (outside === 'liked') {
    askTaste(index, chosen, most);
    return { reason: most.first ? [most.first] : [], place: 'outside' };
  }
  const authors = scored.followed.get(place);
  if (authors) {
    const by = authors.map(({ printed }) => printed);
    return { reason: [{ code: 'authors', authors }], place: 'followed', by };
  }
  askTopics(scored, place, most);
  askFields(scored, place, most);
  askTaste(index, chosen, most);
  if (!scored.hasWishes) askLead(index, place, most);
  if (isPopular) consider(most, POPULAR, popular);
  const { first, second, firstAmount, secondAmount } = most;
  if (!first) return { reason: [] };
  const isTold = second && secondAmount >= WORTH_TELLING * firstAmount;
  return { reason: isTold ? [first, second] : [first] };
}

const POPULAR: ReasonPart = { code: 'popular' };
const FIRST: ReasonPart = { code: 'leads' };
const GROUP: ReasonPart = { code: 'group' };

function consider(most: Most, part: ReasonPart, amount: number): void {
  if (!most.first || amount > most.firstAmount) {
    most.second = most.first;
    most.secondAmount = most.firstAmount;
    most.first = part;
    most.firstAmount = amount;
  } else if (!most.second || amount > most.secondAmount) {
    most.second = part;
    most.secondAmount = amount;
  }
}

function askTopics(scored: Scored, place: number, most: Most): void {
  // A topic that is named says more than one that is near; of what it only touches nothing is said.
  for (const [code, wanted] of [['topics', fit.named] as const, ['near', fit.near] as const]) {
    const names: string[] = [];
    const amount = nameTopics(scored, { place, wanted }, names);
    if (names.length === 0) continue;
    consider(most, { code, names }, amount);
    return;
  }
}

/** Writes down the topics that a paper fits so well, the best first; gives what they count for. */
function nameTopics(
  { topics, askedWeight }: Scored,
  { place, wanted }: { place: number; wanted: number },
  names: string[],
): number {
  const amounts: number[] = [];
  for (const { name, hits } of topics) {
    const hit = placeIn(hits, place);
    if (hit < 0 || hits.fits?.[hit] !== wanted) continue;
    const amount = askedWeight * (hits.scores[hit] as number);
    // In order, the first of equals first; the last falls off where there are enough.
    let at = Math.min(amounts.length, MOST_NAMED);
    for (; at > 0 && (amounts[at - 1] ?? 0) < amount; at--) {
      if (at === MOST_NAMED) continue;
      names[at] = names[at - 1] ?? '';
      amounts[at] = amounts[at - 1] ?? 0;
    }
    if (at === MOST_NAMED) continue;
    names[at] = name;
    amounts[at] = amount;
  }
  let amount = 0;
  for (const each of amounts) amount += each;
  return amount;
}

function askFields({ fields, askedWeight }: Scored, place: number, most: Most): void {
  let best: string | undefined;
  let amount = 0;
  for (const { name, hits } of fields) {
    const given = askedWeight * (hits.scores[placeIn(hits, place)] ?? 0);
    if (given <= amount || !findField(name)) continue;
    best = name;
    amount = given;
  }
  if (best !== undefined) consider(most, { code: 'field', id: best }, amount);
}

function askTaste(
  index: RankingIndex,
  { reader, place }: { reader: RankedReader; place: number },
  most: Most,
): void {
  if (!reader.taste) return;
  const { library, more, less, likeEntries } = shareTaste(index, place);
  // What they asked less of takes from both alike; where nothing is left, neither counted.
  const left = TASTE * Math.max(0, 1 - less / (library + more || 1));
  if (left * library > 0) consider(most, { code: 'library', papers: likeEntries }, left * library);
  if (left * more > 0) consider(most, sayMore(index, place), left * more);
}

/** Names the paper that they asked for more of and that this is most like. */
function sayMore(index: RankingIndex, place: number): ReasonPart {
  const like = findLike(index, place);
  return like === undefined ? { code: 'more' } : { code: 'more', like };
}

function askLead(index: RankingIndex, place: number, most: Most): void {
  const paper = index.papers[place]?.paper;
  if (!paper) return;
  consider(most, sayLead(index, place, paper), LEAD * (index.leads[place] ?? 0));
}

/** So few readers are not told, since among few it is known who they are. */
const LEAST_READERS = 3;

function sayLead(index: RankingIndex, place: number, paper: RankablePaper): ReasonPart {
  const { upvotes = 0, votes: readers = 0 } = paper;
  if (votesOn(paper) === 0) return index.firsts.has(place) ? FIRST : GROUP;
  if (readers >= LEAST_READERS && readers * OWN_VOTES > upvotes) {
    return { code: 'readers', votes: readers };
  }
  return upvotes > 0 ? { code: 'upvotes', votes: upvotes } : POPULAR;
}
