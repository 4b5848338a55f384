import { isPruneTime } from '../../../src/core/edition/prune-time.ts';

const cut = { minuteOfDay: 60, zone: 'America/New_York' };

/** Whether it is time at an instant, where the last pruning ended at another, or never. */
function isDue(at: string, last: string | undefined, given = cut): boolean {
  return isPruneTime(new Date(at), last === undefined ? undefined : new Date(last), given);
}

describe('the time to prune', () => {
  // In March 2026 New York is four hours behind UTC from the 8th on.
  it.each([
    ['2026-03-20T06:29:00Z', false],
    ['2026-03-20T06:30:00Z', true],
    ['2026-03-20T07:29:00Z', true],
    ['2026-03-20T07:30:00Z', false],
    ['2026-03-20T18:00:00Z', false],
  ])('at %s, a day after the last: %s', (at, due) => {
    expect(isDue(at, '2026-03-19T06:31:00Z')).toBe(due);
  });

  it('goes by the zone of the cut, before and after its clock is changed', () => {
    expect(isDue('2026-03-07T07:35:00Z', '2026-03-06T07:35:00Z')).toBe(true);
    expect(isDue('2026-03-09T07:35:00Z', '2026-03-08T06:35:00Z')).toBe(false);
    expect(isDue('2026-03-09T06:35:00Z', '2026-03-08T06:35:00Z')).toBe(true);
  });

  it('comes once a night', () => {
    expect(isDue('2026-03-20T07:20:00Z', '2026-03-20T06:31:00Z')).toBe(false);
  });

  it('comes at any hour where two nights were slept through, or never was one', () => {
    expect(isDue('2026-03-20T18:00:00Z', '2026-03-18T17:59:00Z')).toBe(true);
    expect(isDue('2026-03-20T18:00:00Z', '2026-03-18T18:01:00Z')).toBe(false);
    expect(isDue('2026-03-20T18:00:00Z', undefined)).toBe(true);
  });

  it('follows a cut before midnight into the next day', () => {
    const late = { minuteOfDay: 23 * 60 + 30, zone: 'Etc/UTC' };
    expect(isDue('2026-03-20T01:05:00Z', '2026-03-19T01:05:00Z', late)).toBe(true);
    expect(isDue('2026-03-20T00:55:00Z', '2026-03-19T01:05:00Z', late)).toBe(false);
  });
});
