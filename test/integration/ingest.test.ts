import type { Context } from '../../src/process/context.ts';
import { ingestDue } from '../../src/steps/feeds/ingest.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { arxivRefusal, arxivRss, dailyPapers, journalRss } from '../harness/feed-shapes.ts';
import { answerWith, draftTitles, fetchNow, findFeed, playedBy, watch } from '../harness/feeds.ts';

// Thursday, an hour after arXiv's midnight.
const DAY = '2026-07-09';
const counts = ({ feed, fetched, kept, merged, known, replaced, refused }: Counted) => [
  feed,
  { fetched, kept, merged, known, replaced, refused },
];
type Counted = Awaited<ReturnType<typeof fetchNow>>[number];

describe.each(backends)('ingesting in the %s', (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;

  beforeEach(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    clock = createClock(`${DAY}T05:10:00Z`);
    context = await openContext(place, clock, playedBy(feeds));
  });
  afterEach(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });
  const paths = () => feeds.requests.map(({ url }) => url);

  it("asks arXiv once for all feeds' categories and tells each its own", async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    await watch(outside, 'arxiv:math.OC', 'control');
    await watch(outside, 'arxiv:cs.SY', 'systems');
    const body = arxivRss(DAY, [
      { id: '2607.00001', categories: ['cs.LG', 'math.OC'] },
      { id: '2607.00002', categories: ['math.OC'] },
      { id: '2607.00003', categories: ['eess.SY', 'math.OC'] },
      { id: '2402.00004', categories: ['hep-ph', 'cs.LG'], type: 'cross', version: 3 },
      { id: '2607.00005', categories: ['cs.LG'], type: 'replace', version: 2 },
    ]);
    feeds.answer = answerWith(body);
    const reports = await fetchNow(outside);
    expect(paths()).toEqual(['/rss/cs.LG+math.OC+cs.SY']);
    expect(reports.map(counts)).toEqual([
      ['learning', { fetched: 3, kept: 2, merged: 0, known: 0, replaced: 1, refused: 0 }],
      ['control', { fetched: 3, kept: 2, merged: 1, known: 0, replaced: 0, refused: 0 }],
      ['systems', { fetched: 1, kept: 0, merged: 1, known: 0, replaced: 0, refused: 0 }],
    ]);
    expect(await draftTitles(outside)).toHaveLength(4);
    // New to one, from another field to the other.
    const crosses = async (name: string) =>
      outside.store.feeds.countPapers((await findFeed(outside, name)).id);
    expect(await crosses('learning')).toEqual({ papers: 2, crosses: 1 });
    expect(await crosses('control')).toEqual({ papers: 3, crosses: 2 });
    expect(await crosses('systems')).toEqual({ papers: 1, crosses: 0 });

    expect((await fetchNow(outside)).map(({ status }) => status)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
    expect(feeds.requests).toHaveLength(2);

    // One more feed has not seen that answer: the next request is no conditional one.
    await watch(outside, 'arxiv:hep-ph', 'physics');
    const again = await fetchNow(outside);
    expect(again.at(-1)).toMatchObject({ feed: 'physics', status: 'fetched', merged: 1 });
    expect(again.map(({ kept }) => kept)).toEqual([0, 0, 0, 0]);
    expect(await draftTitles(outside)).toHaveLength(4);
  });

  it('lets one wrong category spoil its own feed alone', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'good');
    await watch(outside, 'arxiv:stat.OT', 'bad');
    feeds.answer = (request, response) => {
      const isBad = request.url?.includes('stat.OT') === true;
      response.statusCode = isBad ? 400 : 200;
      const items = [{ id: '2607.00001', categories: ['cs.LG'] }];
      response.end(isBad ? arxivRefusal('stat.OT') : arxivRss(DAY, items));
    };
    const reports = await fetchNow(outside);
    expect(reports).toMatchObject([
      { feed: 'good', status: 'fetched', kept: 1 },
      { feed: 'bad', status: 'failed', error: "arXiv says: Bad archive 'stat.OT'." },
    ]);
    expect(await findFeed(outside, 'bad')).toMatchObject({ failures: 1 });
    expect(await findFeed(outside, 'good')).toMatchObject({ failures: 0, lastError: null });
  });

  it('runs a feed that is due once, whoever asks, and brings those of arXiv into step', async () => {
    const { outside } = context;
    const early = await watch(outside, 'arxiv:cs.LG', 'early');
    feeds.answer = answerWith(arxivRss(DAY, [{ id: '2607.00001', categories: ['cs.LG'] }]));
    const racing = await Promise.all([
      ingestDue(outside, early.id),
      ingestDue(outside, early.id),
      ingestDue(outside, early.id),
    ]);
    expect(racing.map(({ length }) => length).toSorted()).toEqual([0, 0, 1]);
    expect(await ingestDue(outside, early.id)).toEqual([]);

    clock.advance(20 * 60_000);
    const later = await watch(outside, 'arxiv:cs.CL', 'later');
    await ingestDue(outside, later.id);
    const next = await findFeed(outside, 'later');
    expect(next.nextFetchAt).toEqual((await findFeed(outside, 'early')).nextFetchAt);
    clock.set(next.nextFetchAt.toISOString());
    expect(await ingestDue(outside, later.id)).toHaveLength(2);
    expect(paths()).toEqual(['/rss/cs.LG', '/rss/cs.CL', '/rss/cs.LG+cs.CL']);
  });

  it('makes one paper with two sources of what two feeds bring', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'arxiv');
    await watch(outside, 'huggingface:daily', 'daily');
    await watch(outside, `${feeds.url}/journal`, 'journal');
    const told = { keywords: ['tides'], code: 'https://code.example/1' };
    feeds.answer = (request, response) => {
      const { pathname } = new URL(request.url ?? '', feeds.url);
      const answers: Record<string, string> = {
        '/rss/cs.LG': arxivRss(DAY, [
          { id: '2607.00001', categories: ['cs.LG'], doi: '10.5555/one' },
          { id: '2607.00002', categories: ['cs.LG'] },
        ]),
        '/api/daily_papers': dailyPapers([
          { id: '2607.00001', published: '2026-06-20', daily: DAY, upvotes: 12, ...told },
        ]),
        '/journal': journalRss([
          { title: 'One, revised', date: `${DAY}T00:00:00Z`, doi: '10.5555/ONE' },
          { title: 'Two', date: `${DAY}T00:00:00Z`, doi: '10.48550/arXiv.2607.00002' },
        ]),
      };
      response.end(answers[pathname]);
    };
    const reports = await fetchNow(outside);
    expect(reports.map(({ feed, kept, merged }) => [feed, kept, merged])).toEqual([
      ['arxiv', 2, 0],
      ['daily', 0, 1],
      ['journal', 0, 2],
    ]);
    const draft = await outside.store.editions.findDraft();
    const papers = await outside.store.papers.listOfEdition(draft?.id ?? 0);
    expect(papers).toMatchObject([
      { ids: { arxiv: '2607.00001', doi: '10.5555/one' }, upvotes: 12, ...told },
      { ids: { arxiv: '2607.00002' } },
    ]);
    expect((await fetchNow(outside, 'daily'))[0]).toMatchObject({ merged: 0, known: 1 });
  });

  it('loses to a malformed item that item only, and says which and why', async () => {
    const { outside } = context;
    await watch(outside, `${feeds.url}/journal`, 'journal');
    const items = [{ title: 'Good', date: `${DAY}T00:00:00Z` }, { title: ' ' }];
    feeds.answer = answerWith(journalRss(items));
    expect((await fetchNow(outside))[0]).toMatchObject({
      fetched: 2,
      kept: 1,
      refused: 1,
      refusals: [{ reason: 'It has no title.' }],
    });
  });

  it('stores what a database cannot hold as a mark, and loses nothing else to it', async () => {
    const { outside } = context;
    await watch(outside, 'biorxiv:ecology', 'preprints');
    const collection = [
      { doi: '10.1101/a\u0000b', title: 'One', date: DAY, authors: 'A\ud800' },
      { doi: 'no \u0000 DOI', title: 'Two \u0000 \udfff', date: DAY },
      { doi: '10.1101/c', title: 'Three', date: DAY },
    ];
    feeds.answer = (_request, response) =>
      response.end(JSON.stringify({ messages: [{ total: 3 }], collection }));
    expect((await fetchNow(outside))[0]).toMatchObject({ status: 'fetched', kept: 2, refused: 1 });
  });

  it('stays away as long as a source asks, and forgets it with the next answer', async () => {
    const { outside } = context;
    await watch(outside, `${feeds.url}/journal`, 'journal');
    feeds.answer = (_request, response) => {
      response.writeHead(429, { 'retry-after': '7200' }).end();
    };
    expect((await fetchNow(outside))[0]).toMatchObject({ status: 'failed' });
    const feed = await findFeed(outside, 'journal');
    expect(feed.nextFetchAt.getTime() - clock.now().getTime()).toBe(7_200_000);
    expect(feed.lastError).toMatch(/asks us to come back later/);
    feeds.answer = answerWith(journalRss([{ title: 'Good', date: `${DAY}T00:00:00Z` }]));
    await fetchNow(outside);
    expect(await findFeed(outside, 'journal')).toMatchObject({ failures: 0, lastError: null });
  });
});
