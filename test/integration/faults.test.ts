import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Context } from '../../src/process/context.ts';
import { createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { journalRss } from '../harness/feed-shapes.ts';
import { fetchNow, findFeed, watch } from '../harness/feeds.ts';

// What a hostile or broken source sends ends in a recorded sentence, or in clean text.
describe('a fault of a feed', () => {
  let place: Place;
  let feeds: FeedServer;
  let context: Context;
  const clock = createClock('2026-07-09T05:10:00Z');
  const rss = (items: string, before = '') =>
    `<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>x</title>${items}</channel></rss>`;
  const item = (title: string, more = '') =>
    `<item><title>${title}</title><pubDate>Thu, 09 Jul 2026 00:00:00 GMT</pubDate>${more}</item>`;

  const faults: Record<string, (response: ServerResponse, path: string) => void> = {
    'an entity bomb': (response) =>
      response.end(rss(item('&b;'), '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>')),
    'an external entity': (response) =>
      response.end(rss(item('&f;'), '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
    'ten thousand tags': (response) => response.end(rss('<a>'.repeat(10_000))),
    'a redirect loop': (response, path) => response.writeHead(302, { location: path }).end(),
    'a redirect to a file': (response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    'a gzip bomb': (response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(50_000_000))),
    'a page of HTML': (response) => response.end('<!doctype html><html><body>Hello</body></html>'),
    'an empty answer': (response) => response.end(),
    'a page that is gone': (response) => response.writeHead(410).end(),
  };

  beforeAll(async () => {
    place = await createPlace('sandbox');
    feeds = await openFeedServer();
    context = await openContext(place, clock);
    feeds.answer = (request, response) => {
      const name = decodeURIComponent(new URL(request.url ?? '', feeds.url).pathname.slice(1));
      faults[name]?.(response, request.url ?? '');
    };
  });
  afterAll(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });

  it.each([
    ['an entity bomb', /declares entities of its own/],
    ['an external entity', /declares entities of its own/],
    ['ten thousand tags', /nests deeper than 100 elements/],
    ['a redirect loop', /redirects more than 5 times/],
    ['a redirect to a file', /not an http or https address/],
    ['a gzip bomb', /larger than 20000000 bytes/],
    ['a page of HTML', /./],
    ['an empty answer', /./],
    ['a page that is gone', /HTTP 410/],
  ])('%s is recorded with its reason', async (name, reason) => {
    const { outside } = context;
    const feed = await watch(outside, `${feeds.url}/${encodeURIComponent(name)}`, name);
    const [report] = await fetchNow(outside, name);
    expect(report).toMatchObject({
      status: 'failed',
      kept: 0,
      error: expect.stringMatching(reason),
    });
    expect(await findFeed(outside, name)).toMatchObject({ failures: 1, lastError: report?.error });
    const [run] = await outside.store.feeds.listRuns(feed.id, 5);
    expect(run?.error).toBe(report?.error);
  });

  it('in one item costs that item, and what is left is clean text', async () => {
    const { outside } = context;
    faults['items'] = (response) =>
      response.end(
        rss(
          [
            item('A bare & sign'),
            item('Scripts &lt;script&gt;alert(1)&lt;/script&gt;run'),
            item(`Right \u202Eto left`),
            item('x'.repeat(1_000_000)),
            item('', '<guid>nameless</guid>'),
          ].join(''),
        ),
      );
    await watch(outside, `${feeds.url}/items`, 'items');
    const [report] = await fetchNow(outside, 'items');
    expect(report).toMatchObject({ status: 'fetched', kept: 3, refused: 2 });
    expect(report?.refusals.map(({ reason }) => reason)).toEqual([
      'Its title has 1000000 characters.',
      'It has no title.',
    ]);
    const draft = await outside.store.editions.findDraft();
    const papers = await outside.store.papers.listOfEdition(draft?.id ?? 0);
    expect(papers.map(({ title }) => title)).toEqual([
      'A bare & sign',
      'Scripts run',
      'Right to left',
    ]);
  });

  it('is a private address, unless the configuration allows it', async () => {
    const closed = await createPlace('sandbox');
    const careful = await openContext(closed, clock, { ALLOW_PRIVATE_FEEDS: 'false' });
    faults['private'] = (response) => response.end(journalRss([{ title: 'Inside' }]));
    const asked = feeds.requests.length;
    await watch(careful.outside, `${feeds.url}/private`, 'private');
    const [report] = await fetchNow(careful.outside);
    expect(report?.error).toMatch(/not an address of the public internet/);
    expect(feeds.requests).toHaveLength(asked);
    await careful.close();
    await closed.remove();
  });
});
