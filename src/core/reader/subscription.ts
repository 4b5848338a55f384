import type { Schedule } from './schedule.ts';

/** What a reader asks for. Words and phrases as typed; matching folds case and word forms. */
export interface Profile {
  /** Words, phrases or arXiv categories. */
  readonly topics: readonly string[];
  /** A paper with one of these in its title, abstract, authors or categories is never chosen. */
  readonly exclude: readonly string[];
  readonly authors: readonly string[];
}

export type SubscriptionState = 'pending' | 'active' | 'ended';

export interface Subscription {
  readonly id: number;
  readonly subscriberId: number;
  readonly address: string;
  readonly state: SubscriptionState;
  readonly profile: Profile;
  readonly papersPerDigest: number;
  readonly schedule: Schedule;
  readonly pausedUntil: Date | null;
  readonly confirmedAt: Date | null;
  readonly isSample: boolean;
  readonly endedAt: Date | null;
}

/** A reader's defaults: weekdays, 07:00, ten papers. */
export const readerDefaults = {
  days: [1, 2, 3, 4, 5],
  minuteOfDay: 7 * 60,
  papersPerDigest: 10,
} as const;

export const MOST_PAPERS = 30;

/** Why a due reader gets no digest, as recorded and as said to people. */
export const exclusions = {
  nothing_new: 'no edition was cut since the last digest',
  nothing_matched: 'no paper matched what the reader follows',
  paused: 'the subscription is paused',
  suppressed: 'the address is suppressed',
  unsubscribed: 'the reader left before the digest was composed',
  sample_removed: 'it was a digest of the sample, which was removed',
  missed: 'the service was down; its papers come in the next digest',
} as const;

export type Exclusion = keyof typeof exclusions;
