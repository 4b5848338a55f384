import { type Figure, figureOf, gainAtTen, meanOf } from '../../core/ranking/figures.ts';
import { rankPapers } from '../../core/ranking/ranking.ts';
import type { RankingIndex } from '../../core/ranking/ranking-index.ts';
import type { Taste } from '../../core/ranking/taste.ts';
import type { Profile } from '../../core/reader/subscription.ts';
import type { Store } from '../../store/store.ts';
import { findRestored } from '../backup/restored.ts';
import { loadEdition } from '../digests/choose.ts';
import type { Outside } from '../steps.ts';
import { findOthers } from './others.ts';
import { listExamples } from './taste.ts';

type EvaluateOutside = Pick<Outside, 'store' | 'threads' | 'now'>;

const WEEK_MS = 7 * 24 * 3_600_000;
/** Of a week so many readers are looked at: more make the figure hardly surer. */
const MOST_READERS = 500;
/** What is measured is the first ten. */
const TOP = 10;

/** How well editions would have been ranked for who voted for papers of theirs. */
export interface Evaluation {
  readonly weeks: number;
  readonly editions: number;
  readonly readers: number;
  /** Votes for more that were looked for. */
  readonly votes: number;
  /** Readers left out, since nothing was known of their taste before. */
  readonly unknown: number;
  /** nDCG at ten by the taste as it was before, by wishes alone, and in the order for everyone. */
  readonly byTaste: Figure;
  readonly byWishes: Figure;
  readonly byEdition: Figure;
  /** What a taste adds to the wishes, reader by reader. */
  readonly gain: Figure;
}

/** One reader's week: the means over the editions that they voted for papers of. */
interface Gains {
  readonly subscriberId: number;
  readonly votes: number;
  readonly byTaste: number;
  readonly byWishes: number;
  readonly byEdition: number;
}

interface Reader {
  readonly profile: Profile;
  readonly taste: Taste | undefined;
}

/** The papers of some editions that somebody voted for, by edition. */
type Liked = ReadonlyMap<number, readonly number[]>;

/**
 * For each of the last weeks: how well a taste that was learned before it began would have ranked
 * the editions of that week for who voted for papers of theirs. Wishes are as they are now. Only
 * reads, and tells nobody's figures apart.
 */
export async function evaluateVotes(
  { store, threads, now }: EvaluateOutside,
  weeks: number,
  progress: (done: number) => void = () => {},
): Promise<Evaluation> {
  const at = now().getTime();
  const all: Gains[] = [];
  const seen = { editions: 0, unknown: new Set<number>() };
  const indexes = new Map<number, RankingIndex>();
  for (let week = weeks; week > 0; week--) {
    const began = new Date(at - week * WEEK_MS);
    const ids = await listEditions(store, began);
    seen.editions += ids.length;
    for (const [subscriberId, liked] of groupLiked(
      await store.votes.listLiked(ids, MOST_READERS),
    )) {
      const reader = await readBefore({ store, threads }, subscriberId, began);
      if (reader === undefined) continue;
      if (reader.taste === undefined) seen.unknown.add(subscriberId);
      else all.push({ subscriberId, ...(await measure(store, { reader, liked, indexes })) });
      progress(all.length);
    }
    indexes.clear();
  }
  return { weeks, editions: seen.editions, unknown: seen.unknown.size, ...sumUp(all) };
}

/** The editions that readers were given in the week from a moment on. */
async function listEditions(store: Store, began: Date): Promise<number[]> {
  const released = await store.editions.listReleased(began);
  const aside = (await findRestored(store))?.setAside ?? 0;
  const end = began.getTime() + WEEK_MS;
  return released
    .filter(({ id, cutAt }) => id > aside && cutAt.getTime() < end)
    .map(({ id }) => id);
}

function groupLiked(
  rows: readonly { subscriberId: number; editionId: number; paperId: number }[],
): Map<number, Map<number, number[]>> {
  const byReader = new Map<number, Map<number, number[]>>();
  for (const { subscriberId, editionId, paperId } of rows) {
    const liked = byReader.get(subscriberId) ?? new Map<number, number[]>();
    liked.set(editionId, [...(liked.get(editionId) ?? []), paperId]);
    byReader.set(subscriberId, liked);
  }
  return byReader;
}

/** A reader with what was known of their taste before a moment; undefined where they are gone. */
async function readBefore(
  { store, threads }: Pick<EvaluateOutside, 'store' | 'threads'>,
  subscriberId: number,
  before: Date,
): Promise<Reader | undefined> {
  const reader = await store.subscribers.findBySubscriber(subscriberId);
  if (!reader) return undefined;
  const examples = (await listExamples(store, subscriberId)).filter(({ at }) => at < before);
  const others = await findOthers({ store, threads }, before);
  const learned = await threads.run('taste', [examples, before, others]);
  return { profile: { ...reader.profile, surprise: false }, taste: learned?.taste };
}

async function measure(
  store: Store,
  given: { reader: Reader; liked: Liked; indexes: Map<number, RankingIndex> },
): Promise<Omit<Gains, 'subscriberId'>> {
  const { reader, liked, indexes } = given;
  const gains: (readonly [number, number, number])[] = [];
  for (const [editionId, papers] of liked) {
    const index =
      indexes.get(editionId) ?? (await loadEdition(store, editionId)).join([editionId]).index;
    indexes.set(editionId, index);
    const gainOf = (ranked: readonly number[]) => gainAtTen(ranked.map(String), papers.map(String));
    const rank = (taste: Taste | undefined) =>
      rankPapers(index, { profile: reader.profile, taste }, TOP).choices.map(({ paper }) => paper);
    const order = index.papers.slice(0, TOP).map(({ paper }) => paper.id);
    gains.push([gainOf(rank(reader.taste)), gainOf(rank(undefined)), gainOf(order)]);
  }
  const mean = (column: 0 | 1 | 2) => meanOf(gains.map((each) => each[column]));
  const votes = [...liked.values()].reduce((sum, papers) => sum + papers.length, 0);
  return { votes, byTaste: mean(0), byWishes: mean(1), byEdition: mean(2) };
}

/** Readers are resampled, not their weeks: those of one are alike. */
function sumUp(all: readonly Gains[]) {
  const weeksOf = new Map<number, Gains[]>();
  for (const each of all) {
    weeksOf.set(each.subscriberId, [...(weeksOf.get(each.subscriberId) ?? []), each]);
  }
  const figure = (of: (gains: Gains) => number) =>
    figureOf([...weeksOf.values()].map((weeks) => meanOf(weeks.map(of))));
  return {
    readers: weeksOf.size,
    votes: all.reduce((sum, { votes }) => sum + votes, 0),
    byTaste: figure(({ byTaste }) => byTaste),
    byWishes: figure(({ byWishes }) => byWishes),
    byEdition: figure(({ byEdition }) => byEdition),
    gain: figure(({ byTaste, byWishes }) => byTaste - byWishes),
  };
}
