import fc from 'fast-check';
import { type CutEdition, findCoverage } from '../../../src/core/reader/coverage.ts';

const DAY = 24 * 3_600_000;
const start = Date.parse('2026-01-05T06:00:00Z');
const day = (number: number) => new Date(start + number * DAY);
const daily = { days: [1, 2, 3, 4, 5, 6, 7], minuteOfDay: 420, zone: 'Etc/UTC' };
const editionOf = (number: number): CutEdition => ({ id: number, cutAt: day(number) });
const editions = (count: number) => Array.from({ length: count }, (_, at) => editionOf(at));
const readerOf = (confirmed: number, covered: readonly number[] = [], schedule = daily) => ({
  schedule,
  confirmedAt: day(confirmed),
  covered: new Set(covered),
});

describe('findCoverage', () => {
  it('gives a new reader the newest edition, cut before they came, and only that', () => {
    expect(findCoverage(readerOf(5), editions(3), day(5))).toEqual({ editions: [2], leftOut: 0 });
    expect(findCoverage(readerOf(5, [2]), editions(3), day(6)).editions).toEqual([]);
  });

  it('gives a new reader what was cut since they came, newest first', () => {
    expect(findCoverage(readerOf(3), editions(6), day(6)).editions).toEqual([5, 4, 3]);
  });

  it('gives nothing that is older than the window, not even to a new reader', () => {
    expect(findCoverage(readerOf(20), editions(3), day(20))).toEqual({ editions: [], leftOut: 0 });
  });

  it('reaches back two weeks for a reader of one day a week', () => {
    const weekly = { ...daily, days: [1] };
    expect(findCoverage(readerOf(0, [], weekly), editions(20), day(20))).toEqual({
      editions: [19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6],
      leftOut: 6,
    });
    expect(findCoverage(readerOf(0), editions(20), day(20)).editions).toHaveLength(7);
  });

  it('says once what was too old, not with every digest after it', () => {
    const first = findCoverage(readerOf(0, [0]), editions(12), day(12));
    expect(first).toEqual({ editions: [11, 10, 9, 8, 7, 6, 5], leftOut: 4 });
    const covered = [0, ...first.editions];
    expect(findCoverage(readerOf(0, covered), editions(13), day(13))).toEqual({
      editions: [12],
      leftOut: 0,
    });
  });

  // A year of a reader's mornings: each edition is cut, skipped, failed or taken at random.
  const morning = fc.record({
    isCut: fc.boolean(),
    isDown: fc.boolean(),
    isFailed: fc.boolean(),
  });

  it('never covers an edition twice, and never loses one to a failure', () => {
    fc.assert(
      fc.property(fc.array(morning, { maxLength: 120 }), (mornings) => {
        const cut: CutEdition[] = [];
        const covered: number[] = [];
        mornings.forEach(({ isCut, isDown, isFailed }, at) => {
          if (isCut) cut.push(editionOf(at));
          if (isDown) return;
          const coverage = findCoverage(readerOf(0, covered), cut, day(at));
          expect(coverage.editions.filter((id) => covered.includes(id))).toEqual([]);
          expect(coverage.editions).toEqual([...coverage.editions].sort((a, b) => b - a));
          const open = cut
            .map(({ id }) => id)
            .filter((id) => !covered.includes(id) && at - id <= 7);
          expect([...coverage.editions].sort((a, b) => a - b)).toEqual(open);
          if (!isFailed) covered.push(...coverage.editions);
        });
      }),
    );
  });

  it('does not mind the order in which editions come, nor two cut at once', () => {
    const given = [...editions(5), { id: 9, cutAt: day(4) }];
    fc.assert(
      fc.property(fc.shuffledSubarray(given, { minLength: 6, maxLength: 6 }), (shuffled) => {
        expect(findCoverage(readerOf(0), shuffled, day(5)).editions).toEqual([9, 4, 3, 2, 1, 0]);
      }),
    );
  });
});
