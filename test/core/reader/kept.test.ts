import { weekBefore } from '../../../src/core/reader/kept.ts';

describe('the week before', () => {
  it('is from Monday to Monday, whatever the day, over months and years', () => {
    const week = { from: '2026-02-23', to: '2026-03-02' };
    expect(weekBefore('2026-03-02')).toEqual(week);
    expect(weekBefore('2026-03-04')).toEqual(week);
    expect(weekBefore('2026-03-08')).toEqual(week);
    expect(weekBefore('2026-01-01')).toEqual({ from: '2025-12-22', to: '2025-12-29' });
  });
});
