import { runCommand } from '../../src/commands/commands.ts';
import { parseOpml } from '../../src/core/feed/opml.ts';
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
import { arxivRss, journalRss } from '../harness/feed-shapes.ts';
import { answerWith, playedBy } from '../harness/feeds.ts';

describe.each(backends)("the feeds' commands in the %s", (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;

  beforeAll(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    clock = createClock('2026-07-09T05:10:00Z');
    context = await openContext(place, clock, playedBy(feeds));
  });
  afterAll(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });
  const run = async (name: string, args: unknown = {}) =>
    (await runCommand(context.outside, { name, args })).lines.join('\n');

  it('refuse what is there already, in words', async () => {
    await run('feeds add', { feed: 'arxiv:cs.LG+cs.CL', name: 'learning' });
    await expect(run('feeds add', { feed: 'arxiv:cs.CL+cs.LG' })).rejects.toThrow(
      'the feed arxiv:cs.CL+cs.LG is there already, under the name learning',
    );
    await expect(run('feeds add', { feed: 'huggingface:daily', name: 'learning' })).rejects.toThrow(
      'the name learning is there already, for another feed',
    );
    await expect(run('feeds show', { name: 'none' })).rejects.toThrow(/there is no feed none/);
  });

  it('tell of a feed: how it stands, its runs, what was refused and why', async () => {
    expect(await run('feeds show', { name: 'learning' })).toMatch(
      /Today: quiet: it is asked soon\nWatched since: 2026-07-09 05:10 UTC\nLast answer: none yet\nNext fetch: .*\nPapers: 0\n\nNo run yet\.$/,
    );
    feeds.answer = answerWith(
      arxivRss('2026-07-09', [
        { id: '2607.00001', categories: ['cs.LG'] },
        { id: '2607.00002', categories: ['hep-ph', 'cs.CL'], type: 'cross' },
        { id: '2607.00003', categories: ['cs.LG'], title: ' ' },
        { id: '2607.00004', categories: ['cs.LG'], type: 'replace', version: 2 },
      ]),
    );
    expect(await run('feeds fetch', { name: 'learning' })).toBe(
      'learning: 4 items, 2 new papers, 1 new versions of others, 1 refused (It has no title)',
    );
    clock.set('2026-07-09T06:07:00Z');
    await run('feeds fetch', { name: 'learning' });
    clock.set('2026-07-09T07:07:00Z');
    expect(await run('feeds show', { name: 'learning' })).toBe(
      [
        'learning (arxiv:cs.LG+cs.CL)',
        'Today: partial: 1 item could not be read',
        'Watched since: 2026-07-09 05:10 UTC',
        'Last answer: 2026-07-09 06:07 UTC',
        'Read up to: 2026-07-09 04:00 UTC',
        'Next fetch: 2026-07-09 07:07 UTC',
        'Papers: 2, 1 of them from other fields',
        '',
        'Last runs:',
        '  2026-07-09 06:07 UTC  nothing new',
        '  2026-07-09 05:10 UTC  4 items, 2 new papers, 1 new versions of others, 1 refused (It has no title) (batch of 2026-07-09)',
        '',
        'Refused in the run of 2026-07-09 05:10 UTC: 1',
        '  1 × It has no title.',
        '      oai:arXiv.org:2607.00003v1',
      ].join('\n'),
    );
  });

  it('tell that a feed is broken, stale or quiet', async () => {
    const state = async () =>
      /Today: (\w+)/.exec(await run('feeds show', { name: 'learning' }))?.[1];
    clock.set('2026-07-10T05:00:00Z');
    expect(await state()).toBe('stale');
    feeds.answer = (_request, response) => response.writeHead(410).end();
    await expect(run('feeds fetch', { name: 'learning' })).rejects.toThrow(/HTTP 410/);
    expect(await state()).toBe('broken');
    expect(await run('feeds show', { name: 'learning' })).toMatch(/after 1 failed try/);
    clock.set('2026-07-12T05:00:00Z');
    feeds.answer = answerWith(arxivRss('2026-07-12', []));
    await run('feeds fetch', { name: 'learning' });
    expect(await state()).toBe('quiet');
    expect(await run('feeds list')).toMatch(/learning +arxiv +quiet/);
  });

  it('write the feeds as OPML and read them back, and say what is not read and why', async () => {
    await run('feeds add', {
      feed: 'arxiv-query:cat:cs.LG AND abs:"tide"',
      name: 'Tides & <more>',
    });
    await run('feeds add', { feed: `${feeds.url}/journal?a=1&b=2`, name: 'journal' });
    const text = await run('feeds export');
    expect(parseOpml(text)).toHaveLength(3);
    await expect(run('feeds import', { text })).rejects.toThrow(/^0 feeds added, 3 not/);
    const before = await context.outside.store.feeds.list();
    for (const { name } of before) await run('feeds remove', { name });
    const mixed = text.replace(
      '</body>',
      '<outline text="twice" xmlUrl="https://rss.arxiv.org/rss/cs.CL+cs.LG"/><outline text="bad" xmlUrl="ftp://x.example/"/></body>',
    );
    const answer = await run('feeds import', { text: mixed });
    expect(answer.split('\n')).toEqual([
      '3 feeds added, 2 not',
      '  twice: the feed arxiv:cs.CL+cs.LG is there already, under the name learning',
      '  bad: "ftp://x.example/" names no kind of feed.',
    ]);
    const after = await context.outside.store.feeds.list();
    const shown = (list: typeof after) =>
      list.map(({ name, kind, address }) => [name, kind, address]);
    expect(shown(after)).toEqual(shown(before));
    const folder = (letter: string) =>
      `<outline text="Journal ${letter}"><outline text="Current issue" xmlUrl="https://${letter}.example.org/f"/></outline>`;
    const two = `<opml version="2.0"><body>${folder('a')}${folder('b')}</body></opml>`;
    expect(await run('feeds import', { text: two })).toBe('2 feeds added, 0 not');
    const named = (await context.outside.store.feeds.list()).map(({ name }) => name);
    expect(named).toEqual(expect.arrayContaining(['Current issue', 'Current issue (Journal b)']));
    await expect(run('feeds import', { text: two })).rejects.toThrow(/^0 feeds added, 2 not/);
    await expect(run('feeds import', { text: 'no OPML' })).rejects.toThrow(/not OPML/);
    feeds.answer = answerWith(journalRss([{ title: 'One', date: '2026-07-12T00:00:00Z' }]));
    expect(await run('feeds fetch', { name: 'journal' })).toMatch(/1 new/);
  });

  it('find the feed of a page and of an ISSN, and add nothing by that', async () => {
    const before = (await context.outside.store.feeds.list()).length;
    feeds.answer = (request, response) => {
      const isPage = request.url === '/journals/gulls';
      response.end(
        isPage
          ? '<html><link rel="alternate" type="application/rss+xml" href="/gulls.xml"></html>'
          : journalRss([{ title: 'One gull', date: '2026-07-12T00:00:00Z' }]),
      );
    };
    expect(await run('feeds find', { feed: `${feeds.url}/journals/gulls` })).toBe(
      `${feeds.url}/gulls.xml  Journal\nfound named by that page; it has 1 paper\n  One gull`,
    );
    feeds.answer = (_, response) => response.end('<html>Gulls</html>');
    await expect(run('feeds find', { feed: `${feeds.url}/gulls` })).rejects.toThrow(
      'No feed was found there.',
    );
    await expect(run('feeds find', { feed: 'arxiv:cs.ZZ' })).rejects.toThrow(/Nearest: cs\./);
    expect((await context.outside.store.feeds.list()).length).toBe(before);
  });

  it('read a journal at Crossref, once each, and say which source wants a key', async () => {
    const work = (number: number, created: string) => ({
      DOI: `10.5555/gull.${number}`,
      type: 'journal-article',
      title: [`Gull ${number}`],
      created: { 'date-time': created },
      issued: { 'date-parts': [[number === 3 ? 1999 : 2027]] },
    });
    const items = [
      work(1, '2026-07-12T01:00:00Z'),
      work(2, '2026-07-11T01:00:00Z'),
      work(3, '2026-07-12T01:00:00Z'),
    ];
    feeds.answer = answerWith(JSON.stringify({ message: { 'total-results': 3, items } }));
    await run('feeds add', { feed: 'crossref:2167-8359', name: 'gulls' });
    expect(await run('feeds fetch', { name: 'gulls' })).toMatch(/3 items, 2 new papers.*1 refused/);
    expect(await run('feeds fetch', { name: 'gulls' })).toMatch(/2 known/);
    const shown = await run('feeds show', { name: 'gulls' });
    expect(shown).toContain('It is more than 7 days old.');
    expect(await run('feeds add', { feed: 'openalex:gulls', name: 'all gulls' })).toContain(
      'OpenAlex: OPENALEX_KEY is not set; a key is needed since February 2026',
    );
  });
});
