import type { StoredContent } from '../../core/letter/stored-content.ts';
import type { CutEdition } from '../../core/reader/coverage.ts';
import type { LookedAt } from '../../core/reader/outcome.ts';
import type { Exclusion } from '../../core/reader/subscription.ts';
import { type Covered, decideDigest, type LoadedEditions } from './choose.ts';
import { type Form, storeContent } from './freeze.ts';
import type { Reader } from './look-up.ts';

/** What is the same for all readers of a round. */
export interface RoundDay {
  readonly editions: LoadedEditions;
  /** Why there is nothing for who has all that was released. */
  readonly silence: Exclusion;
}

/** Why a candidate gets no digest. */
export interface NoDigest {
  readonly exclusion: Exclusion;
  readonly lookedAt?: LookedAt;
}

/** A digest as it is stored, and what it covers. */
export interface StoredDigest {
  readonly editions: readonly number[];
  readonly stored: StoredContent;
  /** The items that it tells of, those that are only counted among them. */
  readonly items: readonly number[];
}

/** What becomes of a candidate. */
export type Outcome = NoDigest | StoredDigest;

/** A memory of decisions is emptied at so many: some megabytes. */
const MOST_KNOWN = 10_000;
const never: CutEdition['cutAt'] = new Date(0);

/**
 * What becomes of the candidates of one round: the one place that puts the exclusions in order.
 * Readers who ask for the same and were sent the same share one digest, which is made once; of
 * what was ranked for one reader nothing is left but what is stored.
 */
export function createDecider({ editions, silence }: RoundDay) {
  const known = new Map<string, Outcome>();
  const decideAnew = ({ candidate, taste }: Reader, covers: Covered, form: Form): Outcome => {
    const { profile, papersPerDigest } = candidate;
    const decision = decideDigest({ profile, papersPerDigest, taste }, editions, covers);
    if ('exclusion' in decision) return decision;
    const { content } = decision;
    const items = content.items ? (covers.items?.ids ?? []) : [];
    return { editions: content.editions, stored: storeContent(content, form), items };
  };
  const decideOnce = (reader: Reader, covers: Covered, form: Form): Outcome => {
    if (reader.taste || covers.items) return decideAnew(reader, covers, form);
    const { papersPerDigest, wishes } = reader.candidate;
    const key = `${form.isLong} ${papersPerDigest} ${keyOf(covers)} ${wishes}`;
    const before = known.get(key);
    if (before) return before;
    const outcome = decideAnew(reader, covers, form);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, outcome);
    return outcome;
  };
  // Editions that held nothing for them before are looked at again, since wishes change, but
  // the reason of a date is what is new on it.
  const isNew = (covers: Covered, since: Date) =>
    editions.released.some(({ id, cutAt }) => cutAt > since && covers.editions.includes(id));

  return {
    /** A candidate's digest in a form, or why they get none. */
    decide(reader: Reader, at: Date, form: Form): Outcome {
      const { covers } = reader;
      const exclusion = refuse(reader, at);
      if (exclusion) return { exclusion };
      const { itemsOnly } = reader.candidate.profile;
      if (covers.editions.length === 0 && !covers.items && !itemsOnly)
        return { exclusion: silence };
      return decideOnce(reader, covers, form);
    },
    /** Why a reader gets nothing of what was looked at, whose date before was due at a moment. */
    settle: (outcome: NoDigest, covers: Covered, lastDueAt: Date = never): NoDigest =>
      isNew(covers, lastDueAt) ? outcome : { exclusion: silence },
  };
}

export type Decider = ReturnType<typeof createDecider>;

/** Why a candidate gets nothing whatever was cut; undefined where it depends on that. */
function refuse({ candidate, isSuppressed }: Reader, at: Date): Exclusion | undefined {
  const { state, confirmedAt, pausedUntil } = candidate;
  if (state !== 'active' || !confirmedAt) return 'unsubscribed';
  if (isSuppressed) return 'suppressed';
  return pausedUntil && pausedUntil > at ? 'paused' : undefined;
}

// Whoever is given and was shown the same has the same object in one chunk.
const keys = new WeakMap<Covered, string>();

function keyOf(covers: Covered): string {
  const known = keys.get(covers);
  if (known !== undefined) return known;
  const { editions, leftOut, shown, risen, amended = [], inCircle = false, kept } = covers;
  const seen = [shown, risen].map((papers) => (papers ? [...papers].sort().join() : ''));
  const told = amended.map(({ paper }) => paper).join();
  const keeps = kept ? `${kept.count} ${kept.papers.map(({ paper }) => paper).join()}` : '';
  const key = `${editions.join()} ${leftOut} ${seen.join(' ')} ${told} ${inCircle} ${keeps}`;
  keys.set(covers, key);
  return key;
}
