import type { Language } from '../../core/words/languages.ts';
import type { CandidateDigest } from '../../store/ledger/composing.ts';
import type { NoDigest } from './decide.ts';
import type { Reader } from './look-up.ts';

/** A digest that has no id yet. */
export type Frozen = Omit<CandidateDigest, 'id' | 'messageId'> & {
  readonly language: Language | undefined;
};

/** What some candidates get, and why others get nothing. */
export interface Outcomes {
  readonly digests: Frozen[];
  /** Those of them for whom a digest still waits. */
  readonly waiting: number[];
  readonly excluded: Excluded[];
}

/** A candidate who gets none. */
export interface Excluded {
  readonly reader: Reader;
  outcome: NoDigest;
}
