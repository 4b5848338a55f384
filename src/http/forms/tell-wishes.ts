import { findField } from '../../core/reader/fields.ts';
import { clockOf } from '../../core/reader/schedule.ts';
import type { Wishes } from '../../core/reader/subscription.ts';
import { zoneForPeople } from '../../core/reader/zones.ts';
import { countOf } from '../../core/text/words.ts';

const shortNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const usualDays: Readonly<Record<string, string>> = {
  '1,2,3,4,5,6,7': 'Every day',
  '1,2,3,4,5': 'On weekdays',
};

/** What somebody asks for, in a few lines for people. */
export function tellWishes(wishes: Wishes): string[] {
  const { profile, papersPerDigest, schedule, announcements } = wishes;
  const fields = profile.fields.flatMap((id) => findField(id)?.name ?? []);
  const follows = [...fields, ...profile.topics];
  const days =
    usualDays[schedule.days.join(',')] ??
    `On ${schedule.days.map((day) => shortNames[day - 1]).join(', ')}`;
  return [
    follows.length > 0
      ? `Papers on ${follows.join(', ')}`
      : 'The leading papers of the day, from all fields',
    ...(profile.exclude.length > 0 ? [`Never with ${profile.exclude.join(', ')}`] : []),
    ...(profile.authors.length > 0 ? [`Always by ${profile.authors.join(', ')}`] : []),
    `${days} at ${clockOf(schedule.minuteOfDay)}, ${zoneForPeople(schedule.zone)}`,
    `Up to ${countOf(papersPerDigest, 'paper')} in a mail`,
    ...(announcements === 'all' ? ['Other announcements, now and then'] : []),
  ];
}
