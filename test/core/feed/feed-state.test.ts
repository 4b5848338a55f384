import { nextFetch, nextRetry } from '../../../src/core/feed/feed-pace.ts';
import { classifyFeed, type FeedStanding, isLate } from '../../../src/core/feed/feed-state.ts';

const at = (text: string) => new Date(text);
const NOW = at('2026-07-09T12:00:00Z');
const standing = (changed: Partial<FeedStanding> = {}): FeedStanding => ({
  kind: 'feed',
  address: 'https://a.example/',
  createdAt: at('2026-01-01T00:00:00Z'),
  readUntil: at('2026-07-09T11:07:00Z'),
  lastAnswerAt: at('2026-07-09T11:07:00Z'),
  failures: 0,
  isBehind: false,
  lastKeptAt: at('2026-07-09T09:07:00Z'),
  ...changed,
});

describe('the state of a feed', () => {
  it.each([
    [{}, 'fresh'],
    [{ lastKeptAt: null }, 'quiet'],
    [{ lastKeptAt: at('2026-07-07T09:07:00Z') }, 'quiet'],
    [{ lastAnswerAt: null, readUntil: null }, 'unread'],
    [{ isBehind: true }, 'partial'],
    [{ failures: 1, isBehind: true }, 'broken'],
    [{ lastAnswerAt: at('2026-07-09T08:07:00Z') }, 'stale'],
    [{ kind: 'arxiv', readUntil: at('2026-07-08T04:00:00Z') }, 'stale'],
    [{ kind: 'arxiv', readUntil: at('2026-07-09T04:00:00Z') }, 'fresh'],
  ] as [Partial<FeedStanding>, string][])('%j is %s', (changed, state) => {
    expect(classifyFeed(standing(changed), NOW)).toBe(state);
  });
});

describe('a cut', () => {
  const cut = { dueAt: at('2026-07-09T05:00:00Z'), zone: 'America/New_York' };
  const read = (readUntil: string, changed: Partial<FeedStanding> = {}) =>
    standing({ readUntil: at(readUntil), lastAnswerAt: at(readUntil), ...changed });

  it('waits for a feed that is not read up to its day', () => {
    expect(isLate(read('2026-07-09T04:07:00Z'), cut)).toBe(false);
    expect(isLate(read('2026-07-09T03:07:00Z'), cut)).toBe(true);
    expect(isLate(standing({ readUntil: null }), cut)).toBe(true);
  });

  it('late in the day, waits for one that was not read for two hours', () => {
    const late = { ...cut, dueAt: at('2026-07-09T22:00:00Z') };
    expect(isLate(read('2026-07-09T20:07:00Z'), late)).toBe(false);
    expect(isLate(read('2026-07-09T19:07:00Z'), late)).toBe(true);
  });

  it("waits for arXiv's batch of the day, by arXiv's clock", () => {
    const arxiv = (readUntil: string) =>
      read(readUntil, { kind: 'arxiv', lastAnswerAt: at('2026-07-09T04:07:00Z') });
    expect(isLate(arxiv('2026-07-08T04:00:00Z'), cut)).toBe(true);
    expect(isLate(arxiv('2026-07-09T04:00:00Z'), cut)).toBe(false);
    // Five in the morning in Berlin is still the day before in New York.
    const berlin = { dueAt: at('2026-07-09T03:00:00Z'), zone: 'Europe/Berlin' };
    expect(isLate(arxiv('2026-07-08T04:00:00Z'), berlin)).toBe(false);
  });

  it('does not wait for what was added on its day, or was silent for three days', () => {
    const added = { createdAt: at('2026-07-09T04:59:00Z'), lastAnswerAt: null, readUntil: null };
    expect(isLate(standing(added), cut)).toBe(false);
    const dayBefore = { ...added, createdAt: at('2026-07-09T03:59:00Z') };
    expect(isLate(standing(dayBefore), cut)).toBe(true);
    expect(isLate(read('2026-07-06T05:01:00Z'), cut)).toBe(true);
    expect(isLate(read('2026-07-06T04:59:00Z'), cut)).toBe(false);
    expect(isLate(standing({ ...dayBefore, createdAt: at('2026-07-01T00:00:00Z') }), cut)).toBe(
      false,
    );
  });
});

describe('the next fetch', () => {
  it.each([
    ['2026-07-09T12:00:00Z', '2026-07-09T12:07:00Z'],
    ['2026-07-09T12:02:00Z', '2026-07-09T12:07:00Z'],
    ['2026-07-09T12:02:01Z', '2026-07-09T13:07:00Z'],
    ['2026-07-09T12:07:30Z', '2026-07-09T13:07:00Z'],
  ])('after %s is at %s, in step with all others', (now, next) => {
    expect(nextFetch(at(now), 'nothing')).toEqual(at(next));
  });

  it('is soon where there is more, and in a quarter of an hour where something is due', () => {
    expect(nextFetch(NOW, 'more')).toEqual(at('2026-07-09T12:05:00Z'));
    expect(nextFetch(NOW, 'due')).toEqual(at('2026-07-09T12:15:00Z'));
  });

  it('after a failure comes later and later, up to an hour, and never before it is allowed', () => {
    const minutes = (failures: number, retryAfterMs?: number) =>
      (nextRetry(NOW, failures, retryAfterMs).getTime() - NOW.getTime()) / 60_000;
    expect([0, 1, 2, 3, 4, 5000].map((failures) => minutes(failures))).toEqual([
      5, 10, 20, 40, 60, 60,
    ]);
    expect(minutes(0, 7_200_000)).toBe(120);
    expect(minutes(0, 1e12)).toBe(24 * 60);
  });
});
