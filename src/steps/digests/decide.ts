import type { StoredContent } from '../../core/letter/stored-content.ts';
import type { CutEdition } from '../../core/reader/coverage.ts';
import type { LookedAt } from '../../core/reader/outcome.ts';
import type { Exclusion } from '../../core/reader/subscription.ts';
import {
  addNamed,
  type Covered,
  type Decision,
  decideEditions,
  type LoadedEditions,
} from './choose.ts';
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

/** What the editions bring to all who ask for the same, and how it is stored where nothing else comes. */
interface Decided {
  readonly decision: Decision;
  outcome?: Outcome;
}

/** A memory of decisions is emptied at so many: some megabytes. */
const MOST_KNOWN = 10_000;
const never: CutEdition['cutAt'] = new Date(0);

/**
 * What becomes of the candidates of one round: the one place that puts the exclusions in order.
 * Readers who ask for the same and were sent the same share what editions bring, which is chosen once,
 * and the digest where nothing else comes.
 */
export function createDecider({ editions, silence }: RoundDay) {
  const known = new Map<string, Decided>();
  const decideAnew = ({ candidate, taste }: Reader, covers: Covered): Decided => {
    const { profile, papersPerDigest } = candidate;
    return { decision: decideEditions({ profile, papersPerDigest, taste }, editions, covers) };
  };
  const decideOnce = (reader: Reader, covers: Covered, { isLong }: Form): Decided => {
    if (reader.taste) return decideAnew(reader, covers);
    const { papersPerDigest, wishes } = reader.candidate;
    const key = `${isLong} ${papersPerDigest} ${keyOf(covers)} ${wishes}`;
    const before = known.get(key);
    if (before) return before;
    const decided = decideAnew(reader, covers);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, decided);
    return decided;
  };
  const store = (decision: Decision, items: readonly number[], form: Form): Outcome => {
    if ('exclusion' in decision) return decision;
    const { content } = decision;
    return { editions: content.editions, stored: storeContent(content, form), items };
  };
  const outcomeOf = (reader: Reader, covers: Covered, form: Form): Outcome => {
    const decided = decideOnce(reader, covers, form);
    const { items } = covers;
    if (items) return store(addNamed(decided.decision, covers), items.ids, form);
    decided.outcome ??= store(decided.decision, [], form);
    return decided.outcome;
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
      return outcomeOf(reader, covers, form);
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
