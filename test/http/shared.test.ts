import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { createSharedPages } from '../../src/http/front/shared.ts';

/** The pages over a version of the test's own; each makes a text that counts how often it was made. */
function open(mostBytes?: number) {
  const state = { version: 'a', looks: 0, made: [] as string[], isFailing: false };
  const shared = createSharedPages(async () => {
    state.looks += 1;
    return state.version;
  }, mostBytes);
  const app = fastify();
  app.get<{ Params: { name: string } }>('/:name', async (request, reply) => {
    const { name } = request.params;
    const make = async () => {
      if (state.isFailing) throw new Error('no database');
      state.made.push(name);
      return name === 'none' ? undefined : `${name} ${state.version} ${'x'.repeat(2000)}`;
    };
    const freshMs = name === 'short' ? 0 : undefined;
    const recipe = { key: `/${name}`, make, ...(freshMs === undefined ? {} : { freshMs }) };
    const isThere = await shared.answer(request, reply, recipe);
    return isThere ? reply : reply.code(404).send();
  });
  return { app, state };
}

const pass = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('a shared page', () => {
  const apps: FastifyInstance[] = [];
  const start = (mostBytes?: number) => {
    const opened = open(mostBytes);
    apps.push(opened.app);
    const get = (url: string, headers: Record<string, string> = {}) =>
      opened.app.inject({ url, headers });
    return { ...opened, get };
  };
  afterAll(async () => {
    for (const app of apps) await app.close();
  });

  it('is made once however many ask, and once a change', async () => {
    const { state, get } = start();
    const all = await Promise.all(Array.from({ length: 20 }, () => get('/front')));
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect(state).toMatchObject({ made: ['front'], looks: 1 });
    state.version = 'b';
    await pass(1_050);
    expect((await get('/front')).body).toContain('front b');
    await get('/front');
    expect(state).toMatchObject({ made: ['front', 'front'], looks: 2 });
  });

  it('is sent as the visitor takes it, or not at all where they have it', async () => {
    const { get } = start();
    const plain = await get('/front');
    expect(plain.headers).toMatchObject({
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
      'content-type': 'text/html; charset=utf-8',
    });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const br = await get('/front', { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    const gzip = await get('/front', { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
    const etag = String(plain.headers.etag);
    expect([br.headers.etag, gzip.headers.etag]).toEqual([etag, etag]);
    for (const asked of [etag, `"x", ${etag}`, etag.replace('W/', ''), '*']) {
      const answer = await get('/front', { 'if-none-match': asked });
      expect([asked, answer.statusCode, answer.body]).toEqual([asked, 304, '']);
      expect(answer.headers.etag).toBe(etag);
    }
    expect((await get('/front', { 'if-none-match': '"x"' })).statusCode).toBe(200);
  });

  it('is made anew after its time, and what is not there or fails is not remembered', async () => {
    const { state, get } = start();
    await get('/short');
    await get('/short');
    expect((await get('/none')).statusCode).toBe(404);
    expect((await get('/none')).statusCode).toBe(404);
    expect(state.made).toEqual(['short', 'short', 'none', 'none']);
    state.isFailing = true;
    expect((await get('/front')).statusCode).toBe(500);
    state.isFailing = false;
    expect((await get('/front')).statusCode).toBe(200);
  });

  it('gives way to others beyond the bound, the oldest first', async () => {
    const { state, get } = start(5_000);
    for (const name of ['a', 'b', 'c', 'c', 'a']) await get(`/${name}`);
    expect(state.made).toEqual(['a', 'b', 'c', 'a']);
  });
});
