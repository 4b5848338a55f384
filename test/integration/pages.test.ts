import type { FastifyInstance } from 'fastify';
import { buildToken, type Right } from '../../src/core/reader/keys.ts';
import { createApp } from '../../src/http/app.ts';
import type { Context } from '../../src/process/context.ts';
import { createLog } from '../../src/process/log.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

// The pages over a sandbox with one edition and one reader, and what they leave in the log.
describe('the pages', () => {
  const lines: string[] = [];
  const clock = createClock('2026-03-03T12:00:00Z');
  let place: Place;
  let context: Context;
  let app: FastifyInstance;

  beforeAll(async () => {
    place = await createPlace('sandbox');
    const log = createLog('trace', { write: (line: string) => lines.push(line) });
    context = await openContext(place, clock, { PORT: '3210' }, log);
    app = await createApp(context);
    await subscribe(context.outside, 'ada@readers.example', {
      profile: { topics: ['coral reefs'], exclude: ['poker'] },
    });
    await cutWith(context.outside, makePapers('p', 20));
    clock.set('2026-03-04T07:00:00Z');
    await compose(context.outside);
    const lease = await openLease(context.outside, { host: 'test', pid: 1, onLost: () => {} });
    await send(context.outside, lease);
    await lease.end();
  });
  afterAll(async () => {
    await app?.close();
    await context?.close();
    await place?.remove();
  });

  const link = (right: Right, id = 1) => `/${right}/${buildToken(context.outside.keys, right, id)}`;
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  const save = (fields: Record<string, string | string[]>) =>
    app.inject({
      method: 'POST',
      url: link('preferences'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: Object.entries(fields)
        .flatMap(([key, value]) => [value].flat().map((one) => `${key}=${encodeURIComponent(one)}`))
        .join('&'),
    });
  const fine = {
    topics: 'bird migration\r\n\r\nsoil microbes',
    exclude: 'poker',
    days: ['6', '7'],
    hour: '18:45',
    zone: 'Asia/Tokyo',
    count: '5',
  };

  it('show the editions to everyone', async () => {
    const home = await get('/');
    expect(home.statusCode).toBe(200);
    expect(home.body).toContain('/editions/2026-03-03');
    const edition = await get('/editions/2026-03-03');
    for (let at = 0; at < 20; at += 1) expect(edition.body).toContain(`study p-${at}`);
    expect((await get('/editions/2020-01-01')).statusCode).toBe(404);
  });

  it('carry the headers that keep them safe', async () => {
    const { headers } = await get(link('preferences'));
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
  });

  it('answer a wrong or foreign token with 404, without a hint', async () => {
    const good = link('unsubscribe');
    for (const url of [`${good}x`, '/unsubscribe/x', good.replace('unsubscribe', 'preferences')]) {
      for (const method of ['GET', 'POST'] as const) {
        expect([url, method, (await app.inject({ method, url })).statusCode]).toEqual([
          url,
          method,
          404,
        ]);
      }
    }
    // One that we signed for a reader who is gone: there is nothing to leave any more.
    expect((await get(link('unsubscribe', 99))).body).toContain('You get no mail');
    expect((await context.outside.store.subscribers.find(1))?.state).toBe('active');
  });

  it('save preferences, and are due on a new date', async () => {
    const saved = await save(fine);
    expect(saved.statusCode).toBe(200);
    expect(saved.body).toContain('Saved.');
    expect(saved.body).not.toContain('ada@readers.example');
    expect(await context.outside.store.subscribers.find(1)).toMatchObject({
      profile: { topics: ['bird migration', 'soil microbes'], exclude: ['poker'] },
      papersPerDigest: 5,
      schedule: { days: [6, 7], minuteOfDay: 18 * 60 + 45, zone: 'Asia/Tokyo' },
    });
  });

  it.each([
    ['no day', { ...fine, days: [] }, /Choose at least one day/],
    ['a day that is none', { ...fine, days: ['8'] }, /A day is a weekday/],
    ['an hour off the quarter', { ...fine, hour: '07:01' }, /Choose an hour from the list/],
    ['a zone that is none', { ...fine, zone: 'Mars/Base' }, /Choose a time zone from the list/],
    ['too many papers', { ...fine, count: '1000' }, /at most 30 papers/],
    ['a topic without end', { ...fine, topics: 'x'.repeat(81) }, /at most 80 characters/],
    ['nothing at all', {}, /Choose/],
  ])('refuse %s in words and change nothing', async (_what, fields, message) => {
    const before = await context.outside.store.subscribers.find(1);
    const answer = await save(fields);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toMatch(message);
    expect(await context.outside.store.subscribers.find(1)).toEqual(before);
  });

  it('refuse what is no form, and what is too much, in words', async () => {
    const post = { method: 'POST', url: link('preferences') } as const;
    const asJson = { 'content-type': 'application/json' };
    expect((await app.inject({ ...post, headers: asJson, payload: '{' })).statusCode).toBe(400);
    expect(
      (await app.inject({ ...post, headers: { 'content-type': 'text/x' }, payload: 'x' }))
        .statusCode,
    ).toBe(400);
    const much = await app.inject({
      ...post,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `topics=${'x'.repeat(300_000)}`,
    });
    expect(much.statusCode).toBe(413);
    expect(much.body).toContain('<h1');
  });

  it('show a digest in the browser without its reader, until its address is gone', async () => {
    const page = await get(link('view'));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Coral reefs and bleaching');
    for (const hint of ['ada@', '/unsubscribe/', '/preferences/', 'matches:'])
      expect(page.body).not.toContain(hint);
    expect((await get(link('view', 99))).statusCode).toBe(410);
  });

  it('show the outbox to this machine under its own name alone', async () => {
    const own = { host: 'localhost:3210' };
    const list = await get('/outbox', own);
    expect(list.body).toContain('ada@readers.example');
    const [one] = list.body.match(/\/outbox\/[\w-]+/) ?? [];
    for (const part of ['', '/html', '/source'])
      expect((await get(`${one}${part}`, own)).statusCode).toBe(200);
    expect((await get('/outbox/none', own)).statusCode).toBe(404);
    expect((await get('/outbox/..%2F..%2Fkeys', own)).statusCode).toBe(404);
    expect((await get('/outbox', { host: 'evil.example' })).statusCode).toBe(404);
    expect(
      (await app.inject({ url: '/outbox', headers: own, remoteAddress: '192.0.2.7' })).statusCode,
    ).toBe(404);
  });

  it('let a reader leave once and for all', async () => {
    await unsubscribe(context.outside, 1, 'page');
    expect((await get(link('unsubscribe'))).body).toMatch(/left|ended|no more/i);
    expect((await get(link('preferences'))).body).not.toContain('<textarea');
    expect((await save(fine)).body).not.toContain('Saved.');
    expect((await context.outside.store.subscribers.find(1))?.state).toBe('ended');
  });

  it('leave no address, token or secret in the log', () => {
    expect(lines.length).toBeGreaterThan(20);
    const all = lines.join('');
    expect(all).not.toMatch(/ada|readers\.example|@/);
    const secret = [...context.outside.keys.secrets.values()][0]?.toString('hex') ?? '';
    expect(all).not.toContain(secret);
    expect(all).not.toContain(link('unsubscribe').slice(-12));
  });
});
