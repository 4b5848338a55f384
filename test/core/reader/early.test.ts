import { tellEarly } from '../../../src/core/reader/early.ts';

describe('whose days and hours a run for everyone overrides', () => {
  it.each([
    [
      { readers: 2900, otherDay: 2800, laterToday: 60, silent: 12 },
      '2900 readers would be due at once: 2800 on a day that is none of theirs, 60 before their hour, 40 after their hour; 12 of them are paused or suppressed and get nothing.',
    ],
    [
      { readers: 1, otherDay: 0, laterToday: 1, silent: 0 },
      '1 reader would be due at once: 1 before their hour.',
    ],
  ])('is said in numbers', (count, words) => expect(tellEarly(count)).toBe(words));
});
