import type { EditionTexts } from '../core/edition/edition.ts';
import type { DigestContent } from '../core/letter/digest.ts';
import { rankPapers } from '../core/ranking/ranking.ts';
import {
  buildRankingIndex,
  joinIndexes,
  type RankingIndex,
} from '../core/ranking/ranking-index.ts';
import type { Taste } from '../core/ranking/taste.ts';
import type { Exclusion, Subscription } from '../core/reader/subscription.ts';
import type { Store } from '../store/store.ts';

/** No coverage window is longer: two intervals of a weekly reader. */
const LONGEST_WINDOW_MS = 15 * 24 * 3_600_000;

/** The editions that any reader may be given now, each indexed once for all readers. */
export interface LoadedEditions {
  readonly released: readonly { readonly id: number; readonly cutAt: Date }[];
  readonly texts: ReadonlyMap<number, EditionTexts>;
  /** The index of some of them together. */
  indexOf(editionIds: readonly number[]): RankingIndex;
}

/** Loads the released editions of the longest window, or `only` one whatever its age. */
export async function loadEditions(
  store: Store,
  now: Date,
  only?: number,
): Promise<LoadedEditions> {
  const since = new Date(now.getTime() - LONGEST_WINDOW_MS);
  const recent = await store.editions.listReleased(only === undefined ? since : new Date(0));
  const released = recent.filter(({ id }) => only === undefined || id === only);
  const texts = await store.editions.listTexts(released.map(({ id }) => id));
  const indexes = new Map<number, RankingIndex>();
  for (const edition of texts) indexes.set(edition.id, await indexEdition(store, edition));
  return {
    released,
    texts: new Map(texts.map((edition) => [edition.id, edition])),
    indexOf: joinOnce(indexes),
  };
}

/** Readers of one round cover few different sets of editions: each is joined once. */
function joinOnce(indexes: ReadonlyMap<number, RankingIndex>) {
  const joined = new Map<string, RankingIndex>();
  return (ids: readonly number[]): RankingIndex => {
    const key = ids.join(',');
    const known = joined.get(key) ?? joinIndexes(ids.flatMap((id) => indexes.get(id) ?? []));
    joined.set(key, known);
    return known;
  };
}

async function indexEdition(store: Store, edition: EditionTexts): Promise<RankingIndex> {
  const stored = await store.papers.listByIds(edition.papers.map(({ paperId }) => paperId));
  const byId = new Map(stored.map((paper) => [paper.id, paper]));
  const votes = await store.votes.countByPaper(stored.map(({ id }) => id));
  const labels = new Map(edition.groups.map(({ number, label }) => [number, label]));
  return buildRankingIndex(
    edition.papers.flatMap((shown) => {
      const paper = byId.get(shown.paperId);
      return paper
        ? [
            {
              ...paper,
              votes: votes.get(paper.id) ?? 0,
              groupLabel: labels.get(shown.groupNumber) ?? '',
            },
          ]
        : [];
    }),
  );
}

/** What one reader gets, or why they get nothing. */
export type Decision = { readonly exclusion: Exclusion } | { readonly content: DigestContent };

/** The digest of one reader over some editions, or why there is none. */
export function decideDigest(
  reader: Pick<Subscription, 'profile' | 'papersPerDigest'> & {
    readonly taste?: Taste | undefined;
  },
  editions: LoadedEditions,
  covers: { editions: readonly number[]; leftOut: number },
): Decision {
  if (covers.editions.length === 0) return { exclusion: 'nothing_new' };
  const index = editions.indexOf(covers.editions);
  const { choices, hidden } = rankPapers(index, reader, reader.papersPerDigest);
  if (choices.length === 0) return { exclusion: 'nothing_matched' };
  const note = noteOn(covers);
  const content = {
    editions: covers.editions,
    choices,
    hidden: hidden.map(({ paper }) => paper),
  };
  return { content: note ? { ...content, note } : content };
}

function noteOn(covers: { editions: readonly number[]; leftOut: number }): string | undefined {
  const count = covers.editions.length;
  const several = count > 1 ? `This digest covers the ${count} editions since your last one.` : '';
  const missed =
    covers.leftOut === 1 ? 'An older edition is' : `${covers.leftOut} older editions are`;
  const left = covers.leftOut > 0 ? `${missed} too old to be included; the web has them.` : '';
  return [several, left].filter(Boolean).join(' ') || undefined;
}
