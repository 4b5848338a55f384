import { readConfig } from '../../src/config.ts';
import { isPruneDue } from '../../src/steps/deliveries/prune.ts';
import type { Outside } from '../../src/steps/steps.ts';

const config = readConfig({ CUT_TIME: '01:00', CUT_ZONE: 'America/New_York' });

/** Whether it is due at an instant, where the last pruning ended at another, or never. */
function isDue(at: string, last: string | undefined, given = config): Promise<boolean> {
  const records = { findSetting: async () => last };
  const store = { records } as unknown as Outside['store'];
  return isPruneDue({ store, config: given, now: () => new Date(at) });
}

describe('isPruneDue', () => {
  // In March 2026 New York is four hours behind UTC from the 8th on.
  it.each([
    ['2026-03-20T06:29:00Z', false],
    ['2026-03-20T06:30:00Z', true],
    ['2026-03-20T07:29:00Z', true],
    ['2026-03-20T07:30:00Z', false],
    ['2026-03-20T18:00:00Z', false],
  ])('at %s, a day after the last: %s', async (at, due) => {
    expect(await isDue(at, '2026-03-19T06:31:00Z')).toBe(due);
  });

  it('goes by the zone of the cut, before and after its clock is changed', async () => {
    expect(await isDue('2026-03-07T07:35:00Z', '2026-03-06T07:35:00Z')).toBe(true);
    expect(await isDue('2026-03-09T07:35:00Z', '2026-03-08T06:35:00Z')).toBe(false);
    expect(await isDue('2026-03-09T06:35:00Z', '2026-03-08T06:35:00Z')).toBe(true);
  });

  it('comes once a night', async () => {
    expect(await isDue('2026-03-20T07:20:00Z', '2026-03-20T06:31:00Z')).toBe(false);
  });

  it('comes at any hour where two nights were slept through, or never was one', async () => {
    expect(await isDue('2026-03-20T18:00:00Z', '2026-03-18T17:59:00Z')).toBe(true);
    expect(await isDue('2026-03-20T18:00:00Z', '2026-03-18T18:01:00Z')).toBe(false);
    expect(await isDue('2026-03-20T18:00:00Z', undefined)).toBe(true);
  });

  it('follows a cut before midnight into the next day', async () => {
    const late = readConfig({ CUT_TIME: '23:30', CUT_ZONE: 'Etc/UTC' });
    expect(await isDue('2026-03-20T01:05:00Z', '2026-03-19T01:05:00Z', late)).toBe(true);
    expect(await isDue('2026-03-20T00:55:00Z', '2026-03-19T01:05:00Z', late)).toBe(false);
  });
});
