import { findField } from '../reader/fields.ts';
import { countOf } from '../text/words.ts';
import type { Choice, RankedReader } from './choice.ts';
import { shareTaste } from './met-taste.ts';
import type { FollowedAuthor } from './names.ts';
import { scoreIn } from './phrases.ts';
import { type RankingIndex, votesOn } from './ranking-index.ts';
import { LEAD, type Scored, TASTE } from './scores.ts';

/** What is known of the place a paper is chosen for. */
export interface Given {
  readonly isOutside?: boolean;
}

/** A part of a paper's score, in words. */
interface Part {
  readonly words: string;
  readonly amount: number;
}

const MOST_NAMED = 3;
/** A second reason is told where it gave at least this share of the first. */
const WORTH_TELLING = 0.4;
/** The many are named where they gave at least this much: more than breaking a tie. */
const LEAST_POPULAR = 0.05;

/** Says in a few words why a paper was chosen: only of what its score is made of. */
export function sayReason(
  index: RankingIndex,
  chosen: { reader: RankedReader; scored: Scored; place: number },
  { isOutside }: Given,
): Omit<Choice, 'paper'> {
  const { scored, place } = chosen;
  const popular = popularPart(index, scored, place);
  if (isOutside) {
    const reason = popular ? `outside your usual; ${popular.words}` : 'outside your usual';
    return { reason, place: 'outside' };
  }
  const authors = scored.followed.get(place);
  if (authors) {
    return { reason: sayAuthors(authors), place: 'followed', by: authors.map((a) => a.printed) };
  }
  const parts = [...askedParts(scored, place), ...tasteParts(index, chosen)];
  const lead = leadPart(index, scored, place);
  const all = [...parts, ...(lead ? [lead] : []), ...(popular ? [popular] : [])];
  const [first, second] = all.toSorted((a, b) => b.amount - a.amount);
  const isTold = first && second && second.amount >= WORTH_TELLING * first.amount;
  return { reason: `${first?.words ?? ''}${isTold ? `; ${second.words}` : ''}` };
}

function sayAuthors([first, ...others]: readonly FollowedAuthor[]): string {
  if (!first) return '';
  if (others.length > 0) {
    return `by ${[first, ...others].map(({ printed }) => printed).join(' and ')}, whom you follow`;
  }
  const { followed, printed, isSure } = first;
  return isSure ? `by ${followed}, whom you follow` : `by ${printed}; you follow ${followed}`;
}

function askedParts({ topics, fields, askedWeight }: Scored, place: number): Part[] {
  const topicHits = topics
    .map(({ name, hits }) => ({ name, amount: askedWeight * scoreIn(hits, place) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
    .slice(0, MOST_NAMED);
  const fieldHits = fields
    .map(({ name, hits }) => ({
      name: findField(name)?.name,
      amount: askedWeight * scoreIn(hits, place),
    }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount);
  const [field] = fieldHits;
  const amount = topicHits.reduce((sum, hit) => sum + hit.amount, 0);
  const names = topicHits.map(({ name }) => name).join(', ');
  return [
    ...(names === '' ? [] : [{ words: `matches: ${names}`, amount }]),
    ...(field?.name ? [{ words: `in ${field.name}`, amount: field.amount }] : []),
  ];
}

function tasteParts(
  index: RankingIndex,
  { reader, place }: { reader: RankedReader; place: number },
): Part[] {
  const vector = index.papers[place]?.vector;
  if (!reader.taste || !vector) return [];
  const { library, more, less, likeEntries } = shareTaste(index, reader.taste, {
    place,
    weights: vector.weights,
  });
  // What they asked less of takes from both alike; where nothing is left, neither counted.
  const left = TASTE * Math.max(0, 1 - less / (library + more || 1));
  const like = `like ${countOf(likeEntries, 'paper')} in your library`;
  return [
    ...(library * left > 0 ? [{ words: like, amount: left * library }] : []),
    ...(more * left > 0
      ? [{ words: 'like papers you asked for more of', amount: left * more }]
      : []),
  ];
}

function popularPart(index: RankingIndex, scored: Scored, place: number): Part | undefined {
  const amount = !scored.hasWishes ? 0 : scored.popularWeight * (index.popularity[place] ?? 0);
  return amount >= LEAST_POPULAR ? { words: 'popular today', amount } : undefined;
}

function leadPart(index: RankingIndex, { hasWishes }: Scored, place: number): Part | undefined {
  const paper = index.papers[place]?.paper;
  const amount = LEAD * (index.leads[place] ?? 0);
  if (!paper || hasWishes) return undefined;
  const votes = votesOn(paper);
  const words =
    votes > 0 ? `popular: ${countOf(votes, 'vote')}` : `among the first of “${paper.groupLabel}”`;
  return { words, amount };
}
