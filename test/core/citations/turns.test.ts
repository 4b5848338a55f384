import { groupByCount } from '../../../src/core/citations/asked.ts';
import { nextTurn, requestsLeft } from '../../../src/core/citations/turns.ts';

const at = new Date('2026-03-02T06:00:00Z');
const DAY_MS = 24 * 3_600_000;
const yearsAgo = (years: number) => new Date(at.getTime() - years * 365 * DAY_MS);
const daysOf = (work: Parameters<typeof nextTurn>[1]) =>
  (nextTurn(at, work).getTime() - at.getTime()) / DAY_MS;

describe('a turn', () => {
  it('comes sooner for young and for much-followed works, and within a month for all', () => {
    const known = { readers: 1, isKnown: true };
    const [young = 0, middle = 0, old = 0] = [1, 4, 30].map((years) =>
      daysOf({ ...known, publishedAt: yearsAgo(years) }),
    );
    expect(young).toBeLessThan(middle);
    expect(middle).toBeLessThan(old);
    expect(daysOf({ ...known, publishedAt: yearsAgo(30), readers: 9 })).toBeLessThan(old);
    for (const publishedAt of [null, yearsAgo(0), yearsAgo(50), new Date('2027-01-01')]) {
      for (const isKnown of [true, false]) {
        const days = daysOf({ publishedAt, readers: 1, isKnown });
        expect(days).toBeGreaterThanOrEqual(1);
        expect(days).toBeLessThan(28);
      }
    }
  });

  it('comes seldom at a source that does not know the work', () => {
    const unknown = { readers: 100, isKnown: false };
    expect(daysOf({ ...unknown, publishedAt: yearsAgo(10) })).toBeGreaterThan(20);
    expect(daysOf({ ...unknown, publishedAt: yearsAgo(0.5) })).toBeLessThan(10);
  });
});

describe('the requests of a day', () => {
  it('are spread over it, and never more than there are', () => {
    expect(requestsLeft(1_200, { lastDay: 0, lastHour: 0 })).toBe(100);
    expect(requestsLeft(1_200, { lastDay: 700, lastHour: 100 })).toBe(0);
    expect(requestsLeft(1_200, { lastDay: 1_190, lastHour: 0 })).toBe(10);
    expect(requestsLeft(1_200, { lastDay: 1_300, lastHour: 0 })).toBe(0);
  });
});

describe('works of one question', () => {
  it('are no more than fit, by number and by what cites them', () => {
    const works = [900, 5, 80_000, 20, 0, 150].map((count) => ({ count }));
    const groups = groupByCount(works, { atOnce: 3, citers: 1_000 });
    expect(groups.map((group) => group.map(({ count }) => count))).toEqual([
      [0, 5, 20],
      [150],
      [900],
      [80_000],
    ]);
    expect(groupByCount([], { atOnce: 3, citers: 1_000 })).toEqual([]);
  });
});
