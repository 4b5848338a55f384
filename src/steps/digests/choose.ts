import type { EditionPaper, EditionTexts } from '../../core/edition/edition.ts';
import { MOST_PICKS } from '../../core/edition/marks.ts';
import {
  findRising,
  MOST_RISING,
  RISING_EDITIONS,
  type RisingPaper,
  type VotedPaper,
} from '../../core/edition/rising.ts';
import type { DigestContent } from '../../core/letter/digest-content.ts';
import type { ChosenItems } from '../../core/letter/digest-items.ts';
import { sayGroup } from '../../core/letter/group-words.ts';
import { type AmendedPaper, sayAmendment } from '../../core/paper/amendment.ts';
import type { Background } from '../../core/ranking/background.ts';
import type { Choice, Ranking } from '../../core/ranking/choice.ts';
import { rankPapers } from '../../core/ranking/ranking.ts';
import {
  buildRankingIndex,
  joinIndexes,
  type RankablePaper,
  type RankingIndex,
} from '../../core/ranking/ranking-index.ts';
import type { Taste } from '../../core/ranking/taste.ts';
import type { Coverage } from '../../core/reader/coverage.ts';
import type { KeptWeek } from '../../core/reader/kept.ts';
import { groupHidden, type LookedAt } from '../../core/reader/outcome.ts';
import type { Exclusion, Profile, Subscription } from '../../core/reader/subscription.ts';
import { english } from '../../core/words/words.ts';
import type { Store } from '../../store/store.ts';
import { findRestored } from '../backup/restored.ts';
import { findBackground } from '../editions/learned.ts';

const DAY_MS = 24 * 3_600_000;
/** No coverage window is longer: two intervals of a weekly reader. */
export const LONGEST_WINDOW_MS = 15 * DAY_MS;
/** Editions that are too old to be covered are counted so far back. */
const COUNTED_MS = 400 * DAY_MS;

/** Some editions as everybody who gets them all is given them. */
export interface JoinedEditions {
  readonly index: RankingIndex;
  /** What the editors picked of them, the newest edition's first. */
  readonly picks: readonly number[];
}

/** The editions that any reader may be given now, each indexed once for all readers. */
export interface LoadedEditions {
  /** Newest first. */
  readonly released: readonly { readonly id: number; readonly cutAt: Date }[];
  readonly texts: ReadonlyMap<number, EditionTexts>;
  /** Some of them together. */
  join(editionIds: readonly number[]): JoinedEditions;
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
  const papers = await listRankable(store, texts);
  const background = await findBackground(store);
  const byId = new Map(texts.map((edition) => [edition.id, edition]));
  const last = wanted.slice(0, RISING_EDITIONS).map(({ id }) => id);
  const rising = findRising(last.flatMap((id) => countVotes(byId.get(id), papers.get(id))));
  const isRising = new Set(rising.map(({ paper }) => paper));
  const risingIndex = buildRankingIndex(
    last.flatMap((id) => papers.get(id) ?? []).filter(({ id }) => isRising.has(id)),
    background,
  );
  const amended = await listAmended(store, now);
  const join = joinOnce({ texts: byId, papers, background });
  return { released, texts: byId, join, rising, risingIndex, amended };
}

/** Loads one edition that was cut, whatever its age and state. Throws where it is not there. */
export async function loadEdition(store: Store, editionId: number): Promise<LoadedEditions> {
  const [texts] = await store.editions.listTexts([editionId]);
  if (!texts) throw new Error(`there is no edition ${editionId}`);
  return loadTexts(store, texts);
}

/** Indexes one edition by what it shows, stored or not: its papers are. */
export async function loadTexts(store: Store, edition: EditionTexts): Promise<LoadedEditions> {
  const texts = new Map([[edition.id, edition]]);
  const papers = await listRankable(store, [edition]);
  const background = await findBackground(store);
  return {
    released: [],
    texts,
    join: joinOnce({ texts, papers, background }),
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

type PapersByEdition = ReadonlyMap<number, readonly RankablePaper[]>;

/**
 * Readers of one round cover few different sets of editions: each is joined once, and an edition
 * that nobody is given now is never indexed.
 */
function joinOnce({
  texts,
  papers,
  background,
}: {
  texts: ReadonlyMap<number, EditionTexts>;
  papers: PapersByEdition;
  background: Background | undefined;
}) {
  const indexes = new Map<number, RankingIndex>();
  const indexOf = (id: number): RankingIndex => {
    const index = indexes.get(id) ?? buildRankingIndex(papers.get(id) ?? [], background);
    indexes.set(id, index);
    return index;
  };
  const joined = new Map<string, JoinedEditions>();
  return (ids: readonly number[]): JoinedEditions => {
    const key = ids.join();
    const known = joined.get(key) ?? {
      index: joinIndexes(ids.filter((id) => papers.has(id)).map(indexOf)),
      picks: listPicks(ids.flatMap((id) => texts.get(id) ?? [])),
    };
    joined.set(key, known);
    return known;
  };
}

function listPicks(editions: readonly EditionTexts[]): number[] {
  return editions.flatMap(({ papers }) =>
    papers
      .filter(({ pick }) => pick !== null)
      .sort((a, b) => (a.pick ?? 0) - (b.pick ?? 0))
      .map(({ paperId }) => paperId),
  );
}

/** The papers of some editions as the ranking sees them, in the order of each edition. */
async function listRankable(
  store: Store,
  editions: readonly EditionTexts[],
): Promise<PapersByEdition> {
  const ids = editions.flatMap(({ papers }) => papers.map(({ paperId }) => paperId));
  const stored = new Map((await store.papers.listByIds(ids)).map((paper) => [paper.id, paper]));
  const votes = await store.votes.countByPaper(ids);
  return new Map(
    editions.map(({ id, papers, groups }) => {
      const labels = new Map(
        groups.map((group) => sayGroup(group, english)).map(({ number, label }) => [number, label]),
      );
      const rankable = papers.flatMap(({ paperId, groupNumber }) => {
        const paper = stored.get(paperId);
        const groupLabel = labels.get(groupNumber) ?? '';
        return paper ? [{ ...paper, votes: votes.get(paperId) ?? 0, groupLabel }] : [];
      });
      return [id, rankable];
    }),
  );
}

function countVotes(edition?: EditionTexts, papers: readonly RankablePaper[] = []): VotedPaper[] {
  if (!edition) return [];
  const votesAtCut = new Map(edition.papers.map((p: EditionPaper) => [p.paperId, p.upvotes]));
  return papers.map(({ id, upvotes = 0 }) => ({
    edition: edition.id,
    paper: id,
    votes: upvotes,
    votesAtCut: votesAtCut.get(id) ?? 0,
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
  /** Papers that a message showed as rising or beside the editions, or that this one does: they are not brought again with their edition. */
  readonly risen?: ReadonlySet<number>;
  /** What was named to them alone, and the date of a digest of that alone. */
  readonly items?: ChosenItems & { readonly date: string };
  /** What they kept last week, where it is told this time. */
  readonly kept?: KeptWeek;
  /** Papers that they were sent and that were corrected or retracted since their last message. */
  readonly amended?: readonly AmendedPaper[];
  /** True for who is in a circle. */
  readonly inCircle?: boolean;
}

/**
 * The digest of one reader over some editions and what was named to them, or why there is none. What
 * was named brings a digest by itself; editions of which nothing is for them are not covered by it.
 */
export function decideDigest(reader: Wishing, editions: LoadedEditions, covers: Covered): Decision {
  return addNamed(decideEditions(reader, editions, covers), covers);
}

/** Who a digest is for, as far as its papers depend on it. */
type Wishing = Pick<Subscription, 'profile' | 'papersPerDigest'> & {
  readonly taste?: Taste | undefined;
};

/** The same but for what was named to them alone: it is the same for all who ask for the same. */
export function decideEditions(
  reader: Wishing,
  editions: LoadedEditions,
  covers: Covered,
): Decision {
  if (reader.profile.itemsOnly) return { exclusion: 'nothing_named' };
  if (covers.editions.length === 0) return { exclusion: 'nothing_new' };
  const { index, picks } = editions.join(covers.editions);
  const { profile, taste, papersPerDigest } = reader;
  const ranking = rankPapers(index, { profile, taste, passed: covers.risen }, papersPerDigest);
  const { choices, hidden } = ranking;
  if (choices.length === 0) {
    const papers = index.papers.length;
    const looked = { editions: covers.editions, papers, hidden: groupHidden(hidden) };
    return { exclusion: 'nothing_matched', lookedAt: looked };
  }
  const rising = riseFor(reader, editions, covers);
  const risen = covers.risen?.size ? listRisen(index, covers.risen) : [];
  const content: { -readonly [Part in keyof DigestContent]: DigestContent[Part] } = {
    editions: covers.editions,
    choices: picks.length === 0 ? choices : [...choices, ...pickFor(ranking, picks, covers.risen)],
  };
  if (hidden.length > 0) content.hidden = hidden;
  if (rising.length > 0) content.rising = rising;
  if (risen.length > 0) content.risen = risen;
  if (covers.amended?.length) content.amended = covers.amended;
  if (covers.leftOut > 0) content.leftOut = covers.leftOut;
  if (covers.inCircle) content.inCircle = true;
  if (covers.kept) content.kept = covers.kept;
  return { content };
}

/** A digest of editions, or none, with what was named to its reader alone. */
export function addNamed(decision: Decision, covers: Covered): Decision {
  const { items, kept } = covers;
  if (!items) return decision;
  if ('exclusion' in decision) {
    return { content: { ...nameAlone(items, covers), ...(kept && { kept }) } };
  }
  return { content: { ...decision.content, ...viewNamed(items) } };
}

/** A digest of what was named alone. */
function nameAlone(
  items: ChosenItems & { readonly date: string },
  { inCircle }: Pick<Covered, 'inCircle'>,
): DigestContent {
  const { date } = items;
  return { editions: [], choices: [], ...viewNamed(items), date, ...(inCircle && { inCircle }) };
}

function viewNamed({ items, more }: ChosenItems): Pick<DigestContent, 'items' | 'moreItems'> {
  return Object.keys(more).length > 0 ? { items, moreItems: more } : { items };
}

function listRisen({ papers }: RankingIndex, risen: ReadonlySet<number>): number[] {
  return papers.map(({ paper }) => paper.id).filter((id) => risen.has(id));
}

/** What the editors picked and that the reader does not get or refuse anyway. */
function pickFor(
  { choices, hidden }: Ranking,
  picks: readonly number[],
  risen: ReadonlySet<number> | undefined,
): Choice[] {
  const elsewhere = new Set([...choices, ...hidden].map(({ paper }) => paper));
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
): readonly RisingPaper[] {
  const { shown } = covers;
  if (!shown || rising.length === 0) return [];
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
