import type { DestinationStream } from 'pino';
import { runCommand } from '../../src/commands/commands.ts';
import { createLog } from '../../src/process/log.ts';
import { backends } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { waitFor } from '../harness/wait.ts';
import { type PlayedLibrary, playZotero } from '../harness/zotero-server.ts';

const DAY = 24 * 3_600_000;
const KEY = 'a1B2c3D4e5F6g7H8i9J0k1L2';
const item = (key: string, version: number, data: Record<string, unknown> = {}) => ({
  key,
  version,
  data: {
    itemType: 'journalArticle',
    title: `Coral reefs under ${key}`,
    abstractNote: 'Reefs bleach in warm summers.',
    DOI: `10.5555/${key}`,
    ...data,
  },
});

// A reader's library at Zotero, from their form to the papers that they have.
describe.each(backends)('a followed library, in the %s', (backend) => {
  let live: Live;
  let zotero: FeedServer;
  let logged = '';
  const ada = 'ada@readers.example';
  const library: PlayedLibrary = {
    path: 'users/475425',
    apiKey: KEY,
    version: 9,
    items: [
      item('heat', 3),
      item('acid', 9),
      { key: 'NOTE', version: 4, data: { itemType: 'note', note: 'mine' } },
    ],
    deleted: [],
  };
  beforeAll(async () => {
    zotero = await openFeedServer();
    const to: DestinationStream = {
      write(line: string) {
        logged += line;
      },
    };
    live = await openLive(backend, {
      // Another name than that of the feeds, which have a turn of their own.
      env: {
        ZOTERO_URL: zotero.url.replace('127.0.0.1', 'localhost'),
        REQUESTS_PER_MINUTE: '9999',
      },
      log: createLog('debug', to),
    });
    await subscribe(live.outside, ada);
  });
  beforeEach(() => {
    zotero.answer = playZotero(library);
    zotero.requests.length = 0;
  });
  afterAll(async () => {
    await live?.close();
    await zotero?.close();
  });

  const find = async () => {
    const reader = await live.outside.store.subscribers.findByAddress(ada);
    if (!reader) throw new Error('the reader is gone');
    return reader;
  };
  const list = async () => live.outside.store.followed.list((await find()).subscriberId);
  const first = async () => {
    const [followed] = await list();
    if (!followed) throw new Error('nothing is followed');
    return followed;
  };
  const keys = async () =>
    [...(await live.outside.store.libraries.listKeys((await find()).subscriberId))].sort();
  const privatePage = async () => {
    await live.post(`${live.sign('preferences', (await find()).id)}/private`);
    await live.settle();
    return live.linkTo('private', ada);
  };
  /** Waits until what is due was asked for. */
  const readDue = async () => {
    await live.settle();
    await waitFor(async () => {
      const all = await list();
      return all.every(({ nextAt }) => nextAt === null || nextAt > live.outside.now());
    });
  };

  it('is named on the private page, where its key is never shown', async () => {
    const page = await privatePage();
    expect((await live.get(page)).body).toContain('None is followed.');
    const wrong = await live.post(`${page}/follow`, { library: 'ada', key: KEY });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain('That is no library.');
    expect(wrong.body).not.toContain(KEY);
    const followed = await live.post(`${page}/follow`, { library: library.path, key: KEY });
    expect(followed.body).toContain('users/475425 is followed.');
    expect(followed.body).not.toContain(KEY);
    await readDue();
    const seen = (await live.get(page)).body;
    expect(seen).toContain('it brought 2 papers.');
    expect(seen).not.toContain(KEY);
    expect(await keys()).toEqual(['doi:10.5555/acid', 'doi:10.5555/heat']);
    expect(zotero.requests[0]?.headers['zotero-api-key']).toBe(KEY);
    const sealed = (await first()).sealedKey;
    expect(sealed).toMatch(/^\w+\.[\w-]{60,}$/);
    expect(sealed).not.toContain(KEY);
    const tastes = await live.outside.store.votes.listTastes([(await find()).subscriberId]);
    expect(tastes.size).toBe(1);
  });

  it('is read once a day, and where nothing changed by one small request', async () => {
    await live.settle();
    expect(zotero.requests).toEqual([]);
    live.clock.advance(DAY);
    await readDue();
    expect(zotero.requests.map(({ url }) => url?.split('?')[0])).toEqual([
      '/users/475425/items/top',
    ]);
    expect(zotero.requests[0]?.headers['if-modified-since-version']).toBe('9');
  });

  it('brings what is new and changed, and takes away what was trashed and deleted there', async () => {
    const page = live.sign('preferences', (await find()).id).replace('preferences', 'taste');
    await live.post(`${page}/library`, { pasted: '10.5555/acid' });
    library.version = 12;
    library.items = [
      item('heat', 11, { deleted: 1 }),
      item('acid', 12, { deleted: 1 }),
      item('storm', 10),
    ];
    live.clock.advance(DAY);
    await readDue();
    // What the reader pasted is theirs, whatever becomes of it elsewhere.
    expect(await keys()).toEqual(['doi:10.5555/acid', 'doi:10.5555/storm']);
    library.version = 13;
    library.items = [item('acid', 12, { deleted: 1 })];
    library.deleted = [{ key: 'storm', version: 13 }];
    live.clock.advance(DAY);
    await readDue();
    expect(await keys()).toEqual(['doi:10.5555/acid']);
    library.version = 14;
    library.items = [item('wind', 14)];
    live.clock.advance(DAY);
    await readDue();
    library.version = 15;
    library.items = [item('wind', 15, { DOI: '10.5555/wind.2' })];
    live.clock.advance(DAY);
    await readDue();
    expect(await keys()).toEqual(['doi:10.5555/acid', 'doi:10.5555/wind.2']);
  });

  it('says on the page why it could not be read, and tries again', async () => {
    // The link is good for a day, and days go by here.
    const says = async () => (await live.get(await privatePage())).body;
    library.apiKey = 'Z'.repeat(24);
    live.clock.advance(DAY);
    await readDue();
    expect(await says()).toContain('Zotero refuses the key');
    expect(await keys()).toHaveLength(2);
    zotero.answer = (_request, response) => response.writeHead(404).end();
    live.clock.advance(DAY);
    await readDue();
    expect(await says()).toContain('Zotero knows no such library');
    expect((await first()).failures).toBe(2);
    library.apiKey = KEY;
    zotero.answer = playZotero(library);
    live.clock.advance(DAY);
    await readDue();
    expect(await first()).toMatchObject({ problem: null, failures: 0, version: 15 });
  });

  it('is known to operators by the command line and the API, but for its key', async () => {
    const run = (name: string, args: object) =>
      runCommand(live.outside, {
        name: `subscribers library ${name}`,
        args: { address: ada, ...args },
      });
    const shown = await run('show', {});
    expect(shown.lines).toEqual([
      `2 papers in the library of ${ada}.`,
      expect.stringMatching(/^users\/475425: Read on .*: it brought 1 paper\.$/),
    ]);
    expect(JSON.stringify(shown.data)).not.toMatch(/sealed|key/i);
    const added = await run('add', { text: 'TY  - JOUR\nTI  - T\nDO  - 10.5555/ris\nER  - ' });
    expect(added.data).toMatchObject({ format: 'RIS', added: 1, understood: 1 });
    const refused = await run('add', { text: '%PDF-1.7' });
    expect(refused).toMatchObject({ exitCode: 1, lines: [expect.stringContaining('a PDF')] });
    await expect(run('unfollow', { library: 'groups/1' })).rejects.toThrow('is not followed');
    await expect(run('follow', { library: 'reefs' })).rejects.toThrow('That is no library');
    for (const place of ['1', '2', '3', '4']) await run('follow', { library: `groups/${place}` });
    await expect(run('follow', { library: 'groups/5' })).rejects.toThrow(
      '5 libraries are the most',
    );
    for (const place of ['1', '2', '3', '4']) await run('unfollow', { library: `groups/${place}` });
  });

  it('goes along in the export without its key, and is followed no more by a press', async () => {
    const page = await privatePage();
    const data = (await live.get(`${page}/export`)).json();
    expect(data.followed).toMatchObject([{ place: 'users/475425', problem: null }]);
    expect(JSON.stringify(data)).not.toContain((await first()).sealedKey);
    const id = String((await first()).id);
    const soon = await live.post(`${page}/followed`, { id, act: 'read' });
    expect(soon.body).toContain('was read a moment ago');
    expect((await live.post(`${page}/followed`, { id: '0', act: 'empty' })).statusCode).toBe(400);
    const stopped = await live.post(`${page}/followed`, { id, act: 'empty' });
    expect(stopped.body).toContain('Its papers are gone, too.');
    expect(await list()).toEqual([]);
    expect(await keys()).toEqual(['doi:10.5555/acid', 'doi:10.5555/ris']);
    live.clock.advance(DAY);
    await live.settle();
    expect(logged).toContain('library');
    expect(logged).not.toContain(KEY);
  });

  it('is erased with its reader, and not read for one who left', async () => {
    const leaver = 'leaver@readers.example';
    await subscribe(live.outside, leaver);
    await runCommand(live.outside, {
      name: 'subscribers library follow',
      args: { address: leaver, library: library.path, key: KEY },
    });
    await readDue();
    const reader = await live.outside.store.subscribers.findByAddress(leaver);
    const subscriberId = reader?.subscriberId ?? 0;
    await waitFor(
      async () => (await live.outside.store.followed.list(subscriberId))[0]?.readAt != null,
    );
    await live.post(live.sign('unsubscribe', reader?.id ?? 0));
    zotero.requests.length = 0;
    live.clock.advance(2 * DAY);
    expect(await live.outside.store.followed.listDue(live.clock.now(), 9)).toEqual([]);
    await runCommand(live.outside, {
      name: 'subscribers erase',
      args: { address: leaver, yes: true },
    });
    expect(await live.outside.store.followed.list(subscriberId)).toEqual([]);
    expect(zotero.requests).toEqual([]);
  });

  it('has everybody stay away as long as Zotero says', async () => {
    zotero.answer = (_request, response) =>
      response.writeHead(429, { 'retry-after': String(30 * 3600) }).end();
    const follow = (place: string) =>
      runCommand(live.outside, {
        name: 'subscribers library follow',
        args: { address: ada, library: place },
      });
    await follow('groups/7');
    await readDue();
    const { problem, nextAt } = await first();
    expect(problem).toBe('busy');
    expect((nextAt?.getTime() ?? 0) - live.clock.now().getTime()).toBe(30 * 3_600_000);
    zotero.requests.length = 0;
    await follow('groups/8');
    await readDue();
    expect((await list()).map((each) => each.problem)).toEqual(['busy', 'busy']);
    expect(zotero.requests).toEqual([]);
  });
});

// A few wrong keys shut out whoever sends them, and all readers of a site share its address.
it('asks by a key that is none once, and by no other key for a while', async () => {
  const zotero = await openFeedServer();
  const library = { path: 'users/1', apiKey: KEY, refusal: 'Invalid key', version: 1 };
  zotero.answer = playZotero({ ...library, items: [], deleted: [] });
  const url = zotero.url.replace('127.0.0.1', 'localhost');
  const live = await openLive('sandbox', { env: { ZOTERO_URL: url } });
  try {
    const { subscriberId } = await subscribe(live.outside, 'ada@readers.example');
    await runCommand(live.outside, {
      name: 'subscribers library follow',
      args: { address: 'ada@readers.example', library: 'users/1', key: 'x1B2c3D4e5F6g7H8' },
    });
    const find = async () => (await live.outside.store.followed.list(subscriberId))[0];
    await waitFor(async () => (await find())?.problem != null);
    expect(await find()).toMatchObject({ problem: 'key', nextAt: null });
    const other = live.outside.feeds.findZoteroKey('y1B2c3D4e5F6g7H8');
    await expect(other).rejects.toMatchObject({ code: 'busy' });
    expect(zotero.requests).toHaveLength(1);
  } finally {
    await live.close();
    await zotero.close();
  }
});

// Files of other programs, sent from the page of what was learned.
describe('a file on the page of what was learned', () => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive('sandbox');
    await subscribe(live.outside, 'ada@readers.example');
  });
  afterAll(() => live?.close());

  const send = async (name: string, bytes: Buffer | string) => {
    const reader = await live.outside.store.subscribers.findByAddress('ada@readers.example');
    const page = live.sign('preferences', reader?.id ?? 0).replace('preferences', 'taste');
    const form = new FormData();
    form.append('file', new Blob([bytes]), name);
    const request = new Request('http://x', { method: 'POST', body: form });
    return live.app.inject({
      method: 'POST',
      url: `${page}/library/file`,
      headers: {
        'content-type': request.headers.get('content-type') ?? '',
        'sec-fetch-site': 'same-origin',
      },
      payload: Buffer.from(await request.arrayBuffer()),
    });
  };

  it('is read by what it holds, whatever its name says', async () => {
    const ris = 'TY  - JOUR\nTI  - Reefs\nDO  - 10.5555/a\nER  - \nTY  - JOUR\nER  - ';
    const added = await send('papers.docx', ris);
    expect(added.statusCode).toBe(200);
    expect(added.body).toContain('1 paper added.');
    expect(added.body).toContain('1 paper, as RIS');
    expect(added.body).toContain('Line 5');
    const word = await send(
      'papers.ris',
      Buffer.from(`PK\u0003\u0004${' '.repeat(26)}word/document.xml`),
    );
    expect(word.statusCode).toBe(400);
    expect(word.body).toContain('This is a Word document, not a library.');
  });

  it('is refused where it is too large, none, or sent without a link', async () => {
    const large = await send('a.bib', 'x'.repeat(5_000_001));
    expect(large.statusCode).toBe(400);
    expect(large.body).toContain('larger than 5 MB');
    expect((await send('', '')).body).toContain('Choose a file first');
    const forged = await live.app.inject({ method: 'POST', url: '/taste/1.1.x/library/file' });
    expect(forged.statusCode).toBe(404);
  });
});
