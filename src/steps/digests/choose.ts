import type { EditionPaper, EditionTexts } from '../../core/edition/edition.ts';
import { MOST_PICKS } from '../../core/edition/marks.ts';
import {
  findRising,
  MOST_RISING,
  RISING_EDITIONS,
  type RisingPaper,
  type VotedPaper,
} from '../../core/edition/rising.ts';
import type { DigestContent } from '../../core/letter/digest.ts';
import { type AmendedPaper, sayAmendment } from '../../core/paper/amendment.ts';
import type { Choice, HiddenPaper } from '../../core/ranking/choice.ts';
import { rankPapers } from '../../core/ranking/ranking.ts';
import {
  buildRankingIndex,
  joinIndexes,
  type RankingIndex,
} from '../../core/ranking/ranking-index.ts';
import type { Taste } from '../../core/ranking/taste.ts';
import type { Coverage } from '../../core/reader/coverage.ts';
import { groupHidden, type LookedAt } from '../../core/reader/outcome.ts';
import type { Exclusion, Profile, Subscription } from '../../core/reader/subscription.ts';
import type { Store } from '../../store/store.ts';
import { findRestored } from '../backup/restored.ts';

const DAY_MS = 24 * 3_600_000;
/** No coverage window is longer: two intervals of a weekly reader. */
export const LONGEST_WINDOW_MS = 15 * DAY_MS;
/** Editions that are too old to be covered are counted so far back. */
const COUNTED_MS = 400 * DAY_MS;

/** The editions that any reader may be given now, each indexed once for all readers. */
export interface LoadedEditions {
  /** Newest first. */
  readonly released: readonly { readonly id: number; readonly cutAt: Date }[];
  readonly texts: ReadonlyMap<number, EditionTexts>;
  /** The index of some of them together. */
  indexOf(editionIds: readonly number[]): RankingIndex;
  /** Of the last editions, the steepest first. */
  readonly rising: readonly RisingPaper[];
  readonly risingIndex: RankingIndex;
  /** Papers that were corrected or retracted lately, the newest first, each with the moment we saw it. */
  readonly amended: readonly (AmendedPaper & { readonly at: Date })[];
}

/** Loads the released editions of the longest window, without those that a restore set aside. */
export async function loadEditions(store: Store, now: Date): Promise<LoadedEditions> {
  const known = await store.editions.listReleased(new Date(now.getTime() - COUNTED_MS));
  const aside = (await findRestored(store))?.setAside ?? 0;
  const released = known.filter(({ id }) => id > aside);
  const isInWindow = (cutAt: Date) => now.getTime() - cutAt.getTime() <= LONGEST_WINDOW_MS;
  const wanted = released.filter(({ cutAt }) => isInWindow(cutAt));
  const texts = await store.editions.listTexts(wanted.map(({ id }) => id));
  const indexes = new Map<number, RankingIndex>();
  for (const edition of texts) indexes.set(edition.id, await indexEdition(store, edition));
  const byId = new Map(texts.map((edition) => [edition.id, edition]));
  const last = wanted.slice(0, RISING_EDITIONS).map(({ id }) => id);
  const voted = last.flatMap((id) => countVotes(byId.get(id), indexes.get(id)));
  const rising = findRising(voted);
  const isRising = new Set(rising.map(({ paper }) => paper));
  const entries = last.flatMap((id) => indexes.get(id)?.papers ?? []);
  const risingIndex = buildRankingIndex(
    entries.map(({ paper }) => paper).filter(({ id }) => isRising.has(id)),
  );
  const amended = await listAmended(store, now);
  return { released, texts: byId, indexOf: joinOnce(indexes), rising, risingIndex, amended };
}

/** Loads one edition that was cut, whatever its age and state. Throws where it is not there. */
export async function loadEdition(store: Store, editionId: number): Promise<LoadedEditions> {
  const [texts] = await store.editions.listTexts([editionId]);
  if (!texts) throw new Error(`there is no edition ${editionId}`);
  return loadTexts(store, texts);
}

/** Indexes one edition by what it shows, stored or not: its papers are. */
export async function loadTexts(store: Store, texts: EditionTexts): Promise<LoadedEditions> {
  const index = await indexEdition(store, texts);
  return {
    released: [],
    texts: new Map([[texts.id, texts]]),
    indexOf: () => index,
    rising: [],
    risingIndex: buildRankingIndex([]),
    amended: [],
  };
}

/** No reader waits longer for a digest than this; what was amended before was told, or concerned nobody. */
const AMENDED_MS = 60 * DAY_MS;
const MOST_AMENDED = 500;

async function listAmended(store: Store, now: Date): Promise<LoadedEditions['amended']> {
  const rows = await store.papers.listAmended(new Date(now.getTime() - AMENDED_MS), MOST_AMENDED);
  return rows.map(({ id, title, kind, said, saidAt, link, amendedAt }) => {
    const where = saidAt ?? link;
    const words = sayAmendment({ kind, title: said }, title);
    return { paper: id, kind, title, said: words, ...(where && { link: where }), at: amendedAt };
  });
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

function countVotes(edition?: EditionTexts, index?: RankingIndex): VotedPaper[] {
  if (!edition || !index) return [];
  const votesAtCut = new Map(edition.papers.map((p: EditionPaper) => [p.paperId, p.upvotes]));
  return index.papers.map(({ paper }) => ({
    edition: edition.id,
    paper: paper.id,
    votes: paper.upvotes ?? 0,
    votesAtCut: votesAtCut.get(paper.id) ?? 0,
  }));
}

/** What one reader gets, or why they get nothing, with what was looked at. */
export type Decision =
  | { readonly exclusion: Exclusion; readonly lookedAt?: LookedAt }
  | { readonly content: DigestContent };

/** What a digest is made of: the editions to cover, and what this reader was shown of others. */
export interface Covered extends Coverage {
  /** Papers of the last editions that a message of theirs showed; absent where none may rise. */
  readonly shown?: ReadonlySet<number>;
  /** Papers that a message showed as rising: they are not brought again with their edition. */
  readonly risen?: ReadonlySet<number>;
  /** Papers that they were sent and that were corrected or retracted since their last message. */
  readonly amended?: readonly AmendedPaper[];
}

/** The digest of one reader over some editions, or why there is none. */
export function decideDigest(
  reader: Pick<Subscription, 'profile' | 'papersPerDigest'> & {
    readonly taste?: Taste | undefined;
  },
  editions: LoadedEditions,
  covers: Covered,
): Decision {
  if (covers.editions.length === 0) return { exclusion: 'nothing_new' };
  const index = editions.indexOf(covers.editions);
  const all = index.papers;
  const ranked = { ...reader, passed: covers.risen };
  const { choices, hidden } = rankPapers(index, ranked, reader.papersPerDigest);
  if (choices.length === 0) {
    const looked = { editions: covers.editions, papers: all.length, hidden: groupHidden(hidden) };
    return { exclusion: 'nothing_matched', lookedAt: looked };
  }
  const texts = covers.editions.flatMap((id) => editions.texts.get(id) ?? []);
  const picks = pickFor({ choices, hidden, texts, risen: covers.risen });
  const rising = riseFor(reader, editions, covers);
  const risen = all.map(({ paper }) => paper.id).filter((id) => covers.risen?.has(id));
  const content: DigestContent = {
    editions: covers.editions,
    choices: [...choices, ...picks],
    ...(hidden.length > 0 ? { hidden } : {}),
    ...(rising.length > 0 ? { rising } : {}),
    ...(risen.length > 0 ? { risen } : {}),
    ...(covers.amended?.length ? { amended: covers.amended } : {}),
    ...(covers.leftOut > 0 ? { leftOut: covers.leftOut } : {}),
  };
  return { content };
}

/** What the editors picked of these editions, the newest first, and that the reader does not get or refuse anyway. */
function pickFor(given: {
  readonly choices: readonly Choice[];
  readonly hidden: readonly HiddenPaper[];
  readonly texts: readonly EditionTexts[];
  readonly risen: ReadonlySet<number> | undefined;
}): Choice[] {
  const { choices, hidden, texts, risen } = given;
  const elsewhere = new Set([...choices, ...hidden].map(({ paper }) => paper));
  const picks = texts.flatMap(({ papers }) =>
    papers
      .filter(({ pick }) => pick !== null)
      .sort((a, b) => (a.pick ?? 0) - (b.pick ?? 0))
      .map(({ paperId }) => paperId),
  );
  return picks
    .filter((paper) => !elsewhere.has(paper) && !risen?.has(paper))
    .slice(0, MOST_PICKS)
    .map((paper) => ({ paper, reason: '', place: 'picked' as const }));
}

/** Rising papers that fit what the reader follows and that no message to them showed. */
function riseFor(
  reader: { readonly profile: Profile; readonly taste?: Taste | undefined },
  { rising, risingIndex }: LoadedEditions,
  covers: Covered,
): RisingPaper[] {
  const { shown } = covers;
  if (!shown) return [];
  const isNew = ({ edition, paper }: RisingPaper) =>
    !covers.editions.includes(edition) && !shown.has(paper);
  const unseen = new Set(rising.filter(isNew).map(({ paper }) => paper));
  if (unseen.size === 0) return [];
  const seen = rising.map(({ paper }) => paper).filter((paper) => !unseen.has(paper));
  const profile = { ...reader.profile, surprise: false };
  const ranked = { ...reader, profile, passed: new Set(seen) };
  const { choices } = rankPapers(risingIndex, ranked, risingIndex.papers.length);
  const fitting = new Set(choices.map(({ paper }) => paper));
  return rising.filter(({ paper }) => fitting.has(paper)).slice(0, MOST_RISING);
}
