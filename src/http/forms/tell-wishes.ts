import { nameField } from '../../core/reader/field-names.ts';
import { clockOf } from '../../core/reader/schedule.ts';
import type { Wishes } from '../../core/reader/subscription.ts';
import { zoneForPeople } from '../../core/reader/zones.ts';
import type { Words } from '../../core/words/words.ts';

const usualDays: Readonly<Record<string, 'told.everyDay' | 'told.weekdays'>> = {
  '1,2,3,4,5,6,7': 'told.everyDay',
  '1,2,3,4,5': 'told.weekdays',
};

/** What somebody asks for, in a few lines for people. */
export function tellWishes(wishes: Wishes, words: Words): string[] {
  const { profile, papersPerDigest, schedule, announcements } = wishes;
  const { topics, exclude, authors } = profile;
  const follows = [...profile.fields.map((id) => nameField(id, words)), ...topics].join(', ');
  return [
    follows ? words.say('told.on', { names: follows }) : words.say('told.all'),
    ...(exclude.length > 0 ? [words.say('told.never', { words: exclude.join(', ') })] : []),
    ...(authors.length > 0 ? [words.say('told.authors', { names: authors.join(', ') })] : []),
    words.say('told.times', {
      days: tellDays(schedule.days, words),
      hour: clockOf(schedule.minuteOfDay),
      zone: zoneForPeople(schedule.zone),
    }),
    words.say('told.count', { count: papersPerDigest }),
    ...(announcements === 'all' ? [words.say('told.announcements')] : []),
  ];
}

function tellDays(days: readonly number[], words: Words): string {
  const usual = usualDays[days.join(',')];
  if (usual) return words.say(usual);
  const names = days.map((day) => words.weekday(day, 'short'));
  return words.say('told.days', { days: names.join(', ') });
}
