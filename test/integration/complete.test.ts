import type { IncomingMessage, ServerResponse } from 'node:http';
import { completeWorks } from '../../src/steps/feeds/complete.ts';
import { backends } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { waitFor } from '../harness/wait.ts';

const DAY_MS = 24 * 3_600_000;
const ADA = 'ada@readers.example';

const entry = (id: string) =>
  `<entry><id>http://arxiv.org/abs/${id}v1</id><title>Gulls on roofs in winter ${id}</title><summary>Gulls rest on warm tin roofs while the harbour freezes over.</summary></entry>`;
const work = (DOI: string) => ({ DOI, title: [`Terns ${DOI}`], type: 'journal-article' });

// A library of ids counts before a feed brings the papers, and brings no news by itself.
describe.each(backends)('papers named by ids, in the %s', (backend) => {
  let live: Live;
  let feeds: FeedServer;
  let isDown = false;

  const play = ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(url, 'http://source');
    if (isDown) return response.writeHead(503, { 'retry-after': '7200' }).end();
    if (pathname === '/api/query') {
      const ids = searchParams.get('id_list')?.split(',') ?? [];
      return response.end(
        `<feed xmlns="http://www.w3.org/2005/Atom">${ids.map(entry).join('')}</feed>`,
      );
    }
    const dois = [...(searchParams.get('filter') ?? '').matchAll(/doi:([^,]+)/g)];
    const items = dois.flatMap(([, doi = '']) => (doi.endsWith('new') ? [] : [work(doi)]));
    return response.end(JSON.stringify({ message: { 'total-results': items.length, items } }));
  };

  beforeAll(async () => {
    feeds = await openFeedServer();
    feeds.answer = play;
    live = await openLive(backend, { env: { ...playedBy(feeds), LOOK_UP_PAPERS: 'true' } });
    await subscribe(live.outside, ADA);
  });
  afterAll(async () => {
    await live?.close();
    await feeds?.close();
  });

  const find = async () => {
    const reader = await live.outside.store.subscribers.findByAddress(ADA);
    if (!reader) throw new Error('the reader is gone');
    return reader;
  };
  const page = async () =>
    live.sign('preferences', (await find()).id).replace('/preferences/', '/taste/');
  const paste = async (...lines: string[]) =>
    live.post(`${await page()}/library`, { pasted: lines.join('\n') });
  const isQuiet = async () => !(await live.outside.store.works.isDue(live.clock.now()));
  const titles = async () => {
    const listed = await live.outside.store.libraries.list((await find()).subscriberId);
    return Object.fromEntries(listed.map(({ key, title }) => [key, title]));
  };

  it('are looked up in the background, learned from, and no paper of the draft', async () => {
    await paste('2601.00001', 'https://doi.org/10.5555/tern', '10.5555/new');
    await live.settle();
    await waitFor(async () => Object.values(await titles()).filter(Boolean).length === 2);
    expect(await titles()).toEqual({
      'arxiv:2601.00001': 'Gulls on roofs in winter 2601.00001',
      'doi:10.5555/tern': 'Terns 10.5555/tern',
      'doi:10.5555/new': null,
    });
    expect(feeds.requests.map(({ url = '' }) => url.split('?')[0])).toEqual([
      '/api/query',
      '/works',
    ]);
    const { store } = live.outside;
    expect(await store.libraries.listBehind([(await find()).subscriberId])).toHaveLength(1);
    const shown = (await live.get(await page())).body;
    expect(shown).toContain('Gulls on roofs in winter');
    expect(shown).toContain('looked up at arXiv, Crossref and PubMed, without your name');
    expect(shown).toMatch(/Moves papers up:[\s\S]*?<li>[^<]*(?:gulls|roofs|winter)/);
    const draft = await store.editions.findDraft();
    expect(draft ? await store.papers.countOfEdition(draft.id) : 0).toBe(0);
  });

  it('are asked for once, and what was unknown again the next day', async () => {
    feeds.requests.length = 0;
    live.clock.advance(DAY_MS);
    await live.settle();
    await waitFor(isQuiet);
    expect(feeds.requests.map(({ url }) => url)).toEqual([
      expect.stringContaining('%2Fnew&rows=1'),
    ]);
    expect(await completeWorks(live.outside)).toEqual({ asked: 0, found: 0 });
  });

  it('wait where a source is down, as long as it says', async () => {
    isDown = true;
    feeds.requests.length = 0;
    await paste('10.5555/later');
    await live.settle();
    await waitFor(isQuiet);
    expect(feeds.requests.length).toBeGreaterThan(0);
    live.clock.advance(3_600_000);
    expect(await isQuiet()).toBe(true);
    isDown = false;
    live.clock.advance(3_600_000);
    await live.settle();
    await waitFor(async () => (await titles())['doi:10.5555/later'] !== null);
  });

  it('are forgotten with the libraries that named them', async () => {
    await live.post(`${await page()}/library/remove`, { key: 'all' });
    expect(await live.outside.store.works.removeUnnamed()).toBe(4);
  });
});
