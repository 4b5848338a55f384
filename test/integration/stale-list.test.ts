import type { Context } from '../../src/process/context.ts';
import { judgeFeeds } from '../../src/steps/feeds/judge-feeds.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { type ArxivItem, arxivQuery, arxivRss } from '../harness/feed-shapes.ts';
import { answerWith, draftTitles, fetchNow, findFeed, playedBy, watch } from '../harness/feeds.ts';

const TUESDAY = '2026-07-07';
const WEDNESDAY = '2026-07-08';
const THURSDAY = '2026-07-09';
const tuesday: ArxivItem[] = [
  { id: '2607.00001', categories: ['cs.LG'] },
  { id: '2607.00002', categories: ['cs.LG'] },
  { id: '2607.00003', categories: ['math.OC'] },
];
const wednesday: ArxivItem[] = [
  { id: '2607.00011', categories: ['cs.LG'] },
  { id: '2607.00012', categories: ['math.OC'] },
];
const isIn = (category: string) => (item: ArxivItem) => item.categories.includes(category);

// arXiv gives Tuesday's papers under Wednesday's date, on channel and items.
describe.each(backends)('an old list under a new date in the %s', (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;
  let list = '';
  let found: readonly ArxivItem[] = [];

  beforeEach(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    clock = createClock(`${TUESDAY}T05:10:00Z`);
    context = await openContext(place, clock, playedBy(feeds));
    found = [];
    feeds.answer = (request, response) => {
      if (request.url?.startsWith('/rss/')) return answerWith(list)(request, response);
      const items = found.map((item) => ({ ...item, submitted: '2026-07-07T12:00:00Z' }));
      return response.end(arxivQuery({ start: 0, total: items.length }, items));
    };
  });
  afterEach(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });
  const run = async (instant: string) => {
    clock.set(instant);
    return fetchNow(context.outside);
  };
  const stateOf = async (date: string) =>
    (await judgeFeeds(context.outside, date)).map(({ state, reason }) => [state, reason]);
  const queries = () => feeds.requests.filter(({ url }) => url?.startsWith('/api/')).length;

  it('is stale: it is asked again, nothing counts as read, and the search is asked', async () => {
    const { outside } = context;
    const feed = await watch(outside, 'arxiv:cs.LG', 'learning');
    list = arxivRss(TUESDAY, tuesday.filter(isIn('cs.LG')));
    await run(`${TUESDAY}T05:10:00Z`);
    const before = await findFeed(outside, feed.name);

    list = arxivRss(WEDNESDAY, tuesday.filter(isIn('cs.LG')));
    found = wednesday.filter(isIn('cs.LG'));
    const reports = await run(`${WEDNESDAY}T05:10:00Z`);
    expect(reports).toMatchObject([
      { kept: 0, batchDate: TUESDAY, isCatchUp: false },
      { kept: 1, isCatchUp: true },
    ]);
    expect(await draftTitles(outside)).toContain('Paper 2607.00011');
    const after = await findFeed(outside, feed.name);
    expect([after.readUntil, after.isBehind]).toEqual([before.readUntil, true]);
    expect(after.nextFetchAt.getTime() - clock.now().getTime()).toBe(15 * 60_000);
    expect(await stateOf(WEDNESDAY)).toEqual([['stale', 'it still had the list of 2026-07-07']]);
  });

  it('is compared with what the feed listed, and not with what is known from others', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    list = arxivRss(TUESDAY, tuesday.filter(isIn('cs.LG')));
    await run(`${TUESDAY}T05:10:00Z`);
    // Somebody else brought Wednesday's papers before.
    await watch(outside, 'arxiv-query:cat:cs.LG', 'search');
    found = wednesday;
    await fetchNow(outside, 'search');
    list = arxivRss(WEDNESDAY, wednesday.filter(isIn('cs.LG')));
    await run(`${WEDNESDAY}T05:10:00Z`);
    const feed = await findFeed(outside, 'learning');
    expect([feed.readUntil, feed.isBehind]).toEqual([new Date(`${WEDNESDAY}T04:00:00Z`), false]);
  });

  it('asks the search again after hours, also while the list is unchanged, until one comes', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    list = arxivRss(TUESDAY, tuesday.filter(isIn('cs.LG')));
    await run(`${TUESDAY}T05:10:00Z`);
    list = arxivRss(WEDNESDAY, tuesday.filter(isIn('cs.LG')));
    const asked = [];
    for (const minutes of [0, 15, 30, 45, 60, 120, 180, 195, 240]) {
      const at = new Date(`${WEDNESDAY}T05:10:00Z`).getTime() + minutes * 60_000;
      await run(new Date(at).toISOString());
      asked.push(queries());
    }
    expect(asked).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2]);
    list = arxivRss(WEDNESDAY, wednesday.filter(isIn('cs.LG')));
    expect(await run(`${WEDNESDAY}T12:10:00Z`)).toMatchObject([{ kept: 1, batchDate: WEDNESDAY }]);
    const feed = await findFeed(outside, 'learning');
    expect([feed.readUntil, feed.isBehind]).toEqual([new Date(`${WEDNESDAY}T04:00:00Z`), false]);
    expect((await stateOf(WEDNESDAY))[0]?.[0]).toBe('fresh');
  });

  it('is one of two feeds that share a request, and a third that was added since', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    await watch(outside, 'arxiv:math.OC', 'control');
    list = arxivRss(TUESDAY, tuesday);
    await run(`${TUESDAY}T05:10:00Z`);
    await watch(outside, 'arxiv:math', 'mathematics');
    list = arxivRss(WEDNESDAY, [
      ...wednesday.filter(isIn('cs.LG')),
      ...tuesday.filter(isIn('math.OC')),
    ]);
    found = wednesday.filter(isIn('math.OC'));
    const reports = await run(`${WEDNESDAY}T05:10:00Z`);
    expect(reports.map(({ feed, batchDate, isCatchUp }) => [feed, batchDate, isCatchUp])).toEqual([
      ['learning', WEDNESDAY, false],
      ['control', TUESDAY, false],
      ['mathematics', TUESDAY, false],
      ['control', null, true],
    ]);
    const readUntil = async (name: string) => (await findFeed(outside, name)).readUntil;
    expect(await readUntil('learning')).toEqual(new Date(`${WEDNESDAY}T04:00:00Z`));
    expect(await readUntil('mathematics')).toEqual(new Date(`${TUESDAY}T04:00:00Z`));
    // The next day's list shows that a day is missing, and that is caught up.
    list = arxivRss(THURSDAY, [{ id: '2607.00021', categories: ['math.OC'] }]);
    const next = await run(`${THURSDAY}T05:10:00Z`);
    expect(next.filter(({ isCatchUp }) => isCatchUp).map(({ feed }) => feed)).toEqual([
      'control',
      'mathematics',
    ]);
    expect(await draftTitles(outside)).toContain('Paper 2607.00012');
  });
});
