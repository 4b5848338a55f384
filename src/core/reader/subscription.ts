import type { Language } from '../words/languages.ts';
import { dateIn, type Schedule } from './schedule.ts';

/** What a reader asks for. Words and phrases as typed; matching folds case and word forms. */
export interface Profile {
  /** Ids of ready-made fields, see `core/reader/fields.ts`. */
  readonly fields: readonly string[];
  /** Words, phrases or categories as feeds spell them. */
  readonly topics: readonly string[];
  /** A paper with one of these in its title, abstract, authors or categories is never chosen. */
  readonly exclude: readonly string[];
  readonly authors: readonly string[];
  /** Whether a paper counts for a field or category that is not its primary one. */
  readonly crossLists: boolean;
  /** Whether one place of a digest may go to something outside the reader's habits. */
  readonly surprise: boolean;
  /** Whether a due date without a digest brings a short note that says why. */
  readonly quietNote: boolean;
  /** Whether they get only what is named to them: by alerts, citations and groups. */
  readonly itemsOnly?: boolean;
  /** Of their mails and pages; absent where it is the site's. */
  readonly language?: Language;
}

/** What a reader who said nothing asks for. */
export const emptyProfile: Profile = {
  fields: [],
  topics: [],
  exclude: [],
  authors: [],
  crossLists: true,
  surprise: true,
  quietNote: false,
};

/**
 * Which announcements a reader takes: none, those about the service itself, or all, which is a
 * consent of its own.
 */
export const announcementWishes = ['none', 'service', 'all'] as const;
export type AnnouncementWish = (typeof announcementWishes)[number];

/** A standing request as it is asked for. */
export interface Wishes {
  readonly profile: Profile;
  readonly papersPerDigest: number;
  readonly schedule: Schedule;
  /** Absent where nothing is said of them: they stay as they are. */
  readonly announcements?: AnnouncementWish | undefined;
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
  /** The date of the reader's own calendar, `YYYY-MM-DD`, before which they get nothing. */
  readonly pausedUntil: string | null;
  readonly announcements: AnnouncementWish;
  readonly confirmedAt: Date | null;
  readonly isSample: boolean;
  readonly endedAt: Date | null;
  /** How it ended: `page`, `one-click`, `mailto`, `complaint`, `operator`. */
  readonly endReason: string | null;
}

/** Whether a reader gets nothing yet: the date on which their pause ends is still to come where they are. */
export function isPaused(
  { pausedUntil, schedule }: Pick<Subscription, 'pausedUntil' | 'schedule'>,
  now: Date,
): boolean {
  return pausedUntil !== null && dateIn(schedule.zone, now) < pausedUntil;
}

/** A reader's defaults: weekdays, 07:00, ten papers. */
export const readerDefaults = {
  days: [1, 2, 3, 4, 5],
  minuteOfDay: 7 * 60,
  papersPerDigest: 10,
} as const;

/** What is asked for by who said nothing. */
export const freshWishes: Wishes = {
  profile: emptyProfile,
  papersPerDigest: readerDefaults.papersPerDigest,
  schedule: {
    days: readerDefaults.days,
    minuteOfDay: readerDefaults.minuteOfDay,
    zone: 'Etc/UTC',
  },
};

export const MOST_PAPERS = 30;

/** Why a due reader gets no digest, as recorded and as said to people. */
export const exclusions = {
  nothing_new: 'no edition was cut since the last digest, or none that is new enough',
  quiet: 'no feed had new papers',
  feeds_failed: 'a feed was broken or late; its papers come with the next digest',
  held: 'the edition waits for an operator',
  nothing_matched: 'no paper matched what the reader follows',
  nothing_named: 'nothing was named to the reader, who gets no editions',
  paused: 'the subscription is paused',
  suppressed: 'the address is suppressed',
  unsubscribed: 'the reader left before the digest was composed',
  sample_removed: 'it was a digest of the sample, which was removed',
  restored: 'the installation was restored from a backup: it may have been sent before',
  missed: 'the service was down; what is new enough comes in the next digest',
  warm_up:
    'so many a day go to their provider while our mail is new there; its papers come with the next digest',
} as const;

export type Exclusion = keyof typeof exclusions;
