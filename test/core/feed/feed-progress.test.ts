import {
  type FeedPlace,
  findCaughtUp,
  findProgress,
} from '../../../src/core/feed/feed-progress.ts';

const at = (text: string) => new Date(text);
const RUN = { askedAt: at('2026-07-09T05:10:00Z'), at: at('2026-07-09T05:10:30Z') };
const place = (changed: Partial<FeedPlace> = {}): FeedPlace => ({
  kind: 'arxiv',
  address: 'cs.LG',
  createdAt: at('2026-01-01T00:00:00Z'),
  readUntil: at('2026-07-08T04:00:00Z'),
  cursor: null,
  cursorAt: null,
  isBehind: false,
  ...changed,
});
const whole = { status: 'fetched', complete: true, etag: '"1"' } as const;
const progress = (feed: FeedPlace, answer: Parameters<typeof findProgress>[1], isOwing = false) =>
  findProgress(feed, answer, { ...RUN, isOwing });

describe('where an answer leaves a feed', () => {
  it('is up to its batch, with its validators', () => {
    expect(progress(place(), { ...whole, batchDate: '2026-07-09' })).toEqual({
      nextFetchAt: at('2026-07-09T06:07:00Z'),
      validators: { etag: '"1"', lastModified: null },
      cursor: null,
      cursorAt: null,
      readUntil: at('2026-07-09T04:00:00Z'),
      isBehind: false,
    });
  });

  it("is no further with yesterday's batch, and asks again in a quarter of an hour", () => {
    expect(progress(place(), { ...whole, batchDate: '2026-07-08' })).toMatchObject({
      nextFetchAt: at('2026-07-09T05:25:30Z'),
      readUntil: at('2026-07-08T04:00:00Z'),
      isBehind: false,
    });
    const unchanged = progress(place(), { status: 'unchanged', complete: true });
    expect(unchanged).toMatchObject({ readUntil: null, nextFetchAt: at('2026-07-09T05:25:30Z') });
    expect(unchanged).not.toHaveProperty('validators');
  });

  it('owes the days before it: nothing may be asked for conditionally until they are there', () => {
    const feed = place({ cursor: 'there', cursorAt: at('2026-07-08T05:00:00Z') });
    expect(progress(feed, { ...whole, batchDate: '2026-07-09' }, true)).toMatchObject({
      validators: { etag: null, lastModified: null },
      cursor: 'there',
      cursorAt: at('2026-07-08T05:00:00Z'),
      readUntil: null,
      isBehind: true,
    });
  });

  it('keeps the moment up to which a list goes over all its pieces', () => {
    const paged = place({ kind: 'biorxiv', address: 'all' });
    const first = progress(paged, { status: 'fetched', complete: false, cursor: '100' });
    expect(first).toMatchObject({ cursorAt: RUN.askedAt, readUntil: null, isBehind: true });
    const begun = at('2026-07-09T01:00:00Z');
    const feed = { ...paged, cursor: '100', cursorAt: begun, isBehind: true };
    const next = progress(feed, { status: 'fetched', complete: false, cursor: '200' });
    expect(next).toMatchObject({ cursor: '200', cursorAt: begun });
    expect(progress(feed, { status: 'fetched', complete: true })).toMatchObject({
      cursor: null,
      readUntil: begun,
      nextFetchAt: at('2026-07-09T05:15:30Z'),
    });
  });

  it('asks again soon where the end is missing, but not for ever', () => {
    const feed = place({ kind: 'feed' });
    const broken = { ...whole, complete: false };
    expect(progress(feed, broken)).toMatchObject({
      nextFetchAt: at('2026-07-09T05:25:30Z'),
      isBehind: true,
    });
    const again = progress({ ...feed, isBehind: true }, broken);
    expect(again).toMatchObject({ nextFetchAt: at('2026-07-09T06:07:00Z'), isBehind: true });
  });
});

describe('where catching up leaves a feed', () => {
  const run = { ...RUN, batchDate: '2026-07-09' };
  it('is up to its newest batch', () => {
    expect(findCaughtUp(place(), whole, run)).toMatchObject({
      readUntil: at('2026-07-09T04:00:00Z'),
      isBehind: false,
      nextFetchAt: at('2026-07-09T06:07:00Z'),
    });
  });

  it('is up to when a list was begun that took several runs', () => {
    const feed = place({ cursor: '500', cursorAt: at('2026-07-07T12:00:00Z') });
    expect(findCaughtUp(feed, whole, run)).toMatchObject({
      cursor: null,
      readUntil: at('2026-07-07T04:00:00Z'),
      isBehind: true,
      nextFetchAt: at('2026-07-09T05:15:30Z'),
    });
    const cut = findCaughtUp(feed, { ...whole, complete: false, cursor: '1000' }, run);
    expect(cut).toMatchObject({ cursor: '1000', cursorAt: feed.cursorAt, isBehind: true });
  });

  it('is at the beginning of the missed days where their list had a hole', () => {
    const feed = place({ cursor: '500', cursorAt: at('2026-07-07T12:00:00Z') });
    expect(findCaughtUp(feed, { ...whole, complete: false }, run)).toEqual({
      nextFetchAt: at('2026-07-09T05:25:30Z'),
      cursor: null,
      cursorAt: null,
      readUntil: null,
      isBehind: true,
    });
  });
});
