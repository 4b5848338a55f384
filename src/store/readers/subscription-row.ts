import type {
  AnnouncementWish,
  Profile,
  SubscriptionState,
} from '../../core/reader/subscription.ts';
import { sql } from '../database.ts';
import type { WishesRow } from './wishes-row.ts';

/** A subscription with its subscriber, as `columns` of `joined` give it. */
export interface SubscriptionRow extends WishesRow {
  id: number;
  subscriberId: number;
  address: string;
  isSample: boolean;
  state: SubscriptionState;
  profile: Profile;
  papersPerDigest: number;
  announcements: AnnouncementWish;
  confirmedAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
}

/** What of `joined` makes a subscription. */
export const columns = sql`s.id, s.subscriber_id as "subscriberId", r.address, r.is_sample as "isSample",
  s.state, s.profile, s.papers_per_digest as "papersPerDigest", s.days,
  s.announcements, s.minute_of_day as "minuteOfDay", s.zone, s.paused_until as "pausedUntil",
  s.confirmed_at as "confirmedAt", s.ended_at as "endedAt",
  s.end_reason as "endReason"`;
/** Subscribers with their one subscription each. */
export const joined = sql`public.subscription s join public.subscriber r on r.id = s.subscriber_id`;
