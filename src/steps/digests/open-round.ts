import {
  type Due,
  dueUntil,
  isPassed,
  quarterOf,
  type Schedule,
} from '../../core/reader/schedule.ts';
import type { Candidate } from '../../store/ledger/rounds.ts';
import { findRestored } from '../backup/restored.ts';
import type { Outside } from '../steps.ts';

const CHUNK = 1_000;

/**
 * Opens a round with everyone who is due, each on their next recorded date; undefined
 * where nobody is. Dates that passed while the service was down are recorded as missed: only
 * the newest one gets a digest, unless the next is nearer by now. Dates before a restore are
 * excluded: what is not recorded of them may have been sent. With `only`, a round of one, before
 * their wishes change or end: what fell due until then has its outcome too.
 */
export async function openRound(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  only?: number,
): Promise<number | undefined> {
  const at = now();
  if (!(await store.subscribers.hasDue(at, only))) return undefined;
  // One transaction: nobody may freeze a round that is still being filled.
  return store.transaction(async (tx) => {
    let roundId: number | undefined;
    const restored = await findRestored(tx);
    const restoredAt = restored && new Date(restored.restoredAt);
    for (;;) {
      const due = await tx.subscribers.lockDue(at, { most: CHUNK, only });
      if (due.length === 0) return roundId;
      roundId ??= (await tx.rounds.insert({ at: quarterOf(at), openedAt: at })).id;
      const dates = due.map(({ ids, schedule, due: first }) => ({
        ids,
        schedule,
        ...dueUntil(schedule, first, at),
      }));
      const candidates = dates.flatMap((each) => toCandidates(each, { at, restoredAt }));
      await tx.rounds.insertCandidates(roundId, candidates);
      await tx.subscribers.recordNextDue(dates.map(({ ids, next }) => ({ ids, due: next })));
    }
  });
}

/** Readers of one schedule, and the dates on which they fell due. */
export interface DueTogether {
  readonly ids: readonly number[];
  readonly schedule: Schedule;
  readonly past: readonly Due[];
  readonly next: Due;
}

/** A candidate for each of their dates: the newest is open, unless the next is nearer. */
export function toCandidates(
  { ids, schedule, past, next }: DueTogether,
  { at, restoredAt }: { at: Date; restoredAt: Date | undefined },
): Candidate[] {
  return past.flatMap((due, index) => {
    const isMissed = index < past.length - 1 || isPassed(schedule, { due, next }, at);
    const exclusion = restoredAt && due.at <= restoredAt ? 'restored' : isMissed ? 'missed' : null;
    const date = { localDate: due.date, dueAt: due.at.toISOString(), exclusion } as const;
    return ids.map((subscriptionId) => ({ subscriptionId, ...date }));
  });
}
