import type { ServerResponse } from 'node:http';
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
import {
  arxivQuery,
  arxivRss,
  dailyPapers,
  journalRss,
  preprints,
} from '../harness/feed-shapes.ts';
import { answerWith, draftTitles, fetchNow, findFeed, playedBy, watch } from '../harness/feeds.ts';

// A day whole: what was cut off goes on, what was missed is caught up, what is old stays out.
describe.each(backends)('a whole day in the %s', (backend) => {
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

  /** Answers by the path before the query; what is not there is down. */
  const play = (
    answers: Record<string, (url: URL, response: ServerResponse) => string | undefined>,
  ) => {
    feeds.answer = (request, response) => {
      const url = new URL(request.url ?? '', feeds.url);
      const path = Object.keys(answers).find((start) => url.pathname.startsWith(start));
      const body = path && answers[path]?.(url, response);
      if (body === undefined || path === undefined) response.writeHead(404).end();
      else response.end(body);
    };
  };
  const minutesToNext = async (name: string) => {
    const { nextFetchAt } = await findFeed(context.outside, name);
    return (nextFetchAt.getTime() - clock.now().getTime()) / 60_000;
  };

  it('catches up two days of arXiv by its search, also when that fails at first', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    const item = (id: string) => ({ id, categories: ['cs.LG'] });
    play({ '/rss/': () => arxivRss('2026-07-06', [item('2607.00001')]) });
    await fetchNow(outside);

    clock.set('2026-07-07T05:10:00Z');
    play({});
    expect((await fetchNow(outside))[0]).toMatchObject({ status: 'failed' });
    clock.set('2026-07-09T05:10:00Z');
    play({ '/rss/': () => arxivRss('2026-07-09', [item('2607.00004')]) });
    expect(await fetchNow(outside)).toMatchObject([
      { status: 'fetched', kept: 1, isCatchUp: false },
      { status: 'failed', isCatchUp: true },
    ]);
    expect(await findFeed(outside, 'learning')).toMatchObject({ isBehind: true, failures: 0 });
    expect(await minutesToNext('learning')).toBe(15);

    const asked: (string | null)[] = [];
    play({
      '/rss/': () => arxivRss('2026-07-09', [item('2607.00004')]),
      '/api/query': (url) => {
        asked.push(url.searchParams.get('search_query'));
        return arxivQuery({ start: 0, total: 3 }, [
          { ...item('2607.00004'), submitted: '2026-07-08T10:00:00Z' },
          { ...item('2607.00003'), submitted: '2026-07-07T10:00:00Z' },
          // Submitted on Friday after the cut-off: announced on Monday evening.
          { ...item('2607.00002'), submitted: '2026-07-03T20:00:00Z' },
        ]);
      },
    });
    const [, missed] = await fetchNow(outside);
    expect(missed).toMatchObject({ isCatchUp: true, fetched: 3, kept: 2, known: 1, refused: 0 });
    expect(asked).toEqual(['(cat:cs.LG) AND submittedDate:[202607010400 TO 202607090510]']);
    expect(await draftTitles(outside)).toEqual([
      'Paper 2607.00001',
      'Paper 2607.00004',
      'Paper 2607.00003',
      'Paper 2607.00002',
    ]);
    expect(await findFeed(outside, 'learning')).toMatchObject({
      isBehind: false,
      lastError: null,
      readUntil: new Date('2026-07-09T04:00:00Z'),
    });
    expect(await fetchNow(outside)).toHaveLength(1);
  });

  it('misses nothing over a weekend, and loses no day that arXiv was stuck', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    const item = (id: string) => ({ id, categories: ['cs.LG'] });
    const runs = async (date: string, now: string) => {
      clock.set(now);
      play({
        '/rss/': () => arxivRss(date, [item(`2607.${date.slice(5, 7)}${date.slice(8)}0`)]),
        '/api/query': () => arxivQuery({ start: 0, total: 0 }, []),
      });
      return (await fetchNow(outside)).map(({ kept, known, isCatchUp }) =>
        isCatchUp ? 'caught up' : [kept, known],
      );
    };
    expect(await runs('2026-07-10', '2026-07-10T05:10:00Z')).toEqual([[1, 0]]);
    expect(await runs('2026-07-13', '2026-07-13T05:10:00Z')).toEqual([[1, 0]]);
    // Tuesday and Wednesday still Monday's list: nothing lost, nothing repeated, asked again soon.
    expect(await runs('2026-07-13', '2026-07-14T05:10:00Z')).toEqual([[0, 1]]);
    expect(await minutesToNext('learning')).toBe(15);
    expect(await runs('2026-07-13', '2026-07-15T05:10:00Z')).toEqual([[0, 1]]);
    expect(await runs('2026-07-16', '2026-07-16T05:10:00Z')).toEqual([[1, 0], 'caught up']);
    expect(await minutesToNext('learning')).toBe(57);
  });

  it('catches up Hugging Face by date', async () => {
    const { outside } = context;
    await watch(outside, 'huggingface:daily', 'daily');
    const days: (string | null)[] = [];
    play({
      '/api/daily_papers': (url) => {
        const date = url.searchParams.get('date');
        days.push(date);
        const daily = date ?? clock.now().toISOString().slice(0, 10);
        // Put on that day, though published long before.
        return dailyPapers([{ id: `2605.0${daily.slice(8)}00`, published: '2026-05-30', daily }]);
      },
    });
    await fetchNow(outside);
    clock.set('2026-07-09T05:10:00Z');
    expect(await fetchNow(outside)).toMatchObject([
      { kept: 1 },
      { isCatchUp: true, fetched: 4, kept: 2, known: 2 },
    ]);
    expect(days).toEqual([null, null, '2026-07-06', '2026-07-07', '2026-07-08', '2026-07-09']);
  });

  it('goes on where a paged source was cut off, soon, and then reads up to now', async () => {
    const { outside } = context;
    await watch(outside, 'biorxiv:ecology', 'ecology');
    const asked: string[] = [];
    let isBroken = true;
    play({
      '/details/biorxiv/': (url) => {
        asked.push(url.pathname.replace('/details/biorxiv/', ''));
        const cursor = Number(url.pathname.split('/').at(-2));
        if (cursor > 0 && isBroken) return undefined;
        const doi = `10.1101/2026.07.0${cursor + 1}`;
        return preprints({ cursor, total: 3 }, [{ doi, date: '2026-07-06' }]);
      },
    });
    expect((await fetchNow(outside))[0]).toMatchObject({
      isComplete: false,
      kept: 1,
      refusals: [{ item: '(everything from number 1 on)' }],
    });
    expect(await findFeed(outside, 'ecology')).toMatchObject({ isBehind: true, readUntil: null });
    expect(await minutesToNext('ecology')).toBe(5);

    isBroken = false;
    clock.set('2026-07-06T08:10:00Z');
    expect((await fetchNow(outside))[0]).toMatchObject({ isComplete: true, kept: 2 });
    expect(asked.map((path) => path.split('/')[2])).toEqual(['0', '1', '1', '2']);
    // The list went up to when it was begun.
    const feed = await findFeed(outside, 'ecology');
    expect(feed).toMatchObject({ isBehind: false, readUntil: new Date('2026-07-06T05:10:00Z') });
    expect(await minutesToNext('ecology')).toBe(5);
    clock.advance(5 * 60_000);
    expect((await fetchNow(outside))[0]).toMatchObject({ kept: 0, known: 3 });
    expect(await minutesToNext('ecology')).toBe(52);
  });

  it('asks bioRxiv for the days it was down', async () => {
    const { outside } = context;
    await watch(outside, 'biorxiv:ecology', 'ecology');
    const asked: string[] = [];
    const answer = () =>
      play({
        '/details/biorxiv/': (url) => {
          asked.push(url.pathname.split('/').slice(3, 5).join(' '));
          return preprints({ cursor: 0, total: 1 }, [{ doi: '10.1101/1', date: '2026-07-06' }]);
        },
      });
    answer();
    await fetchNow(outside);
    play({});
    clock.set('2026-07-07T05:10:00Z');
    await fetchNow(outside);
    answer();
    clock.set('2026-07-09T05:10:00Z');
    await fetchNow(outside);
    // Down for a month: no further back than is news.
    clock.set('2026-08-09T05:10:00Z');
    await fetchNow(outside);
    expect(asked).toEqual([
      '2026-07-04 2026-07-06',
      '2026-07-04 2026-07-09',
      '2026-08-02 2026-08-09',
    ]);
  });

  it('keeps what is old out of the edition, with the reason, but lets it enrich what is known', async () => {
    const { outside } = context;
    clock.set('2026-07-01T05:10:00Z');
    await watch(outside, `${feeds.url}/journal`, 'journal');
    const before = [
      { title: 'New', date: '2026-06-30T12:00:00Z' },
      { title: 'A week before it was watched', date: '2026-06-23T12:00:00Z' },
    ];
    play({ '/journal': () => journalRss(before) });
    expect((await fetchNow(outside))[0]).toMatchObject({
      kept: 1,
      refused: 1,
      refusals: [
        {
          item: 'A week before it was watched (2026-06-23)',
          reason: 'It is more than 7 days old.',
        },
      ],
    });
    clock.set('2026-07-20T05:10:00Z');
    const archive = Array.from({ length: 300 }, (_, number) => ({
      title: `Out of the archive ${number}`,
      date: '2026-07-02T12:00:00Z',
    }));
    const after = [
      { title: 'New', date: '2026-06-30T12:00:00Z', doi: '10.5555/new' },
      { title: 'Newer', date: '2026-07-19T12:00:00Z' },
      ...archive,
    ];
    play({ '/journal': () => journalRss(after) });
    const [report] = await fetchNow(outside);
    expect(report).toMatchObject({ fetched: 302, kept: 1, merged: 1, refused: 300 });
    expect(report?.refusals).toHaveLength(100);
    expect(report?.refusals[0]?.reason).toBe('It is more than 7 days old.');
    expect(await draftTitles(outside)).toEqual(['New', 'Newer']);
  });

  it('takes of a search that is new the last days only, and of a list of ids all', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv-query:cat:cs.LG', 'search');
    await watch(outside, 'arxiv-query:id_list=2607.00001,2606.00001', 'list');
    const item = (id: string, submitted: string) => ({ id, categories: ['cs.LG'], submitted });
    play({
      '/api/query': () =>
        arxivQuery({ start: 0, total: 2 }, [
          item('2607.00001', '2026-07-04T10:00:00Z'),
          item('2606.00001', '2026-07-01T10:00:00Z'),
        ]),
    });
    expect((await fetchNow(outside, 'search'))[0]).toMatchObject({
      kept: 1,
      refusals: [{ reason: 'It is from before this feed was watched.' }],
    });
    expect((await fetchNow(outside, 'list'))[0]).toMatchObject({ kept: 1, merged: 1, refused: 0 });
  });

  it('takes the top of an undated feed when it is new, and of the rest only what comes later', async () => {
    const { outside } = context;
    await watch(outside, `${feeds.url}/journal`, 'journal');
    const item = (number: number) => ({ title: `Item ${number}` });
    const list = (newest: number) =>
      journalRss(Array.from({ length: 100 }, (_, index) => item(newest - index)));
    play({ '/journal': () => list(100) });
    expect((await fetchNow(outside))[0]).toMatchObject({ fetched: 100, kept: 30, refused: 70 });
    clock.advance(3_600_000);
    play({ '/journal': () => list(102) });
    expect((await fetchNow(outside))[0]).toMatchObject({ kept: 2, known: 30, refused: 68 });
  });

  it('does not take what broke off for the whole', async () => {
    const { outside } = context;
    await watch(outside, `${feeds.url}/journal`, 'journal');
    const whole = journalRss(
      ['One', 'Two', 'Three'].map((title) => ({ title, date: '2026-07-06T00:00:00Z' })),
    );
    feeds.answer = answerWith(whole.slice(0, whole.indexOf('Three')));
    expect((await fetchNow(outside))[0]).toMatchObject({ kept: 2, isComplete: false });
    expect(await findFeed(outside, 'journal')).toMatchObject({ etag: null, isBehind: true });
    expect(await minutesToNext('journal')).toBe(15);
    feeds.answer = answerWith(whole);
    expect((await fetchNow(outside))[0]).toMatchObject({ kept: 1, isComplete: true });
    expect(await findFeed(outside, 'journal')).toMatchObject({ isBehind: false });
  });
});
