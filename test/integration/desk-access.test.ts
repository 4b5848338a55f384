import type { RouteOptions } from 'fastify';
import { hashToken } from '../../src/core/desk/token.ts';
import { createApp } from '../../src/http/app.ts';
import {
  addApiKey,
  addOperator,
  changePassword,
  changeRole,
  removeOperator,
  revokeApiKey,
} from '../../src/steps/desk/operators.ts';
import { DAY_MS, HOUR_MS } from '../../src/steps/readers/limit.ts';
import { backends } from '../harness/context.ts';
import { type DeskVisit, enterDesk, PASSWORD, sendForm } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

/** Every route as Fastify itself knows it, with a method each. */
async function listRoutes(live: Live) {
  const routes: { method: string; url: string; right: string | undefined }[] = [];
  const app = await createApp(live.context, (route: RouteOptions) => {
    for (const method of [route.method].flat()) {
      routes.push({ method, url: route.url, right: route.config?.right });
    }
  });
  await app.ready();
  await app.close();
  return routes;
}

const isDoor = (url: string) => url === '/admin/sign-in';
const fill = (url: string) => url.replace(/:\w+/g, '1');

describe.each(backends)('the access to the desk in the %s', (backend) => {
  let live: Live;
  let operating: DeskVisit;
  let looking: DeskVisit;
  let routes: Awaited<ReturnType<typeof listRoutes>>;
  beforeAll(async () => {
    live = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '1000000' } });
    await subscribe(live.outside, 'ada@readers.example');
    routes = await listRoutes(live);
  });
  afterAll(() => live?.close());

  const changes = async () => (await live.outside.store.audit.list({}, { most: 1 }))[0]?.id;

  it('says how to make the first operator as long as there is none', async () => {
    const answer = await live.get('/admin');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/admin/sign-in?next=%2Fadmin');
    expect((await live.get('/admin/sign-in')).body).toContain('paperround operators add NAME');
  });

  it('lets in by name and password, and keeps neither them nor the token readable', async () => {
    operating = await enterDesk(live, { name: 'ada' });
    looking = await enterDesk(live, { name: 'ben', role: 'look' });
    expect((await operating.get('/admin/sessions')).body).toContain('this browser');
    const stored = await live.outside.store.access.findPassword('ada');
    expect(stored).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    const options = { now: live.clock.now(), idleMs: HOUR_MS };
    expect(await live.outside.store.access.findSession(operating.token, options)).toBeUndefined();
    expect(
      await live.outside.store.access.findSession(hashToken(operating.token), options),
    ).toMatchObject({ name: 'ada' });
  });

  it('shows nothing of any route to who is not signed in', async () => {
    const desk = routes.filter(({ url }) => url.startsWith('/admin') && !isDoor(url));
    expect(desk.length).toBeGreaterThan(6);
    const before = await changes();
    for (const { method, url } of desk) {
      for (const cookie of ['', 'desk=', `desk=${'x'.repeat(43)}`, `desk=${hashToken('')}`]) {
        const answer = await live.app.inject({
          method: method as 'GET',
          url: fill(url),
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        });
        const { statusCode, headers } = answer;
        expect([url, statusCode, headers.location]).toEqual([
          url,
          303,
          expect.stringMatching(/^\/admin\/sign-in/),
        ]);
        expect(answer.body).toBe('');
      }
    }
    expect(await changes()).toBe(before);
  });

  it('lets who may only look see every page and change nothing', async () => {
    const desk = routes.filter(({ url }) => url.startsWith('/admin') && !isDoor(url));
    const before = await changes();
    for (const { method, url, right } of desk) {
      const isReading = (right ?? (method === 'POST' ? 'operate' : 'look')) === 'look';
      if (url === '/admin/sign-out' || url.endsWith('/live')) continue;
      const answer =
        method === 'POST'
          ? await looking.post(fill(url))
          : await looking.get(fill(url), { method: method as 'GET' });
      const { statusCode, headers } = answer;
      expect([method, url, [200, 303, 400, 404].includes(statusCode)]).toEqual([
        method,
        url,
        isReading,
      ]);
      if (isReading) expect(headers.location ?? '').not.toContain('sign-in');
      else expect([url, statusCode]).toEqual([url, 403]);
      // Who may operate sees the same pages.
      const other = isReading && method !== 'POST' ? await operating.get(fill(url)) : answer;
      expect([url, other.statusCode]).toEqual([url, statusCode]);
    }
    expect(await changes()).toBe(before);
  });

  it('takes no form that its own pages did not make, from who may operate either', async () => {
    const forms = routes.filter(({ url, method }) => url.startsWith('/admin') && method === 'POST');
    expect(forms.length).toBeGreaterThan(2);
    const before = await changes();
    const cookie = `desk=${operating.token}`;
    for (const { url } of forms.filter((route) => !isDoor(route.url))) {
      const plain = await sendForm(live.app, fill(url), {}, { cookie });
      const forged = await sendForm(live.app, fill(url), { form: looking.token }, { cookie });
      const site = { cookie, 'sec-fetch-site': 'cross-site' };
      const foreign = await sendForm(live.app, fill(url), {}, site);
      for (const answer of [plain, forged, foreign]) {
        expect([url, answer.statusCode]).toEqual([url, 403]);
      }
    }
    expect(await changes()).toBe(before);
  });

  it('lets nobody write to everyone whose right it is not', async () => {
    const edition = await cutWith(live.outside, makePapers('all', 2));
    const form = { kind: 'correction', edition, note: 'Two authors were mixed up.', asOf: '0' };
    const order = { ...form, reason: 'an author wrote', copies: 'yes', key: 'to-everyone' };
    const answer = await operating.post('/admin/resend', order);
    expect([answer.statusCode, answer.body]).toEqual([403, expect.stringContaining('You may not')]);
    expect(await live.outside.store.presses.listOpen()).toEqual([]);
  });

  it('answers what names nothing that is there with a page, and never with a fault', async () => {
    const { resume, resolve } = { resume: '/admin/resume', resolve: '/admin/deliveries/1/resolve' };
    expect((await operating.post(resume, { what: 'nothing' })).statusCode).toBe(404);
    expect((await operating.post(resolve, { as: 'accepted' })).statusCode).toBe(404);
    expect((await operating.post(resolve, { as: 'x' })).statusCode).toBe(400);
    const wishes: Record<string, string>[] = [
      { kind: 'delivery', delivery: '99' },
      { kind: 'failed', edition: 'x' },
      { kind: 'reader', edition: 'x', address: 'y' },
      { kind: 'filter', address: 'not an address' },
      { kind: 'correction', edition: 'x', note: 'too short' },
      { kind: 'nonsense' },
    ];
    for (const wish of wishes) {
      const query = new URLSearchParams(wish);
      expect((await operating.get(`/admin/resend?${query}`)).statusCode).toBe(400);
      expect((await operating.post('/admin/resend', wish)).statusCode).toBe(400);
    }
  });

  it('sets a cookie that no script and no other site gets, and goes nowhere else', async () => {
    const form = { name: 'ada', password: PASSWORD, next: 'https://evil.example/admin' };
    const answer = await sendForm(live.app, '/admin/sign-in', form);
    expect(answer.headers.location).toBe('/admin');
    expect(answer.cookies[0]).toMatchObject({
      name: 'desk',
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await sendForm(live.app, '/admin/sign-in', form, foreign)).statusCode).toBe(403);
  });

  it('takes as long for a name that is not there', async () => {
    const times = { ada: [] as number[], nobody: [] as number[] };
    for (let round = 0; round < 3; round += 1) {
      for (const name of ['ada', 'nobody'] as const) {
        const began = performance.now();
        const form = { name, password: 'a wrong password' };
        const answer = await sendForm(live.app, '/admin/sign-in', form);
        times[name].push(performance.now() - began);
        expect(answer.statusCode).toBe(401);
        expect(answer.body).toContain('do not belong together');
      }
    }
    const [known, unknown] = [Math.min(...times.ada), Math.min(...times.nobody)];
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2);
  });

  it('is tried only so often for one name, wherever from', async () => {
    const { outside } = live;
    const given = { role: 'look', mayResendAll: false, address: null, actor: 'test' } as const;
    await addOperator(outside, { ...given, name: 'cleo', password: PASSWORD });
    for (let round = 0; round < 10; round += 1) {
      await sendForm(live.app, '/admin/sign-in', { name: 'cleo', password: 'guess' });
    }
    const form = { name: 'cleo', password: PASSWORD };
    const answer = await sendForm(live.app, '/admin/sign-in', form);
    expect([answer.statusCode, answer.cookies]).toEqual([429, []]);
    live.clock.advance(HOUR_MS);
    expect((await sendForm(live.app, '/admin/sign-in', form)).statusCode).toBe(303);
  });

  it('lets an operator in where they were before, whatever strangers try under their name', async () => {
    const { outside } = live;
    live.clock.advance(HOUR_MS);
    const given = { role: 'look', mayResendAll: false, address: null, actor: 'test' } as const;
    await addOperator(outside, { ...given, name: 'dora', password: PASSWORD });
    const tryFrom = (remoteAddress: string, password: string) =>
      live.app.inject({
        method: 'POST',
        url: '/admin/sign-in',
        remoteAddress,
        headers: { 'sec-fetch-site': 'same-origin' },
        payload: { name: 'dora', password },
      });
    const [home, hotel, stranger] = ['198.51.100.7', '203.0.113.9', '192.0.2.66'];
    // What is right does not count: the same place signs in as often as it likes.
    for (let round = 0; round < 12; round += 1) {
      expect((await tryFrom(home, PASSWORD)).statusCode).toBe(303);
    }
    for (let round = 0; round < 12; round += 1) await tryFrom(stranger, 'guess');
    expect((await tryFrom(home, PASSWORD)).statusCode).toBe(303);
    expect((await tryFrom(hotel, PASSWORD)).statusCode).toBe(429);
    for (let round = 0; round < 10; round += 1) await tryFrom(home, 'guess');
    expect((await tryFrom(home, PASSWORD)).statusCode).toBe(429);
  });

  it('compares a few passwords at once, tells more to come back, and keeps a place for who is known', async () => {
    live.clock.advance(HOUR_MS);
    const tryFrom = (remoteAddress: string, form: { name: string; password: string }) =>
      live.app.inject({
        method: 'POST',
        url: '/admin/sign-in',
        remoteAddress,
        headers: { 'sec-fetch-site': 'same-origin' },
        payload: form,
      });
    const home = '198.51.100.7';
    const crowd = Array.from({ length: 40 }, (_, at) =>
      tryFrom(`10.9.${at}.1`, { name: `nobody ${at}`, password: 'guess' }),
    );
    const known = tryFrom(home, { name: 'dora', password: PASSWORD });
    expect((await known).statusCode).toBe(303);
    const codes = (await Promise.all(crowd)).map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 503).length).toBeGreaterThan(0);
    expect(codes.filter((code) => code === 401).length).toBeGreaterThanOrEqual(24);
    expect(new Set(codes)).toEqual(new Set([401, 503]));
  });

  it('puts refused tries on record, a few of them, without what was typed', async () => {
    const refused = async () =>
      (await live.outside.store.audit.list({ action: 'refused_sign_in' }, { most: 100 })).map(
        ({ actor, subject, detail }) => [actor, subject, detail],
      );
    live.clock.advance(HOUR_MS);
    const before = (await refused()).length;
    for (const name of ['cleo', 'hunter2 hunter2']) {
      for (let place = 0; place < 30; place += 1) {
        await live.app.inject({
          method: 'POST',
          url: '/admin/sign-in',
          remoteAddress: `192.0.2.${place}`,
          headers: { 'sec-fetch-site': 'same-origin' },
          payload: { name, password: 'a guess' },
        });
      }
    }
    const after = await refused();
    expect(after.length - before).toBe(20);
    expect(after[0]).toEqual(['stranger', 'operator cleo', {}]);
    expect(JSON.stringify(after)).not.toMatch(/hunter2|192\.0/);
  });

  it('ends a session by hand, by a new password, by time and by removal', async () => {
    const { outside } = live;
    const isIn = async (visit: DeskVisit) =>
      (await visit.get('/admin/sessions')).statusCode === 200;
    const eve = await enterDesk(live, { name: 'eve' });
    expect(await isIn(eve)).toBe(true);
    await eve.post('/admin/sign-out');
    expect(await isIn(eve)).toBe(false);
    await changePassword(outside, { name: 'ben', password: `${PASSWORD}!`, actor: 'test' });
    expect(await isIn(looking)).toBe(false);
    const fay = await enterDesk(live, { name: 'fay' });
    await changeRole(outside, { name: 'fay', role: 'look', mayResendAll: false, actor: 'test' });
    expect((await fay.post('/admin/sessions/1/end')).statusCode).toBe(403);
    await removeOperator(outside, { name: 'fay', actor: 'test' });
    expect(await isIn(fay)).toBe(false);
    expect(await isIn(operating)).toBe(true);
    for (let day = 0; day < 13; day += 1) {
      live.clock.advance(DAY_MS / 2 - HOUR_MS);
      if (day < 12) await operating.get('/admin/sessions');
    }
    expect(await isIn(operating)).toBe(true);
    live.clock.advance(2 * DAY_MS);
    expect(await isIn(operating)).toBe(false);
  });

  it('takes keys for scripts, narrowed to their role, until they are revoked', async () => {
    const { outside } = live;
    const ask = (key?: string) =>
      live.get('/api/v1/operator', key ? { headers: { authorization: `Bearer ${key}` } } : {});
    const key = await addApiKey(outside, { key: 'cron', name: 'ada', role: 'look', actor: 'test' });
    expect((await ask(key)).json()).toEqual({ name: 'ada', role: 'look', mayResendAll: false });
    for (const wrong of [undefined, `${key}x`, hashToken(key), operating.token]) {
      const answer = await ask(wrong);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    const order = { key: 'more', name: 'ben', role: 'operate', actor: 'test' } as const;
    await expect(addApiKey(outside, order)).rejects.toThrow(/may only look/);
    await revokeApiKey(outside, { key: 'cron', actor: 'test' });
    expect((await ask(key)).statusCode).toBe(401);
  });

  it('writes every change down, and lets nobody take it back', async () => {
    const entries = await live.outside.store.audit.list({}, { most: 100 });
    const actions = new Set(entries.map(({ action }) => action));
    for (const action of ['add', 'password', 'role', 'remove', 'sign_in', 'sign_out', 'key_add']) {
      expect(actions).toContain(action);
    }
    expect(JSON.stringify(entries)).not.toContain(PASSWORD);
    expect(entries.find(({ action }) => action === 'sign_in')).toMatchObject({
      actor: expect.stringMatching(/^operator:/),
    });
  });
});
