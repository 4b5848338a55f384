import fc from 'fast-check';
import {
  intervalOf,
  LATE_TURN_MS,
  parseDomainRates,
  parseRate,
} from '../../../src/core/letter/rate.ts';

/** The most moments that fall into any window of this length. */
function mostWithin(moments: readonly number[], windowMs: number): number {
  let most = 0;
  for (let first = 0, last = 0; last < moments.length; last += 1) {
    while ((moments[last] ?? 0) - (moments[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('a rate', () => {
  it('holds in every window, however late each message is within its grace', () => {
    const lateness = fc.array(fc.double({ min: 0, max: LATE_TURN_MS, noNaN: true }), {
      minLength: 300,
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), lateness, (perSecond, lates) => {
        const interval = intervalOf({ perSecond }) ?? 0;
        const moments = lates.map((late, at) => at * interval + late).sort((a, b) => a - b);
        expect(mostWithin(moments, 1_000)).toBeLessThanOrEqual(perSecond + 1);
      }),
    );
  });

  it('is used nearly whole', () => {
    expect(1_000 / (intervalOf({ perSecond: 50 }) ?? 0)).toBeGreaterThanOrEqual(50 * 0.97);
    expect(3_600_000 / (intervalOf({ perHour: 5_000 }) ?? 0)).toBeGreaterThanOrEqual(5_000 * 0.97);
  });

  it('of a second and of an hour holds for both', () => {
    expect(intervalOf({ perSecond: 10, perHour: 3_600 })).toBe(intervalOf({ perHour: 3_600 }));
    expect(intervalOf({ perSecond: 10, perHour: 360_000 })).toBe(intervalOf({ perSecond: 10 }));
    expect(intervalOf({})).toBeUndefined();
  });

  it('is read from words', () => {
    expect(parseRate('20/s')).toEqual({ perSecond: 20 });
    expect(parseRate('0.5/s, 600/h')).toEqual({ perSecond: 0.5, perHour: 600 });
    for (const text of ['', '20', '20/m', '0/s', '-1/s', '20/s,30/s', '1e3/s']) {
      expect(() => parseRate(text)).toThrow(/must be a rate such as 20\/s/);
    }
  });

  it('is read for each provider', () => {
    const rates = parseDomainRates(' Google.com=20/s,5000/h  *=50/s ');
    expect([...rates]).toEqual([
      ['google.com', { perSecond: 20, perHour: 5000 }],
      ['*', { perSecond: 50 }],
    ]);
    expect(() => parseDomainRates('google=20/s')).toThrow('such as google.com=20/s');
    expect(() => parseDomainRates('a.org=1/s A.org=2/s')).toThrow('names A.org twice');
  });
});
