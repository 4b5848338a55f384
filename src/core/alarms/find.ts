import type { TroubledChannel } from '../channels/standing.ts';
import { type FeedDayState, isFeedFailure } from '../feed/feed-state.ts';
import { countOf, momentOf } from '../text/words.ts';
import { type StoppedWebhook, tellStopped } from '../webhooks/stopped.ts';
import type { Finding } from './alarm.ts';

/** A worker process that lives. */
export interface WatchedWorker {
  readonly host: string;
  readonly pid: number;
  /** Since something came back through its queue. */
  readonly silentSeconds: number;
}

/** A process, and what one turn of a hundred of its event loop was late by. */
export interface BusyLoop {
  readonly process: string;
  readonly delayMs: number;
}

/** What alarms are found in; everything was read at `at`. */
export interface AlarmFacts {
  readonly at: Date;
  /** What the ledger's own checks found. */
  readonly ledger: readonly Finding[];
  readonly workers: readonly WatchedWorker[];
  /** How long a worker's queue may be silent. */
  readonly longestSilenceSeconds: number;
  /** Processes that kept others waiting within the last minutes. */
  readonly loops: readonly BusyLoop[];
  readonly cut: CutFacts;
  readonly morning: DueFacts;
  /** How the feeds were on the last day that was cut. */
  readonly feeds: readonly (FeedDayState & { readonly name: string })[];
  /** Channels that need a person. */
  readonly channels: readonly TroubledChannel[];
  /** Webhooks that nobody switched off by hand. */
  readonly webhooks: readonly StoppedWebhook[];
}

export interface CutFacts {
  /** When the open draft is to be cut; null where there is none. */
  readonly dueAt: Date | null;
  /** How long a cut waits for a late feed. */
  readonly waitMs: number;
  /** Editions that were closed to new papers and are not written yet. */
  readonly unwritten: readonly { readonly name: string; readonly cutAt: Date }[];
}

export interface DueFacts {
  /** The longest that readers are due without a round; absent where nobody is. */
  readonly dueSince: Date | undefined;
  /** When the first round was opened since the cut, of whose digests none was accepted though some should be. */
  readonly silentSince: Date | undefined;
  /** How long after that something should have been accepted. */
  readonly patienceMs: number;
}

/** Beyond the wait for a late feed, before somebody is told. */
const CUT_PATIENCE_MS = 30 * 60_000;

/** What somebody has to be told of: what stops mail, or has already. */
export function findAlarms(facts: AlarmFacts): Finding[] {
  return [
    ...facts.ledger,
    ...findWorkerFaults(facts.workers, facts.longestSilenceSeconds),
    ...facts.loops.map(({ process, delayMs }) => ({
      name: 'busy' as const,
      subject: `process ${process}`,
      detail: `its event loop was late by ${delayMs} ms one time in a hundred`,
    })),
    ...findCutFaults(facts.cut, facts.at),
    ...findSilence(facts),
    ...facts.feeds.filter(isFeedFailure).map(({ name, state, reason }) => ({
      name: 'feed' as const,
      subject: name,
      detail: `${state} (${reason.replace(/[.]$/, '')})`,
    })),
    ...facts.channels.map(({ name, words }) => ({
      name: 'channel' as const,
      subject: name,
      detail: words,
    })),
    ...facts.webhooks.map((webhook) => ({
      name: 'webhook' as const,
      subject: webhook.name,
      detail: tellStopped(webhook),
    })),
  ];
}

/** Promised is a quarter of it; more than this a visitor feels. */
const LATEST_LOOP_MS = 200;

/** Whether a loop is so late that somebody is to be told. */
export function isBusy({ delayMs }: Pick<BusyLoop, 'delayMs'>): boolean {
  return delayMs > LATEST_LOOP_MS;
}

/** That no worker lives, or one through whose queue nothing comes. */
export function findWorkerFaults(
  workers: readonly WatchedWorker[],
  longestSilenceSeconds: number,
): Finding[] {
  if (workers.length === 0) {
    return [{ name: 'no_worker', subject: 'workers', detail: 'no worker runs' }];
  }
  return workers
    .filter(({ silentSeconds }) => silentSeconds > longestSilenceSeconds)
    .map(({ host, pid, silentSeconds }) => ({
      name: 'wedged',
      subject: `worker ${host}/${pid}`,
      detail: `nothing came through the queue of worker ${host}/${pid} for ${silentSeconds} s`,
    }));
}

function findCutFaults({ dueAt, waitMs, unwritten }: CutFacts, at: Date): Finding[] {
  const isLate = (since: Date, mayMs: number) => at.getTime() - since.getTime() > mayMs;
  const late = unwritten.find(({ cutAt }) => isLate(cutAt, CUT_PATIENCE_MS));
  if (late) {
    const detail = `it was closed to new papers at ${momentOf(late.cutAt)} and is not written yet`;
    return [{ name: 'no_edition', subject: `edition ${late.name}`, detail }];
  }
  if (!dueAt || !isLate(dueAt, waitMs + CUT_PATIENCE_MS)) return [];
  const detail = `the draft was to be cut at ${momentOf(dueAt)} and is still open`;
  return [{ name: 'no_edition', subject: 'the draft', detail }];
}

/** The first due hour is past and nothing was accepted. While a cut is due, readers wait for it. */
function findSilence({ at, cut, morning }: AlarmFacts): Finding[] {
  if (cut.dueAt && cut.dueAt <= at) return [];
  const { dueSince, silentSince, patienceMs } = morning;
  const isPast = (since: Date | undefined): since is Date =>
    since !== undefined && at.getTime() - since.getTime() > patienceMs;
  const minutes = countOf(Math.round(patienceMs / 60_000), 'minute');
  if (isPast(silentSince)) {
    const detail = `${minutes} after the round of ${momentOf(silentSince)} the mail server has accepted none of its digests`;
    return [{ name: 'nothing_accepted', subject: 'the morning', detail }];
  }
  if (!isPast(dueSince)) return [];
  const detail = `readers are due since ${momentOf(dueSince)} and no round was opened for them`;
  return [{ name: 'nothing_accepted', subject: 'the morning', detail }];
}
