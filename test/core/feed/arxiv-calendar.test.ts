import { findArxivPause, lastArxivDate } from '../../../src/core/feed/arxiv-calendar.ts';

const datesOf = (year: number) =>
  Array.from({ length: 365 }, (_, day) =>
    new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10),
  );
const holidays = (year: number) =>
  datesOf(year).filter((date) => findArxivPause(date) === 'holiday');

describe("arXiv's calendar", () => {
  it('knows the dates that were named for 2026, each with the day after', () => {
    expect(holidays(2026)).toEqual([
      ...['2026-01-01', '2026-01-02', '2026-01-19', '2026-01-20', '2026-06-19', '2026-07-03'],
      ...['2026-09-07', '2026-09-08', '2026-11-26', '2026-11-27', '2026-12-25'],
      ...['2026-12-29', '2026-12-30', '2026-12-31'],
    ]);
  });

  it('goes on by rule where no dates are named yet', () => {
    expect(holidays(2027)).toEqual([
      // The evening of 31 December is named in the year before.
      ...['2027-01-01', '2027-01-18', '2027-01-19', '2027-06-18', '2027-07-05', '2027-07-06'],
      ...['2027-09-06', '2027-09-07', '2027-11-25', '2027-11-26', '2027-12-24'],
    ]);
  });

  it('has a weekend each week', () => {
    expect(datesOf(2026).filter((date) => findArxivPause(date) === 'weekend')).toHaveLength(104);
  });

  it.each([
    ['2026-07-09', '2026-07-09'],
    ['2026-07-12', '2026-07-10'],
    ['2026-07-05', '2026-07-02'],
    ['2026-11-29', '2026-11-25'],
  ])('the newest list that is due on %s is of %s', (date, last) => {
    expect(lastArxivDate(date)).toBe(last);
  });
});
