import { chunkIds, LOOK_UPS, LOOKED_UP, nextLookUp } from '../../../src/core/feed/look-ups.ts';

const at = new Date('2026-07-06T10:00:00Z');

describe('look-ups', () => {
  it('have one row for each kind of id, and ask for no more than an address may hold', () => {
    expect(LOOK_UPS.map(({ scheme }) => scheme)).toEqual(LOOKED_UP);
    for (const { atOnce, aRun, aDay } of LOOK_UPS) {
      expect(atOnce).toBeLessThanOrEqual(100);
      expect(atOnce * aRun).toBeLessThanOrEqual(aDay);
    }
  });

  it('ask again for what is unknown after a day, a week and a month, and then no more', () => {
    expect([0, 1, 2, 3].map((tries) => nextLookUp(at, tries)?.toISOString() ?? null)).toEqual([
      '2026-07-07T10:00:00.000Z',
      '2026-07-13T10:00:00.000Z',
      '2026-08-05T10:00:00.000Z',
      null,
    ]);
  });

  it('are asked in chunks', () => {
    expect(chunkIds([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunkIds([], 2)).toEqual([]);
  });
});
