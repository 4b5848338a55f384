import type { BounceKind } from '../../../src/core/feedback/bounce.ts';
import { mustSuppress, type PastBounce } from '../../../src/core/feedback/score.ts';

const now = new Date('2026-03-31T12:00:00Z');
const DAY = 24 * 3_600_000;
const bounce = (kind: BounceKind, daysAgo: number, deliveryId = daysAgo): PastBounce => ({
  kind,
  deliveryId,
  at: new Date(now.getTime() - daysAgo * DAY),
});
const soft = (days: number) => Array.from({ length: days }, (_, at) => bounce('soft', at));

describe('the score of an address', () => {
  it('is too much after one hard bounce', () => {
    expect(mustSuppress([bounce('hard', 0)], now)).toBe(true);
  });

  it('is too much after two messages to a disabled mailbox within 30 days', () => {
    expect(mustSuppress([bounce('disabled', 0)], now)).toBe(false);
    expect(mustSuppress([bounce('disabled', 0, 7), bounce('disabled', 0, 7)], now)).toBe(false);
    expect(mustSuppress([bounce('disabled', 0), bounce('disabled', 20)], now)).toBe(true);
    expect(mustSuppress([bounce('disabled', 0), bounce('disabled', 31)], now)).toBe(false);
  });

  it('grows by half a point a day with soft bounces, however many a day', () => {
    expect(mustSuppress(soft(9), now)).toBe(false);
    expect(mustSuppress(soft(10), now)).toBe(true);
    const many = Array.from({ length: 40 }, (_, at) => bounce('soft', 0, at));
    expect(mustSuppress(many, now)).toBe(false);
  });

  it('is not touched by what is about us', () => {
    const policy = Array.from({ length: 29 }, (_, at) => bounce('policy', at));
    expect(mustSuppress([...policy, ...soft(9)], now)).toBe(false);
  });
});
