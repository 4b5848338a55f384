import type { Context } from '../../src/process/context.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { arxivQuery, preprints } from '../harness/feed-shapes.ts';
import { fetchNow, findFeed, playedBy, watch } from '../harness/feeds.ts';

const DAY_MS = 24 * 3_600_000;

// Sources give an empty page at one place of a list for days, or fail there.
describe.each(backends)('a list with a hole in the %s', (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;

  beforeEach(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    clock = createClock('2026-07-06T05:10:00Z');
    context = await openContext(place, clock, playedBy(feeds));
  });
  afterEach(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });
  const starts = () => {
    const all = feeds.requests.splice(0).map(({ url = '' }) => url);
    return all.map((url) => Number(/start=(\d+)/.exec(url)?.[1] ?? url.split('/').at(-2)));
  };
  /** bioRxiv's list, newest last; `fails` says what becomes of a page. */
  const playPreprints = (total: number, fails: (start: number) => 'empty' | 404 | undefined) => {
    feeds.answer = (request, response) => {
      const start = Number(request.url?.split('/').at(-2));
      const count = Math.max(0, Math.min(100, total - start));
      const items = Array.from({ length: count }, (_, index) => ({
        doi: `10.1101/2026.07.06.${1000 + start + index}`,
        date: '2026-07-06',
      }));
      const fault = fails(start);
      if (fault === 404) response.statusCode = 404;
      response.end(preprints({ cursor: start, total }, fault === 'empty' ? [] : items));
    };
  };

  it('is read around it, each time from the beginning, and whole once it is there', async () => {
    const { outside } = context;
    await watch(outside, 'biorxiv:ecology', 'ecology');
    playPreprints(250, (start) => (start === 100 ? 'empty' : undefined));
    expect((await fetchNow(outside))[0]).toMatchObject({
      isComplete: false,
      kept: 150,
      refusals: [{ item: '(the page at number 100)' }],
    });
    expect(await findFeed(outside, 'ecology')).toMatchObject({ cursor: null, readUntil: null });
    clock.advance(DAY_MS);
    playPreprints(260, (start) => (start === 100 ? 'empty' : undefined));
    expect((await fetchNow(outside))[0]).toMatchObject({ isComplete: false, kept: 10, known: 150 });
    expect(starts()).toEqual([0, 100, 200, 0, 100, 200]);
    clock.advance(3 * DAY_MS);
    playPreprints(260, () => undefined);
    expect((await fetchNow(outside))[0]).toMatchObject({ isComplete: true, kept: 100 });
    expect(await findFeed(outside, 'ecology')).toMatchObject({ readUntil: clock.now() });
  });

  it('is begun anew with the present window after a page failed three times', async () => {
    const { outside } = context;
    await watch(outside, 'biorxiv:ecology', 'ecology');
    playPreprints(150, (start) => (start === 100 ? 404 : undefined));
    for (const kept of [100, 0, 0, 0]) {
      expect((await fetchNow(outside))[0]).toMatchObject({ kept });
      clock.advance(DAY_MS);
    }
    expect(starts()).toEqual([0, 100, 100, 100, 100]);
    await fetchNow(outside);
    expect(feeds.requests.map(({ url }) => url?.split('/').slice(3, 6).join(' '))).toEqual([
      '2026-07-08 2026-07-10 0',
      '2026-07-08 2026-07-10 100',
    ]);
  });

  it("is no end for a search of arXiv's: two empty pages are", async () => {
    const { outside } = context;
    await watch(outside, 'arxiv-query:cat:cs.LG', 'search');
    const item = (number: number) => ({
      id: `2607.${String(number).padStart(5, '0')}`,
      categories: ['cs.LG'],
      submitted: '2026-07-05T12:00:00Z',
    });
    feeds.answer = (request, response) => {
      const start = Number(/start=(\d+)/.exec(request.url ?? '')?.[1]);
      const count = start === 500 || start >= 1500 ? 0 : 500;
      const items = Array.from({ length: count }, (_, index) => item(start + index));
      response.end(arxivQuery({ start, total: 5000 }, items));
    };
    expect((await fetchNow(outside))[0]).toMatchObject({ isComplete: false, kept: 1000 });
    expect(starts()).toEqual([0, 500, 1000, 1500, 2000]);
    expect(await findFeed(outside, 'search')).toMatchObject({ cursor: null, isBehind: true });
  });
});
