import { sumDays } from '../../../src/core/desk/days.ts';

describe('the days of the ledger', () => {
  const dates = ['2026-03-03', '2026-03-04'];
  const dateOf = (at: Date) => at.toISOString().slice(0, 10);
  const made = (
    at: string,
    more: Partial<Record<'made' | 'failed' | 'inDoubt' | 'open', number>>,
  ) => ({
    ...{ at: new Date(at), made: 0, failed: 0, inDoubt: 0, open: 0 },
    ...more,
  });

  it('have accepted what was made and did not end otherwise', () => {
    const days = sumDays(
      [
        made('2026-03-04T07:00:00Z', { made: 10, failed: 2, inDoubt: 1, open: 3 }),
        made('2026-03-04T08:00:00Z', { made: 5, failed: 1 }),
        // Another day, which is not asked for.
        made('2026-03-02T08:00:00Z', { made: 5 }),
      ],
      dates,
      dateOf,
    );
    expect(days).toEqual([
      { date: '2026-03-03', accepted: 0, failed: 0, inDoubt: 0, open: 0 },
      { date: '2026-03-04', accepted: 8, failed: 3, inDoubt: 1, open: 3 },
    ]);
  });

  it('have only open ones of a round that is still composed', () => {
    const [, day] = sumDays([made('2026-03-04T07:00:00Z', { open: 7 })], dates, dateOf);
    expect(day).toMatchObject({ accepted: 0, open: 7 });
  });
});
