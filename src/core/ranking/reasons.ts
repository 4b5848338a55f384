import { findField } from '../reader/fields.ts';
import type { Choice, RankedReader } from './choice.ts';
import { shareTaste } from './met-taste.ts';
import { scoreIn } from './phrases.ts';
import { type RankingIndex, votesOn } from './ranking-index.ts';
import type { ReasonPart } from './reason.ts';
import { LEAD, type Scored, TASTE } from './scores.ts';

/** What is known of the place a paper is chosen for. */
export interface Given {
  readonly isOutside?: boolean;
}

/** A part of a paper's score, and how much it gave. */
interface Part {
  readonly part: ReasonPart;
  readonly amount: number;
}

const MOST_NAMED = 3;
/** A second reason is told where it gave at least this share of the first. */
const WORTH_TELLING = 0.4;
/** The many are named where they gave at least this much: more than breaking a tie. */
const LEAST_POPULAR = 0.05;

/** Tells why a paper was chosen: only of what its score is made of. */
export function findReason(
  index: RankingIndex,
  chosen: { reader: RankedReader; scored: Scored; place: number },
  { isOutside }: Given,
): Omit<Choice, 'paper'> {
  const { scored, place } = chosen;
  const popular = popularPart(index, scored, place);
  if (isOutside) {
    return { reason: popular ? [popular.part] : [], place: 'outside' };
  }
  const authors = scored.followed.get(place);
  if (authors) {
    const by = authors.map(({ printed }) => printed);
    return { reason: [{ code: 'authors', authors }], place: 'followed', by };
  }
  const parts = [...askedParts(scored, place), ...tasteParts(index, chosen)];
  const lead = leadPart(index, scored, place);
  const all = [...parts, ...(lead ? [lead] : []), ...(popular ? [popular] : [])];
  const [first, second] = all.toSorted((a, b) => b.amount - a.amount);
  const isTold = first && second && second.amount >= WORTH_TELLING * first.amount;
  if (!first) return { reason: [] };
  return { reason: isTold ? [first.part, second.part] : [first.part] };
}

function askedParts({ topics, fields, askedWeight }: Scored, place: number): Part[] {
  const topicHits = topics
    .map(({ name, hits }) => ({ name, amount: askedWeight * scoreIn(hits, place) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
    .slice(0, MOST_NAMED);
  const fieldHits = fields
    .map(({ name, hits }) => ({ id: name, amount: askedWeight * scoreIn(hits, place) }))
    .filter(({ id, amount }) => amount > 0 && findField(id))
    .sort((a, b) => b.amount - a.amount);
  const [field] = fieldHits;
  const amount = topicHits.reduce((sum, hit) => sum + hit.amount, 0);
  const names = topicHits.map(({ name }) => name);
  return [
    ...(names.length === 0 ? [] : [{ part: { code: 'topics', names } as const, amount }]),
    ...(field ? [{ part: { code: 'field', id: field.id } as const, amount: field.amount }] : []),
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
  const parts: Part[] = [
    { part: { code: 'library', papers: likeEntries }, amount: left * library },
    { part: { code: 'more' }, amount: left * more },
  ];
  return parts.filter(({ amount }) => amount > 0);
}

function popularPart(index: RankingIndex, scored: Scored, place: number): Part | undefined {
  const amount = !scored.hasWishes ? 0 : scored.popularWeight * (index.popularity[place] ?? 0);
  return amount >= LEAST_POPULAR ? { part: { code: 'popular' }, amount } : undefined;
}

function leadPart(index: RankingIndex, { hasWishes }: Scored, place: number): Part | undefined {
  const paper = index.papers[place]?.paper;
  const amount = LEAD * (index.leads[place] ?? 0);
  if (!paper || hasWishes) return undefined;
  const votes = votesOn(paper);
  return { part: votes > 0 ? { code: 'votes', votes } : { code: 'group' }, amount };
}
