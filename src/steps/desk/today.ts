import { findTroubles } from '../../core/citations/trouble.ts';
import { tellFailure } from '../../core/desk/failures.ts';
import { findNeeds, measureProgress, type Need, type Progress } from '../../core/desk/today.ts';
import type { Unfinished } from '../../core/desk/unfinished.ts';
import { type EditionState, tellDraft, tellState } from '../../core/edition/edition.ts';
import type { DeliveryState } from '../../core/letter/delivery.ts';
import { nameStandstill } from '../../core/letter/standstill.ts';
import { publicationDate, startOfDate } from '../../core/reader/schedule.ts';
import { exclusions } from '../../core/reader/subscription.ts';
import type { Pause } from '../../store/ledger/pauses.ts';
import { listTroubled } from '../channels/troubled.ts';
import { readHealth } from '../deliveries/health.ts';
import { readWarmUp, type WarmUpState } from '../deliveries/warm-up.ts';
import { type JudgedFeed, judgeFeedsNow } from '../feeds/judge-feeds.ts';
import type { Outside } from '../steps.ts';
import { listStopped } from '../webhooks/stopped.ts';
import { listUnfinished } from './unfinished.ts';

/** So many of one kind, in words. */
export interface Counted {
  readonly words: string;
  readonly count: number;
}

/** The morning on one screen. Times are those of the call. */
export interface Today {
  /** The day of publication that it is. */
  readonly date: string;
  readonly feeds: readonly JudgedFeed[];
  readonly draft: {
    readonly papers: number;
    readonly cutDueAt: Date | null;
    /** Both in words. */
    readonly words: string;
  } | null;
  /** The newest that was cut, with what it shows. */
  readonly edition: {
    readonly name: string;
    readonly state: EditionState;
    /** The same in words, with what stops it. */
    readonly stateWords: string;
    readonly papers: number;
    readonly groups: number;
    readonly cutAt: Date | null;
    /** Null where no reader may have it. */
    readonly releasedAt: Date | null;
  } | null;
  /** Everyone who was due since its cut: candidates = deliveries + exclusions, once no round is open. */
  readonly accounts: {
    readonly candidates: number;
    readonly deliveries: number;
    readonly exclusions: number;
    readonly erased: number;
    readonly openRounds: number;
    readonly isBalanced: boolean;
  };
  readonly states: Readonly<Record<DeliveryState, number>>;
  /** Second copies since the cut; they are in no account of the schedule. */
  readonly copies: number;
  readonly excluded: readonly Counted[];
  /** What did not arrive, by cause, with the last words of a server to one of them. */
  readonly failures: readonly (Counted & {
    readonly state: DeliveryState;
    readonly cause: string | null;
    readonly reply: string | null;
  })[];
  readonly progress: Progress;
  /** Null where no warm-up goes on. */
  readonly warmUp: WarmUpState | null;
  readonly needs: readonly Need[];
  /** Editions besides the newest that are not at their end, and one that was cancelled. */
  readonly unfinished: readonly Unfinished[];
}

const PACE_MS = 2 * 60_000;

/** Gathers the morning: what the page, the command and the API show of it. */
export async function gatherToday(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
): Promise<Today> {
  const { store, config, now } = outside;
  const { overview } = store;
  const date = publicationDate(config.cut, now());
  const pauses = await store.pauses.listActive();
  const edition = await findEdition(store, pauses);
  const since = edition?.cutAt ?? startOfDate(config.cut.zone, date);
  const feeds = await judgeFeedsNow(outside);
  const sums = await overview.sumRounds(since);
  const states = sumStates(await overview.countStates(since));
  const excluded = await overview.countExclusions(since);
  const failures = await overview.countFailures(since);
  const draft = await store.editions.findDraft();
  const papers = draft ? await store.papers.countOfEdition(draft.id) : 0;
  const gathered = { papers, cutDueAt: draft?.cutDueAt ?? null };
  const accepted = await overview.countAcceptedSince(new Date(now().getTime() - PACE_MS));
  const open = states.ready + states.sending + states.deferred;
  const isPaused = pauses.some(
    (pause) => pause.scope === 'all' || (edition !== null && pause.edition === edition.name),
  );
  const warmUp = (await readWarmUp(outside)) ?? null;
  const { open: openRounds, ...counts } = sums;
  const isBalanced = openRounds > 0 || counts.candidates === counts.deliveries + counts.exclusions;
  return {
    date,
    feeds,
    draft: draft ? { ...gathered, words: tellDraft(gathered, now()) } : null,
    edition,
    accounts: { ...counts, openRounds, isBalanced },
    states,
    copies: await overview.countCopies(since),
    excluded: excluded.map(({ exclusion, count }) => ({ words: exclusions[exclusion], count })),
    failures: failures.map((failure) => ({ ...failure, words: tellFailure(failure) })),
    progress: measureProgress({
      total: counts.deliveries,
      open,
      accepted,
      inMs: PACE_MS,
      isPaused,
      heldForMs: warmUp?.spreadUntil ? warmUp.spreadUntil.getTime() - now().getTime() : 0,
    }),
    warmUp,
    needs: await gatherNeeds(outside, { feeds, pauses }),
    unfinished: await listUnfinished(outside, edition?.name, pauses),
  };
}

async function findEdition(
  store: Outside['store'],
  pauses: readonly Pause[],
): Promise<Today['edition']> {
  const [edition] = await store.editions.listCut(1);
  if (!edition) return null;
  const [texts] = await store.editions.listTexts([edition.id]);
  const { name, state, cutAt, releasedAt } = edition;
  const [papers, groups] = [texts?.papers.length ?? 0, texts?.groups.length ?? 0];
  const pause = pauses.find(({ editionId }) => editionId === edition.id);
  const stateWords = tellState(edition, pause);
  return { name: name ?? '', state, stateWords, papers, groups, cutAt, releasedAt };
}

/** Counts by state, those of no delivery with it. */
export function sumStates(
  rows: readonly { readonly state: DeliveryState; readonly count: number }[],
): Record<DeliveryState, number> {
  const sums = { ready: 0, sending: 0, deferred: 0, accepted: 0, failed: 0, in_doubt: 0 };
  for (const { state, count } of rows) sums[state] += count;
  return sums;
}

async function findCitationTroubles({
  store,
  config,
  now,
}: Pick<Outside, 'store' | 'config' | 'now'>) {
  if (!config.feeds.isLookingUp) return [];
  return findTroubles(await store.citationTurns.countLate(now()), now());
}

async function gatherNeeds(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
  { feeds, pauses }: { feeds: readonly JudgedFeed[]; pauses: readonly Pause[] },
): Promise<Need[]> {
  const { store } = outside;
  const health = await readHealth(outside);
  const held = await store.editions.listHeld();
  const names = await store.editions.listNames(held.map(({ id }) => id));
  return findNeeds({
    faults: health.reasons,
    // What somebody cancelled is at its end.
    pauses: pauses
      .filter(({ cancels }) => !cancels)
      .map((pause) => ({ ...pause, what: nameStandstill(pause) })),
    held: names.map(({ name }) => name),
    doubts: await store.overview.countDoubts(),
    bounced: await store.pauses.countHeldSuppressions(),
    inbox: await store.inbound.countKept(),
    reported: await store.proposals.countReported(),
    feeds,
    channels: await listTroubled(outside),
    webhooks: await listStopped(outside),
    alerts: await store.alertMails.countUnread(),
    citations: await findCitationTroubles(outside),
  });
}
