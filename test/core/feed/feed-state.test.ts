import { nextFetch, nextRetry } from '../../../src/core/feed/feed-pace.ts';
import { sayFeed, sayFeedReason } from '../../../src/core/feed/feed-reason.ts';
import {
  classifyFeedDay,
  type FeedDay,
  type FeedStanding,
  groupFeeds,
  isLate,
} from '../../../src/core/feed/feed-state.ts';
import { english } from '../../../src/core/words/words.ts';

const at = (text: string) => new Date(text);
const NOW = at('2026-07-09T12:00:00Z');
const standing = (changed: Partial<FeedStanding> = {}): FeedStanding => ({
  kind: 'feed',
  address: 'https://a.example/',
  createdAt: at('2026-01-01T00:00:00Z'),
  readUntil: at('2026-07-09T11:07:00Z'),
  lastAnswerAt: at('2026-07-09T11:07:00Z'),
  failures: 0,
  ...changed,
});

const dayOf = (changed: Partial<FeedDay> = {}): FeedDay => ({
  kind: 'arxiv',
  // A Thursday.
  date: '2026-07-09',
  isToday: false,
  isJustBegun: false,
  answers: 20,
  failures: 0,
  listed: 5,
  news: 5,
  refused: 0,
  isWhole: true,
  batchDate: '2026-07-09',
  lastError: null,
  ...changed,
});

describe('a day of a feed', () => {
  const none = { answers: 0, listed: 0, news: 0 };
  const empty = { listed: 0, news: 0 };
  const old = { ...empty, batchDate: '2026-07-08', listed: 5 };
  const holiday = { date: '2026-11-26', batchDate: '2026-11-25' };
  it.each([
    [{}, 'fresh', 'it brought 5 papers'],
    // All of it came by another feed before.
    [{ news: 0 }, 'fresh', 'it brought 5 papers'],
    [empty, 'quiet', 'it had nothing new'],
    [old, 'stale', 'it still had the list of 2026-07-08'],
    [{ ...none, batchDate: null }, 'stale', 'it was not asked'],
    [{ ...empty, batchDate: null }, 'stale', 'it still had no dated list'],
    [{ ...none, isToday: true, isJustBegun: true }, 'quiet', 'it is asked soon'],
    [{ ...none, failures: 3, lastError: 'HTTP 500' }, 'broken', 'HTTP 500'],
    // It answered at last: what failed before does not count.
    [{ failures: 3, lastError: 'HTTP 500' }, 'fresh', 'it brought 5 papers'],
    [{ isWhole: false }, 'partial', 'it was not read to the end'],
    [{ refused: 2 }, 'partial', '2 items could not be read'],
    [{ ...old, date: '2026-07-11' }, 'quiet', 'nothing is announced on a weekend'],
    [{ ...old, ...holiday }, 'quiet', 'nothing is announced on a holiday of arXiv'],
    [
      { ...old, ...holiday, date: '2026-11-27' },
      'quiet',
      'nothing is announced on a holiday of arXiv',
    ],
    [{ ...holiday, batchDate: '2026-11-26' }, 'fresh', 'it brought 5 papers'],
    [{ ...none, ...holiday, failures: 1 }, 'broken', 'it could not be read'],
    [{ ...old, kind: 'huggingface' }, 'stale', 'it still had the list of 2026-07-08'],
    [{ ...old, kind: 'huggingface', isToday: true }, 'quiet', 'it had nothing new'],
    [
      { ...old, kind: 'huggingface', date: '2026-07-11' },
      'quiet',
      'nothing is announced on a weekend',
    ],
    [{ ...old, kind: 'huggingface', ...holiday }, 'stale', 'it still had the list of 2026-11-25'],
    [{ kind: 'feed', batchDate: null, news: 2 }, 'fresh', 'it brought 2 papers'],
    [{ kind: 'biorxiv', batchDate: null, news: 0 }, 'quiet', 'it had nothing new'],
    [{ ...none, kind: 'biorxiv', batchDate: null }, 'stale', 'it was not asked'],
  ] as [Partial<FeedDay>, string, string][])('%j is %s', (changed, state, reason) => {
    const told = classifyFeedDay(dayOf(changed));
    expect(sayFeed(told)).toEqual({ state, reason });
    // Frozen with a round, it says the same when it is read.
    expect(sayFeed(JSON.parse(JSON.stringify(told)))).toEqual({ state, reason });
  });

  it('is told in the words of an older version where that froze words', () => {
    expect(sayFeedReason('it brought 5 papers', english)).toBe('it brought 5 papers');
  });

  it('is told in a sentence for all feeds of one kind, what hurts most first', () => {
    expect(
      groupFeeds(
        [
          { name: 'a', state: 'quiet', reason: 'it had nothing new' },
          { name: 'b', state: 'broken', reason: 'HTTP 500.' },
          { name: 'c', state: 'quiet', reason: 'it had nothing new' },
        ],
        english,
      ),
    ).toEqual(['b: broken (HTTP 500).', 'a, c: quiet (it had nothing new).']);
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

  it('waits for no list of arXiv on a holiday', () => {
    // Thanksgiving: no announcement on the evening of the 26th.
    const day = (date: string) => ({ ...cut, dueAt: at(`${date}T06:00:00Z`) });
    const until = (date: string) =>
      read(`${date}T05:00:00Z`, { kind: 'arxiv', lastAnswerAt: at('2026-11-27T05:07:00Z') });
    expect(isLate(until('2026-11-25'), day('2026-11-26'))).toBe(false);
    expect(isLate(until('2026-11-25'), day('2026-11-27'))).toBe(false);
    expect(isLate(until('2026-11-25'), day('2026-11-30'))).toBe(true);
    expect(isLate(until('2026-11-24'), day('2026-11-26'))).toBe(true);
  });

  it('does not wait for what was added on its day, or failed for three days', () => {
    const added = { createdAt: at('2026-07-09T04:59:00Z'), lastAnswerAt: null, readUntil: null };
    expect(isLate(standing(added), cut)).toBe(false);
    const dayBefore = { ...added, createdAt: at('2026-07-09T03:59:00Z') };
    expect(isLate(standing(dayBefore), cut)).toBe(true);
    expect(isLate(read('2026-07-06T05:01:00Z', { failures: 9 }), cut)).toBe(true);
    expect(isLate(read('2026-07-06T04:59:00Z', { failures: 9 }), cut)).toBe(false);
    // Nobody asked it: the service was down.
    expect(isLate(read('2026-07-06T04:59:00Z'), cut)).toBe(true);
    const never = { ...dayBefore, createdAt: at('2026-07-01T00:00:00Z'), failures: 9 };
    expect(isLate(standing(never), cut)).toBe(false);
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
