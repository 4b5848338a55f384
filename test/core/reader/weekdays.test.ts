import { nameDays, parseDay } from '../../../src/core/reader/weekdays.ts';

describe('a weekday as people type it', () => {
  it.each([
    ['1', 1],
    ['Mon', 1],
    ['thurs', 4],
    [' Sunday ', 7],
    ['mo', undefined],
    ['monat', undefined],
    ['8', undefined],
    ['', undefined],
  ])('%j is %j', (typed, day) => {
    expect(parseDay(typed)).toBe(day);
  });
});

describe('weekdays in words', () => {
  it.each([
    [[3, 1], 'Monday, Wednesday'],
    [[1, 2, 3, 4, 5, 6, 7], 'every day'],
  ])('%j are %j', (days, words) => {
    expect(nameDays(days)).toBe(words);
  });
});
