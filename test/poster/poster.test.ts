import { type AddressInfo, createServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { createPoster, type Poster } from '../../src/poster/poster.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';

const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
const older = 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4';

describe('the poster', () => {
  let elsewhere: FeedServer;
  let poster: Poster;

  beforeEach(async () => {
    elsewhere = await openFeedServer();
    poster = createPoster({ timeoutMs: 300 });
  });
  afterEach(async () => {
    await poster.close();
    await elsewhere.close();
  });
  const get = () => poster.post({ url: `${elsewhere.url}/secret-path`, mayBePrivate: true });

  it('is heard by an answer of 2xx alone, and follows no redirect', async () => {
    const answers = [];
    for (const status of [200, 204, 301, 404, 500]) {
      elsewhere.answer = (_request, response) => {
        response.writeHead(status, { location: `${elsewhere.url}/other` }).end();
      };
      answers.push(await get());
    }
    expect(answers.map(({ isTaken }) => isTaken)).toEqual([true, true, false, false, false]);
    expect(answers[2]?.words).toBe('HTTP 301, and redirects are not followed');
    expect(elsewhere.requests).toHaveLength(5);
  });

  it('waits for nobody who does not answer, and never rejects', async () => {
    elsewhere.answer = () => {};
    expect(await get()).toEqual({ isTaken: false, words: 'no answer within 0.3 s' });
    // One that begins an answer and never ends it has answered.
    elsewhere.answer = (_request, response) => {
      response.writeHead(200).write('x');
    };
    expect(await get()).toMatchObject({ isTaken: true, said: 'x' });
    await elsewhere.close();
    // A connection that was kept breaks, a new one is refused.
    const { isTaken, words } = await get();
    expect(isTaken).toBe(false);
    expect(words).toMatch(/^(ECONNREFUSED|UND_ERR_SOCKET)$/);
  });

  it('reads little of a long answer, and tells its beginning in one line', async () => {
    elsewhere.answer = (_request, response) => {
      response.writeHead(500).write('it\n broke\u0007');
      response.end('x'.repeat(1_000_000));
    };
    const { status, said = '' } = await get();
    expect(status).toBe(500);
    expect(said).toMatch(/^it broke x+$/);
    expect(said.length).toBeLessThanOrEqual(200);
  });

  it('hears how long it is to stay away', async () => {
    elsewhere.answer = (_request, response) => {
      response.writeHead(429, { 'retry-after': '120' }).end();
    };
    expect(await get()).toMatchObject({ status: 429, retryAfterMs: 120_000 });
  });

  it('knows when no byte went out, and when some may have', async () => {
    elsewhere.answer = () => {};
    expect((await get()).isUnsent).toBeUndefined();
    await elsewhere.close();
    const away = await poster.post({ url: `${elsewhere.url}/new`, mayBePrivate: true });
    expect(away).toMatchObject({ isTaken: false, isUnsent: true });
    const nowhere = await poster.post({ url: 'http://no-such-host.invalid/', mayBePrivate: true });
    expect(nowhere).toMatchObject({ isTaken: false, isUnsent: true });
    // One who takes the request and hangs up has read it, for all we know.
    const rude = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const { port } = rude.address() as AddressInfo;
    const broken = await poster.post({ url: `http://127.0.0.1:${port}/`, mayBePrivate: true });
    expect(broken).toMatchObject({ isTaken: false });
    expect(broken.isUnsent).toBeUndefined();
    rude.close();
  });

  it('sends what a service takes: another method, type and header', async () => {
    elsewhere.answer = (_request, response) => response.writeHead(200).end('{"id": 1}');
    const headers = { authorization: 'Bearer key' };
    const post = { body: 'a=b', method: 'PUT', contentType: 'text/x', headers } as const;
    const answer = await poster.post({ url: elsewhere.url, post, mayBePrivate: true });
    expect(answer).toMatchObject({ isTaken: true, text: '{"id": 1}' });
    const [request] = elsewhere.requests;
    expect(request?.method).toBe('PUT');
    expect(request?.headers).toMatchObject({ 'content-type': 'text/x', ...headers });
    expect(request?.headers['webhook-id']).toBeUndefined();
  });

  it('tells an answer that is no HTTP', async () => {
    const rude = createServer((socket) => socket.resume().end('what do you want?\r\n\r\n'));
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const { port } = rude.address() as { port: number };
    const answer = await poster.post({ url: `http://127.0.0.1:${port}/`, mayBePrivate: true });
    expect(answer).toEqual({ isTaken: false, words: 'its answer is no HTTP' });
    await new Promise((resolve) => rude.close(resolve));
  });

  it('signs with each secret under the same id, so that a receiver may change over', async () => {
    elsewhere.answer = (_request, response) => {
      response.writeHead(200).end();
    };
    const signed = { id: 'batch-1', secrets: [secret, older] };
    const body = '{"type":"events"}';
    await poster.post({ url: elsewhere.url, post: { body, signed }, mayBePrivate: true });
    const headers = elsewhere.requests[0]?.headers as Record<string, string>;
    expect(headers['webhook-id']).toBe('batch-1');
    for (const each of [secret, older]) {
      expect(new Webhook(each).verify(body, headers)).toEqual({ type: 'events' });
    }
  });

  it('dials no private network for what people named, by address or by name', async () => {
    const words = 'it is no address of the public internet';
    const guarded = { isTaken: false, words, isUnsent: true };
    const url = new URL(elsewhere.url);
    const inward = createPoster({
      lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const named = `http://hooks.example.org:${url.port}/`;
    expect(await poster.post({ url: url.href, mayBePrivate: false })).toEqual(guarded);
    expect(await inward.post({ url: named, mayBePrivate: false })).toEqual(guarded);
    expect(elsewhere.requests).toHaveLength(0);
    await inward.close();
  });

  it('tells nothing of its address', async () => {
    const url = 'http://no-such-host.invalid/secret-path';
    const answer = await poster.post({ url, mayBePrivate: true });
    expect(answer.isTaken).toBe(false);
    expect(answer.words).not.toMatch(/secret-path|no-such-host/);
  });
});
