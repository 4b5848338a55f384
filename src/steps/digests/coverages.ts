import { type Coverage, type CutEdition, findCoverage } from '../../core/reader/coverage.ts';
import type { PendingCandidate } from '../../store/ledger/composing.ts';
import type { ReaderHistory } from '../../store/ledger/histories.ts';

/** Finds what readers' next digests cover, once for all whose history and days are the same. */
export function createCoverages(released: readonly CutEdition[], now: Date) {
  const known = new Map<ReaderHistory | undefined, Map<string, Coverage>>();
  const cutSince = countCut(released);
  return (
    { days, confirmedAt }: PendingCandidate,
    history: ReaderHistory | undefined,
    waitsSince: Date | null = null,
  ) => {
    const since = confirmedAt ?? now;
    const ofHistory = known.get(history) ?? new Map<string, Coverage>();
    known.set(history, ofHistory);
    const key = `${days.join()} ${cutSince(since)} ${waitsSince?.getTime() ?? ''}`;
    const coverage = ofHistory.get(key);
    if (coverage) return coverage;
    const reader = {
      schedule: { days },
      confirmedAt: since,
      waitsSince,
      covered: new Set(history?.covered),
      offered: new Set(history?.offered),
    };
    const found = findCoverage(reader, released, now);
    ofHistory.set(key, found);
    return found;
  };
}

/** How many editions, newest first, were cut since a time: their order is looked up by halves. */
function countCut(released: readonly CutEdition[]) {
  const times = released.map(({ cutAt }) => cutAt.getTime());
  return (since: Date) => {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? 0) >= since.getTime()) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
