import type { CutEdition } from '../../core/reader/coverage.ts';
import type { Exclusion } from '../../core/reader/subscription.ts';
import { type Covered, type Decision, decideDigest, type LoadedEditions } from './choose.ts';
import type { Reader } from './look-up.ts';

/** What is the same for all readers of a round. */
export interface RoundDay {
  readonly editions: LoadedEditions;
  /** Why there is nothing for who has all that was released. */
  readonly silence: Exclusion;
}

/** A memory of decisions is emptied at so many: some ten megabytes. */
const MOST_KNOWN = 5_000;
const never: CutEdition['cutAt'] = new Date(0);

/**
 * What becomes of the candidates of one round: the one place that puts the exclusions in order.
 * Readers who ask for the same and were sent the same share one decision, which is made once.
 */
export function createDecider({ editions, silence }: RoundDay) {
  const known = new Map<string, Decision>();
  const decideOnce = ({ candidate, taste }: Reader, covers: Covered): Decision => {
    const { profile, wishes, papersPerDigest } = candidate;
    if (taste) return decideDigest({ profile, papersPerDigest, taste }, editions, covers);
    const key = `${papersPerDigest} ${keyOf(covers)} ${wishes}`;
    const before = known.get(key);
    if (before) return before;
    const decision = decideDigest({ profile, papersPerDigest }, editions, covers);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, decision);
    return decision;
  };
  // Editions that held nothing for them before are looked at again, since wishes change, but
  // the reason of a date is what is new on it.
  const isNew = (covers: Covered, since: Date) =>
    editions.released.some(({ id, cutAt }) => cutAt > since && covers.editions.includes(id));

  return {
    /** Why a candidate gets nothing whatever was cut; undefined where it depends on that. */
    refuse({ candidate, isSuppressed }: Reader, at: Date): Exclusion | undefined {
      const { state, confirmedAt, pausedUntil } = candidate;
      if (state !== 'active' || !confirmedAt) return 'unsubscribed';
      if (isSuppressed) return 'suppressed';
      return pausedUntil && pausedUntil > at ? 'paused' : undefined;
    },
    /** A candidate's digest, or that nothing of it is theirs. */
    decide: (reader: Reader, covers: Covered): Decision =>
      covers.editions.length === 0 ? { exclusion: silence } : decideOnce(reader, covers),
    /** The decision for a reader whose date before was due at a moment. */
    settle: (decision: Decision, covers: Covered, lastDueAt: Date = never): Decision =>
      'content' in decision || isNew(covers, lastDueAt) ? decision : { exclusion: silence },
  };
}

export type Decider = ReturnType<typeof createDecider>;

// Whoever is given and was shown the same has the same object in one chunk.
const keys = new WeakMap<Covered, string>();

function keyOf(covers: Covered): string {
  const known = keys.get(covers);
  if (known !== undefined) return known;
  const { editions, leftOut, shown, risen, amended = [] } = covers;
  const seen = [shown, risen].map((papers) => (papers ? [...papers].sort().join() : ''));
  const told = amended.map(({ paper }) => paper).join();
  const key = `${editions.join()} ${leftOut} ${seen.join(' ')} ${told}`;
  keys.set(covers, key);
  return key;
}
