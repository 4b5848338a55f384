import { findFeed } from '../../src/steps/feeds/find-feed.ts';
import { type Loopback, loopbackFeeds, startLoopback } from './loopback.ts';

const rss = (titles: readonly string[]) =>
  `<rss version="2.0"><channel><title>Feed</title>${titles
    .map((title, at) => `<item><title>${title}</title><link>https://e.org/${at}</link></item>`)
    .join('')}</channel></rss>`;
const crossref = {
  message: { 'total-results': 1, items: [{ DOI: '10.5555/gull.1', title: ['Gulls at Crossref'] }] },
};
const PAGES: Record<string, string> = {
  '/feed.xml': rss(['One', 'Two', 'Three', 'Four']),
  '/page': '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>',
  '/empty.xml': rss([]),
  '/two':
    '<html><link rel="alternate" type="application/rss+xml" href="/empty.xml"><link rel="alternate" type="application/atom+xml" href="/feed.xml">',
  '/only-empty': '<html><link rel="alternate" type="application/rss+xml" href="/empty.xml">',
  '/issn': '<html><meta name="citation_issn" content="2167-8359">',
  '/shown': '<html><a href="/about">About</a> <a class="icon" href="/rss/current.xml">RSS</a>',
  '/rss/current.xml': rss(['Shown']),
  '/nothing': '<html><a href="/rss-guide.html">What RSS is</a>',
  '/index.php/gulls/gateway/plugin/WebFeedGatewayPlugin/atom': rss(['At OJS']),
  '/index.php/terns': '<html><link rel="alternate" type="application/rss+xml" href="/feed.xml">',
  '/journals/2167-8359/works': JSON.stringify(crossref),
};

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback((request, response) => {
    const body = PAGES[(request.url ?? '').replace(/\?.*/, '')];
    response.writeHead(body === undefined ? 404 : 200);
    response.end(body ?? 'gone');
  });
});
afterAll(() => server.close());

async function find(text: string) {
  const feeds = loopbackFeeds(server.base);
  try {
    return await findFeed({ feeds, now: () => new Date('2026-07-07T12:00:00Z') }, text);
  } finally {
    await feeds.close();
  }
}

const feed = (path: string) => ({ kind: 'feed', address: server.base + path });

it('takes a feed for what it is, with three of its papers', async () => {
  expect(await find(`${server.base}/feed.xml`)).toEqual({
    address: feed('/feed.xml'),
    title: 'Feed',
    how: 'at that address',
    papers: 4,
    titles: ['One', 'Two', 'Three'],
  });
});

it('finds the feed that a page names, and of several one that has papers', async () => {
  expect((await find(`${server.base}/page`)).address).toEqual(feed('/feed.xml'));
  expect((await find(`${server.base}/two`)).address).toEqual(feed('/feed.xml'));
});

it('follows what a page shows people where it names nothing for programs', async () => {
  expect(await find(`${server.base}/shown`)).toMatchObject({
    address: feed('/rss/current.xml'),
    titles: ['Shown'],
  });
});

it('takes an empty feed where there is no other', async () => {
  expect(await find(`${server.base}/only-empty`)).toMatchObject({
    address: feed('/empty.xml'),
    papers: 0,
  });
});

it('finds a feed where its publisher keeps it, else on the page', async () => {
  const [first, second] = [
    await find(`${server.base}/index.php/gulls/index`),
    await find(`${server.base}/index.php/terns`),
  ];
  expect(first.titles).toEqual(['At OJS']);
  expect(first.how).toContain('Open Journal Systems');
  expect(second.address).toEqual(feed('/feed.xml'));
});

it.each(['2167-8359', 'ISSN 2167-8359'])('asks Crossref for %s', async (text) => {
  expect(await find(text)).toEqual({
    address: { kind: 'crossref', address: '2167-8359' },
    title: '',
    how: 'by the ISSN 2167-8359, at Crossref',
    papers: 1,
    titles: ['Gulls at Crossref'],
  });
});

it('asks Crossref for the ISSN of a page without a feed', async () => {
  expect((await find(`${server.base}/issn`)).titles).toEqual(['Gulls at Crossref']);
});

it('says what was tried where nothing was found', async () => {
  await expect(find(`${server.base}/nothing`)).rejects.toThrow(
    /^No feed was found there\.\n {2}at that address: The address gives a web page, not a feed\.$/,
  );
  await expect(find(`${server.base}/gone`)).rejects.toThrow('HTTP 404');
  await expect(find('nonsense')).rejects.toThrow('names no kind of feed');
});
