import { brotliCompressSync, gzipSync } from 'node:zlib';
import { MockAgent } from 'undici';
import { createDispatcher } from '../../src/feeds/connect.ts';
import { type FetchRules, fetchBytes } from '../../src/feeds/fetch.ts';
import { type Loopback, type Play, startLoopback } from './loopback.ts';

let server: Loopback;
let play: Play = (_request, response) => response.end();
const turns: string[] = [];
const dispatcher = createDispatcher({
  allowPrivate: true,
  connectTimeoutMs: 1000,
  maxBytes: 1_000_000,
});
const rules: FetchRules = {
  userAgent: 'Paperround/0.0.1 (+mailto:operator@host.invalid)',
  allowPrivate: true,
  timeoutMs: 2000,
  chunkTimeoutMs: 2000,
  maxBytes: 1_000_000,
  maxRedirects: 3,
  attempts: 3,
  backoffMs: 1,
  maxWaitMs: 1500,
  turn: async (host) => void turns.push(host),
  dispatcher,
};
const get = (path = '/', changed: Partial<FetchRules> = {}, signal?: AbortSignal) =>
  fetchBytes({ url: server.base + path }, { ...rules, ...changed }, signal);

beforeAll(async () => {
  server = await startLoopback((request, response) => play(request, response));
});
beforeEach(() => {
  turns.length = 0;
  server.asked.length = 0;
  server.headers.length = 0;
});
afterAll(async () => {
  await dispatcher.destroy();
  await server.close();
});

describe('fetchBytes', () => {
  it('says who asks, and keeps the validators for the next time', async () => {
    play = (request, response) => {
      response
        .setHeader('etag', '"v1"')
        .setHeader('last-modified', 'Mon, 06 Jul 2026 00:00:00 GMT');
      if (request.headers['if-none-match'] === '"v1"') response.statusCode = 304;
      response.end(response.statusCode === 304 ? undefined : 'body');
    };
    const first = await get();
    expect(Buffer.from(first.bytes).toString()).toBe('body');
    expect(first).toMatchObject({ isUnchanged: false, etag: '"v1"' });
    const { etag = '', lastModified = '' } = first;
    const again = await fetchBytes({ url: server.base, etag, lastModified }, rules);
    expect(again).toMatchObject({ isUnchanged: true, etag: '"v1"' });
    expect(server.headers[1]).toMatchObject({
      'user-agent': 'Paperround/0.0.1 (+mailto:operator@host.invalid)',
      'if-modified-since': 'Mon, 06 Jul 2026 00:00:00 GMT',
    });
  });

  it('throws the body of a 304 away, whatever it says of the 200 that it stands for', async () => {
    const body = gzipSync('body');
    play = (request, response) => {
      response.setHeader('etag', '"v1"').setHeader('content-encoding', 'gzip');
      response.setHeader('content-length', body.length);
      if (request.headers['if-none-match'] !== '"v1"') return response.end(body);
      return response.writeHead(304).end();
    };
    const { etag = '' } = await get();
    for (const round of [1, 2]) {
      const again = await fetchBytes({ url: server.base, etag }, { ...rules, attempts: 1 });
      expect([round, again.isUnchanged, again.bytes.length]).toEqual([round, true, 0]);
    }
  });

  it.each([
    ['gzip', gzipSync('body')],
    ['br', brotliCompressSync('body')],
  ])('unpacks %s', async (encoding, packed) => {
    play = (_request, response) => response.setHeader('content-encoding', encoding).end(packed);
    expect(Buffer.from((await get()).bytes).toString()).toBe('body');
  });

  it.each(['compress', 'gzip, gzip'])('refuses a body packed as %s', async (encoding) => {
    play = (_request, response) => response.setHeader('content-encoding', encoding).end('x');
    await expect(get()).rejects.toMatchObject({ code: 'malformed' });
  });

  it('refuses a damaged packed body', async () => {
    play = (_request, response) => response.setHeader('content-encoding', 'gzip').end('not gzip');
    await expect(get()).rejects.toMatchObject({ code: 'malformed' });
  });

  it('stops a gzip bomb at the cap', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    play = (_request, response) => response.setHeader('content-encoding', 'gzip').end(bomb);
    await expect(get()).rejects.toMatchObject({ code: 'too-large' });
    expect(server.asked.length).toBe(1);
  });

  it('stops a body without end at the cap', async () => {
    let sent = 0;
    play = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    };
    await expect(get()).rejects.toMatchObject({ code: 'too-large' });
    expect(sent).toBeLessThan(50_000_000);
  });

  it('gives up on a body that is sent drop by drop, and on one that stops', async () => {
    play = (_request, response) => {
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drip));
    };
    await expect(get('/', { timeoutMs: 100, attempts: 1 })).rejects.toMatchObject({
      code: 'timeout',
    });
    play = (_request, response) => void response.write('x');
    // undici looks at its timers about every half second.
    const stopped = get('/', { chunkTimeoutMs: 50, timeoutMs: 10_000, attempts: 1 });
    await expect(stopped).rejects.toMatchObject({ code: 'timeout' });
  });

  it('asks again after a fault, each time in turn', async () => {
    play = (_request, response) => {
      response.statusCode = server.asked.length < 3 ? 502 : 200;
      response.end('body');
    };
    expect((await get()).status).toBe(200);
    expect(turns).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
  });

  it('asks again after a broken connection', async () => {
    play = (request, response) => {
      if (server.asked.length === 1) request.socket.destroy();
      else response.end('body');
    };
    expect((await get()).status).toBe(200);
  });

  it('does not ask again what will not change', async () => {
    play = (_request, response) => response.writeHead(404).end();
    await expect(get()).rejects.toMatchObject({ code: 'status', status: 404 });
    expect(server.asked.length).toBe(1);
  });

  it('waits as long as it is asked to', async () => {
    const times: number[] = [];
    play = (_request, response) => {
      times.push(Date.now());
      if (times.length === 1) response.writeHead(429, { 'retry-after': '1' });
      response.end();
    };
    await get();
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(995);
  });

  it.each([
    ['3600', 3_600_000],
    [new Date(Date.now() + 7_200_000).toUTCString(), 7_000_000],
  ])('goes away where it is asked to wait too long: %s', async (retryAfter, least) => {
    play = (_request, response) => response.writeHead(503, { 'retry-after': retryAfter }).end();
    const error = await get().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'busy', status: 503 });
    expect(error).toHaveProperty('retryAfterMs');
    expect(Reflect.get(Object(error), 'retryAfterMs')).toBeGreaterThanOrEqual(least);
    expect(server.asked.length).toBe(1);
  });

  it('follows redirects in turn, and no loop', async () => {
    play = (request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: 'b' });
      if (request.url === '/loop') response.writeHead(302, { location: '/loop' });
      response.end('body');
    };
    expect(Buffer.from((await get('/a')).bytes).toString()).toBe('body');
    expect(turns.length).toBe(2);
    await expect(get('/loop')).rejects.toMatchObject({ code: 'too-many-redirects' });
    expect(server.asked.filter((path) => path === '/loop').length).toBe(4);
  });

  it('keeps the cookies of a site from redirect to redirect, and for no other fetch', async () => {
    const isKnown = (cookie = '') => cookie.includes('OJSSID=7') && cookie.includes('seen=yes');
    play = (request, response) => {
      if (isKnown(request.headers.cookie)) return response.end('body');
      response.setHeader('set-cookie', ['OJSSID=7; path=/; HttpOnly', 'seen=yes', 'no cookie']);
      return response.writeHead(302, { location: request.url }).end();
    };
    for (const fetch of [1, 2]) {
      const { bytes } = await get('/index.php/j/gateway/plugin/rss2');
      expect([fetch, Buffer.from(bytes).toString()]).toEqual([fetch, 'body']);
    }
    expect(server.headers.map(({ cookie }) => isKnown(cookie))).toEqual([false, true, false, true]);
  });

  it('shows no site the cookies of another', async () => {
    const here = server.base.replace('127.0.0.1', 'localhost');
    play = (request, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2; domain=127.0.0.1', 'c=3; domain=com']);
      if (request.url === '/a') response.writeHead(302, { location: `${here}/b` });
      response.end('body');
    };
    await get('/a');
    expect(server.asked).toEqual(['/a', '/b']);
    expect(server.headers.map(({ cookie }) => cookie)).toEqual([undefined, undefined]);
  });

  it.each(['file:///etc/passwd', 'ftp://example.org/', 'gopher://x', 'http://'])(
    'does not follow a redirect to %s',
    async (location) => {
      play = (_request, response) => response.writeHead(302, { location }).end();
      await expect(get()).rejects.toMatchObject({ code: 'bad-address' });
    },
  );

  it('does not follow a redirect to a private address', async () => {
    const outside = new MockAgent();
    outside.disableNetConnect();
    outside
      .get('http://feed.example')
      .intercept({ path: '/' })
      .reply(302, '', { headers: { location: `${server.base}/secret` } });
    const fetched = fetchBytes(
      { url: 'http://feed.example/' },
      { ...rules, allowPrivate: false, dispatcher: outside },
    );
    await expect(fetched).rejects.toMatchObject({ code: 'private-address' });
    expect(server.asked).toEqual([]);
    await outside.close();
  });

  it.each([
    ['a private address', ['127.0.0.1']],
    ['one among public ones', ['93.184.216.34', '127.0.0.1']],
    ['none', []],
  ])('does not connect where a name resolves to %s', async (_name, addresses) => {
    let lookups = 0;
    const guarded = createDispatcher({
      allowPrivate: false,
      connectTimeoutMs: 1000,
      maxBytes: 1000,
      // Every connection asks once, and what it is told is both checked and dialled: a name
      // that answers differently a moment later gains nothing.
      lookup: (_host, _options, callback) => {
        lookups += 1;
        callback(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        );
      },
    });
    const url = server.base.replace('127.0.0.1', 'rebind.example');
    const fetched = fetchBytes({ url }, { ...rules, allowPrivate: false, dispatcher: guarded });
    await expect(fetched).rejects.toMatchObject({ code: 'private-address' });
    expect([lookups, server.asked.length]).toEqual([1, 0]);
    await guarded.destroy();
  });

  it('does not ask a private address outright', async () => {
    await expect(get('/', { allowPrivate: false })).rejects.toMatchObject({
      code: 'private-address',
    });
    expect([server.asked.length, turns.length]).toEqual([0, 0]);
  });

  it('stops when it is told to, also while it waits', async () => {
    play = (_request, response) => response.writeHead(500).end();
    const stop = new AbortController();
    const waiting = get('/', { backoffMs: 60_000 }, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('says so where there is no such host', async () => {
    const lost = createDispatcher({
      allowPrivate: true,
      connectTimeoutMs: 1000,
      maxBytes: 1000,
      lookup: (_host, _options, callback) =>
        callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    });
    const fetched = fetchBytes({ url: 'http://gone.example/' }, { ...rules, dispatcher: lost });
    await expect(fetched).rejects.toMatchObject({
      code: 'network',
      message: 'gone.example could not be reached: there is no such host.',
    });
    await lost.destroy();
  });
});
