import type { DestinationStream } from 'pino';
import { createLog } from '../../src/process/log.ts';
import { exportReader } from '../../src/steps/readers/private.ts';
import { backends } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { type ReaderBrowser, signReaderIn } from '../harness/reader-session.ts';
import { waitFor } from '../harness/wait.ts';
import { deleteForGood, openShelf, playShelf } from '../harness/zotero-shelf.ts';

const MINUTE = 60_000;
const KEY = 'a1B2c3D4e5F6g7H8i9J0k1L2';
const READ_ONLY = 'r1B2c3D4e5F6g7H8i9J0k1L2';
const ada = 'ada@readers.example';

// What a reader keeps, into a collection of theirs at Zotero. The tests follow one reader through their days.
describe.each(backends)('what is kept goes to Zotero, in the %s', (backend) => {
  let live: Live;
  let zotero: FeedServer;
  let browser: ReaderBrowser;
  let papers: { id: number; title: string }[];
  let logged = '';
  const shelf = openShelf(475425, KEY);
  shelf.keys.set(READ_ONLY, { library: true, write: false });

  beforeAll(async () => {
    zotero = await openFeedServer();
    zotero.answer = playShelf(shelf);
    const to: DestinationStream = {
      write(line: string) {
        logged += line;
      },
    };
    live = await openLive(backend, {
      // Another name than that of the feeds, which have a turn of their own.
      env: {
        ZOTERO_URL: zotero.url.replace('127.0.0.1', 'localhost'),
        REQUESTS_PER_MINUTE: '100000',
      },
      log: createLog('debug', to),
    });
    await subscribe(live.outside, ada);
    const name = await cutWith(live.outside, makePapers('z', 12));
    const edition = await live.outside.store.editions.findByName(name);
    papers = await live.outside.store.papers.listOfEdition(edition?.id ?? 0);
    browser = await signReaderIn(live, ada, '/my-papers');
  });
  beforeEach(() => {
    zotero.requests.length = 0;
  });
  afterAll(async () => {
    await live?.close();
    await zotero?.close();
  });

  const subscriberId = async () =>
    (await live.outside.store.subscribers.findByAddress(ada))?.subscriberId ?? 0;
  const find = async () => {
    const found = await live.outside.store.shelves.find(await subscriberId());
    if (!found) throw new Error('there is no shelf');
    return found;
  };
  const paperAt = (at: number) => {
    const paper = papers[at];
    if (!paper) throw new Error('no such paper');
    return paper;
  };
  const keep = (at: number) => browser.post(`/my-papers/${paperAt(at).id}`, { act: 'keep' });
  const press = (act: string, fields: Record<string, string> = {}) =>
    browser.post('/my-papers/zotero', { act, ...fields });
  const page = async () => (await browser.get('/my-papers')).body;
  const titles = () => [...shelf.items.values()].map(({ data }) => data.title).sort();
  const itemOf = (at: number) =>
    [...shelf.items.values()].find(({ data }) => data.title === paperAt(at).title);
  /** Waits until nothing is to go there now. */
  const settle = () =>
    waitFor(async () => {
      await live.settle();
      const { nextAt } = await find();
      return nextAt === null || nextAt > live.outside.now();
    });
  const asked = () => zotero.requests.map(({ method, url }) => `${method} ${url}`);

  it('takes no key that is none or may not write, and says so at once', async () => {
    expect((await press('key', { key: 'no key' })).body).toContain('That is no key');
    expect(zotero.requests).toEqual([]);
    const refused = await press('key', { key: READ_ONLY });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('This key may not write.');
    expect(refused.body).not.toContain(READ_ONLY);
    expect(await live.outside.store.shelves.find(await subscriberId())).toBeUndefined();
    expect((await live.post('/my-papers/zotero', { act: 'key', key: KEY })).statusCode).toBe(303);
  });

  it('makes a collection and puts there what is kept, each once', async () => {
    await keep(0);
    await keep(1);
    const begun = await press('key', { key: KEY });
    expect(begun.body).toContain('The key is good.');
    expect(begun.body).not.toContain(KEY);
    expect((await find()).sealedKey).not.toContain(KEY);
    await settle();
    expect([...shelf.collections.values()]).toEqual([live.outside.config.site.name]);
    expect(titles()).toEqual([paperAt(0).title, paperAt(1).title].sort());
    const [collection] = shelf.collections.keys();
    expect(itemOf(0)?.data.collections).toEqual([collection]);
    expect(await page()).toContain('2 papers are there.');
    zotero.requests.length = 0;
    await keep(2);
    await settle();
    expect(titles()).toHaveLength(3);
    expect(asked().filter((each) => each.startsWith('POST'))).toEqual(['POST /users/475425/items']);
  });

  it('leaves alone what its reader changed, threw away or deleted there', async () => {
    const changed = itemOf(0);
    if (changed) changed.data.title = 'Mine';
    const gone = itemOf(1)?.data.key ?? '';
    deleteForGood(shelf, gone);
    for (const at of [0, 1]) {
      await browser.post(`/my-papers/${paperAt(at).id}`, { act: 'remove' });
      await keep(at);
    }
    await settle();
    expect(titles()).toEqual(['Mine', paperAt(2).title].sort());
    expect(await page()).toContain('3 papers are there.');
    if (changed) changed.data.title = paperAt(0).title;
  });

  it('keeps what came by the links of a mail here, unless its reader lets it go', async () => {
    await live.outside.store.kept.insert({
      subscriberId: await subscriberId(),
      paperId: paperAt(3).id,
      at: live.outside.now(),
      isByMail: true,
    });
    await press('again');
    await settle();
    expect(itemOf(3)).toBeUndefined();
    expect(await page()).toContain('1 that was kept by a link of a mail stays here.');
    await press('mail');
    await settle();
    expect(itemOf(3)).toBeDefined();
    await press('web');
    await settle();
  });

  it('tells which papers Zotero did not take, and why, and tries them when asked', async () => {
    shelf.trouble.set(paperAt(4).title, {
      code: 400,
      message: 'Invalid value &#039;x&#039; for &lt;field&gt;',
    });
    await keep(4);
    await keep(5);
    await settle();
    expect(itemOf(5)).toBeDefined();
    const body = await page();
    expect(body).toContain('Zotero did not take these');
    expect(body).toMatch(/Invalid value &#(39|x27);x&#(39|x27); for &lt;field&gt;/);
    zotero.requests.length = 0;
    live.clock.advance(24 * 60 * MINUTE);
    await settle();
    expect(asked()).toEqual([]);
    shelf.trouble.clear();
    await press('again');
    await settle();
    expect(itemOf(4)).toBeDefined();
    expect(await page()).not.toContain('Zotero did not take these');
  });

  it('tries an item again by itself with which Zotero had trouble', async () => {
    shelf.trouble.set(paperAt(6).title, { code: 500, message: 'An error occurred' });
    await keep(6);
    await settle();
    expect(await page()).toContain('1 waits.');
    shelf.trouble.clear();
    live.clock.advance(11 * MINUTE);
    await settle();
    expect(itemOf(6)).toBeDefined();
  });

  it('writes into the library where the collection was deleted, and makes it anew when asked', async () => {
    shelf.collections.clear();
    await keep(7);
    await settle();
    expect(itemOf(7)?.data.collections).toEqual([]);
    expect(await page()).toContain('The collection was deleted at Zotero');
    await press('collection');
    await keep(8);
    await settle();
    const [collection] = shelf.collections.keys();
    expect(itemOf(8)?.data.collections).toEqual([collection]);
  });

  it('comes back no sooner than Zotero says', async () => {
    shelf.before = (_request, response) => {
      response.writeHead(429, { 'retry-after': '2' }).end('Rate limit exceeded');
      return true;
    };
    await keep(9);
    await settle();
    expect(await page()).toContain('Zotero asked us to come back later');
    shelf.before = (_request, response) => {
      response.setHeader('backoff', '2');
      return false;
    };
    live.clock.advance(2 * MINUTE);
    const times: number[] = [];
    const { answer } = zotero;
    zotero.answer = (request, response) => {
      times.push(Date.now());
      answer(request, response);
    };
    await settle();
    shelf.before = () => false;
    zotero.answer = answer;
    expect(itemOf(9)).toBeDefined();
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1900);
  });

  it('is in the export of its reader, but for the key, and in no log', async () => {
    const reader = await live.outside.store.subscribers.findByAddress(ada);
    const data = await exportReader(live.outside, reader?.id ?? 0);
    expect(data?.shelf).toMatchObject({ userId: 475425, userName: 'ada', problem: null });
    expect(JSON.stringify(data)).not.toContain(KEY);
    expect(JSON.stringify(data?.shelf)).not.toContain('sealed');
    expect(logged).not.toContain(KEY);
  });

  it('never tries a refused key again, nor lets anybody send so many that all are shut out', async () => {
    shelf.keys.delete(KEY);
    await keep(10);
    await settle();
    expect(await find()).toMatchObject({ problem: 'key', sealedKey: null, nextAt: null });
    expect(await page()).toContain('Zotero refuses the key');
    zotero.requests.length = 0;
    live.clock.advance(48 * 60 * MINUTE);
    await keep(11);
    await press('again');
    await settle();
    expect(zotero.requests).toEqual([]);
    for (let wrong = 0; wrong < 4; wrong += 1) {
      const answer = await press('key', { key: `${wrong}234567890abcdef` });
      expect(answer.body).toContain('Zotero cannot be asked right now.');
    }
    expect(zotero.requests).toEqual([]);
    expect(shelf.wrongKeys).toBe(1);
  });

  it('ends by a press, and what is there stays', async () => {
    const count = shelf.items.size;
    expect((await press('end')).body).toContain('Nothing goes to Zotero any more');
    expect(await live.outside.store.shelves.find(await subscriberId())).toBeUndefined();
    expect(shelf.items.size).toBe(count);
  });
});
