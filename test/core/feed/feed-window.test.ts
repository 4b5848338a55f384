import type { FeedKind } from '../../../src/core/feed/feed.ts';
import {
  buildWindow,
  findAgeLimit,
  findMissed,
  findReadUntil,
  isOldBatch,
} from '../../../src/core/feed/feed-window.ts';

const at = (text: string) => new Date(text);
const feed = (kind: FeedKind, readUntil: string | null, address = 'cs.LG') => ({
  kind,
  address,
  createdAt: at('2026-01-01T00:00:00Z'),
  readUntil: readUntil === null ? null : at(readUntil),
});
const iso = (window: { from: Date; to: Date } | undefined) =>
  window && [window.from.toISOString().slice(0, 16), window.to.toISOString().slice(0, 16)];

describe('the time to ask for', () => {
  const now = at('2026-07-09T05:00:00Z');
  it.each([
    [null, '2026-07-07T05:00'],
    ['2026-07-09T04:00:00Z', '2026-07-07T04:00'],
    ['2026-07-06T04:00:00Z', '2026-07-04T04:00'],
    ['2026-05-06T04:00:00Z', '2026-07-02T05:00'],
  ])('read until %s begins at %s', (readUntil, from) => {
    expect(iso(buildWindow(feed('biorxiv', readUntil), now, 7))).toEqual([
      from,
      '2026-07-09T05:00',
    ]);
  });
});

describe('how far a feed is read', () => {
  it.each([
    ['feed', '2026-07-01', '2026-07-09T05:00:00Z'],
    ['arxiv', undefined, '2026-07-09T04:00:00Z'],
    ['arxiv', '2026-07-08', '2026-07-08T04:00:00Z'],
    ['arxiv', '2026-01-08', '2026-01-08T05:00:00Z'],
    // A date out of the future moves nothing.
    ['arxiv', '2027-07-08', '2026-07-09T04:00:00Z'],
  ] as const)('%s with the batch of %s: %s', (kind, batchDate, expected) => {
    expect(findReadUntil(kind, at('2026-07-09T05:00:00Z'), batchDate)).toEqual(at(expected));
  });
});

describe('missed days', () => {
  const missed = (
    kind: FeedKind,
    readUntil: string | null,
    batchDate?: string,
    now = '2026-07-09T05:00:00Z',
  ) => iso(findMissed(feed(kind, readUntil), { askedAt: at(now), batchDate }, 7))?.[0];
  it.each([
    // 6 July 2026 is a Monday.
    ['the next day', '2026-07-08T04:00:00Z', '2026-07-09', undefined],
    ['the same day', '2026-07-09T04:00:00Z', '2026-07-09', undefined],
    ['over a weekend', '2026-07-03T04:00:00Z', '2026-07-06', undefined],
    ['a weekday between', '2026-07-06T04:00:00Z', '2026-07-08', '2026-07-06T04:00'],
    ['Thursday to Monday', '2026-07-02T04:00:00Z', '2026-07-06', '2026-07-02T05:00'],
    ['for ever', '2026-03-02T05:00:00Z', '2026-07-09', '2026-07-02T05:00'],
    ['never read', null, '2026-07-09', undefined],
    ['without a date', '2026-07-01T04:00:00Z', undefined, undefined],
  ])('of arXiv, %s', (_name, readUntil, batchDate, from) => {
    expect(missed('arxiv', readUntil, batchDate)).toBe(from);
  });

  it('of Hugging Face are those of more than a day, of others none', () => {
    expect(missed('huggingface', '2026-07-08T06:00:00Z')).toBeUndefined();
    expect(missed('huggingface', '2026-07-07T06:00:00Z')).toBe('2026-07-07T06:00');
    expect(missed('biorxiv', '2026-07-01T06:00:00Z')).toBeUndefined();
    expect(missed('feed', '2026-07-01T06:00:00Z')).toBeUndefined();
  });
});

describe("yesterday's batch", () => {
  it.each([
    ['arxiv', '2026-07-08T04:00:00Z', '2026-07-09T03:59:00Z', false],
    ['arxiv', '2026-07-08T04:00:00Z', '2026-07-09T04:01:00Z', true],
    ['arxiv', '2026-07-10T04:00:00Z', '2026-07-12T20:00:00Z', false],
    ['arxiv', '2026-07-12T04:00:00Z', '2026-07-13T05:00:00Z', true],
    ['arxiv', null, '2026-07-13T05:00:00Z', true],
    ['feed', '2026-07-01T04:00:00Z', '2026-07-09T05:00:00Z', false],
  ] as const)('%s, read until %s, at %s: %s', (kind, readUntil, now, expected) => {
    expect(isOldBatch(feed(kind, readUntil), at(now))).toBe(expected);
  });
});

describe('what is too old', () => {
  const limit = (kind: FeedKind, isCatchUp: boolean, created = '2026-01-01T00:00:00Z') => {
    const watched = { ...feed(kind, null), createdAt: at(created) };
    const found = findAgeLimit(watched, { at: at('2026-07-20T00:00:00Z'), isCatchUp }, 8);
    return found?.oldest.toISOString().slice(0, 10);
  };
  it('is counted from the announcement, or from the submission and the days between', () => {
    expect(limit('feed', false)).toBe('2026-07-12');
    expect(limit('arxiv', false)).toBe('2026-07-12');
    expect(limit('arxiv', true)).toBe('2026-07-07');
    expect(limit('arxiv-query', false)).toBe('2026-07-07');
    expect(limit('arxiv-query', false, '2026-07-20T00:00:00Z')).toBe('2026-07-16');
  });

  it('does not matter where someone chose by hand', () => {
    const list = feed('arxiv-query', null, 'id_list=1');
    const asked = { at: at('2026-07-20T00:00:00Z'), isCatchUp: false };
    expect(findAgeLimit(list, asked, 8)).toBeUndefined();
  });
});
