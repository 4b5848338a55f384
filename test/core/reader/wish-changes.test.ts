import { emptyProfile } from '../../../src/core/reader/subscription.ts';
import { listChangedWishes } from '../../../src/core/reader/wish-changes.ts';

const wishes = {
  profile: { ...emptyProfile, topics: ['gulls', 'terns'] },
  papersPerDigest: 10,
  schedule: { days: [1, 2] as const, minuteOfDay: 420, zone: 'Etc/UTC' },
  pausedUntil: null,
  announcements: 'service',
} as const;

describe('which wishes were changed', () => {
  it.each([
    ['nothing', {}, []],
    ['the order of topics', { profile: { ...wishes.profile, topics: ['terns', 'gulls'] } }, []],
    ['a topic', { profile: { ...wishes.profile, topics: ['gulls'] } }, ['topics']],
    ['a language', { profile: { ...wishes.profile, language: 'de' } }, ['language']],
    [
      'hour and days',
      { schedule: { ...wishes.schedule, days: [1], minuteOfDay: 480 } },
      ['days', 'hour'],
    ],
    ['a pause', { pausedUntil: '2026-12-24' }, ['pause']],
    ['announcements, of which nothing is said', { announcements: undefined }, []],
  ] as const)('are told of %s by their names', (_name, change, names) => {
    expect(listChangedWishes(wishes, { ...wishes, ...change })).toEqual(names);
  });
});
