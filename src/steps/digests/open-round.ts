import { type Due, dueUntil, quarterOf } from '../../core/reader/schedule.ts';
import type { Candidate } from '../../store/ledger/rounds.ts';
import type { DueSubscription } from '../../store/readers/subscribers.ts';
import { findRestored } from '../backup/restored.ts';
import type { Outside } from '../steps.ts';

const CHUNK = 1_000;

/**
 * Opens a round with everyone who is due, each on their next recorded date; undefined
 * where nobody is. Dates that passed while the service was down are recorded as missed:
 * only the newest one gets a digest. Dates before a restore are excluded: what is not
 * recorded of them may have been sent. With `only`, a round of one, before their wishes
 * change or end: what fell due until then has its outcome too.
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
    const datesOf = dateOnce(at);
    for (;;) {
      const due = await tx.subscribers.lockDue(at, { most: CHUNK, only });
      if (due.length === 0) return roundId;
      roundId ??= (await tx.rounds.insert({ at: quarterOf(at), openedAt: at })).id;
      const dates = due.map((reader) => ({ id: reader.id, ...datesOf(reader) }));
      await tx.rounds.insertCandidates(
        roundId,
        dates.flatMap(({ id, past }) => toCandidates(id, past, restoredAt)),
      );
      await tx.subscribers.recordNextDue(dates.map(({ id, next }) => ({ id, due: next })));
    }
  });
}

/** The dates until a moment, counted once for all who are due at the same times. */
function dateOnce(at: Date) {
  const known = new Map<string, ReturnType<typeof dueUntil>>();
  return ({ schedule, due }: DueSubscription) => {
    const { days, minuteOfDay, zone } = schedule;
    const key = `${days.join()} ${minuteOfDay} ${zone} ${due.date} ${due.at.getTime()}`;
    const dates = known.get(key) ?? dueUntil(schedule, due, at);
    known.set(key, dates);
    return dates;
  };
}

function toCandidates(
  subscriptionId: number,
  past: readonly Due[],
  restoredAt: Date | undefined,
): Candidate[] {
  return past.map((due, index) => ({
    subscriptionId,
    localDate: due.date,
    dueAt: due.at,
    exclusion:
      restoredAt && due.at <= restoredAt ? 'restored' : index < past.length - 1 ? 'missed' : null,
  }));
}
