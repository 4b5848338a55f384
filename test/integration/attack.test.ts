import { randomBytes } from 'node:crypto';
import type { RouteOptions } from 'fastify';
import { Webhook } from 'standardwebhooks';
import { type Right, rights } from '../../src/core/reader/keys.ts';
import type { ApiDocument } from '../../src/http/api/document.ts';
import { createApp } from '../../src/http/app.ts';
import { enterApi } from '../harness/api.ts';
import {
  fillPath,
  isLong,
  oddFields,
  oddText,
  oddValue,
  sampleOf,
  type Tried,
} from '../harness/attack.ts';
import { backends } from '../harness/context.ts';
import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
/** Ends processes, waits for other machines, or takes all that is there along. */
const LEFT_OUT = /fetch|today\/run|\/live$|\/queue|backups|watch|\/outbox/;

// The short form is one of the tests of CI; `npm run test:attack` tries twenty times as much.
describe('an attack', () => {
  let live: Live;
  let desk: DeskVisit;
  const table: Tried[] = [];
  const routes: { method: string; url: string }[] = [];
  beforeAll(async () => {
    live = await openLive(backends.at(-1) ?? 'sandbox', {
      env: {
        WEBHOOK_SECRETS: secret,
        REQUESTS_PER_MINUTE: '1000000',
        SIGNUPS_PER_IP: '100000',
        SIGNUPS_PER_DOMAIN: '100000',
      },
    });
    const app = await createApp(live.context, ({ method, url }: RouteOptions) => {
      for (const one of [method].flat()) routes.push({ method: one, url });
    });
    await app.ready();
    await app.close();
    desk = await enterDesk(live, { name: 'ada' });
    await subscribe(live.outside, 'reader@readers.example');
    await cutWith(live.outside, makePapers('attacked', 10));
  });
  afterAll(async () => {
    for (const { what, count, faults } of table) {
      process.stderr.write(`| ${what} | ${count} | ${faults.length || 'none'} |\n`);
    }
    await live?.close();
  });

  const begin = (what: string): Tried => {
    const tried: Tried = { what, count: 0, faults: [] };
    table.push(tried);
    return tried;
  };
  const note = (tried: Tried, what: string, status: number) => {
    tried.count += 1;
    if (status >= 500 && status !== 503) tried.faults.push(`${what}: ${status}`);
  };
  const fieldsOf = async (path: string) => {
    const { body } = await desk.get(path);
    return [...new Set([...body.matchAll(/ name="([\w-]+)"/g)].map(([, name = '']) => name))];
  };

  it('on every path, by strangers and by an operator, is no fault of ours', async () => {
    const tried = begin('paths with odd parts, as a stranger and signed in');
    const reading = routes.filter(
      ({ method, url }) => method === 'GET' && /[:*]/.test(url) && !LEFT_OUT.test(url),
    );
    for (const { url } of reading) {
      for (const text of sampleOf(oddText, 12)) {
        const path = fillPath(url, () => text);
        note(tried, `GET ${path}`, (await live.get(path)).statusCode);
        if (url.startsWith('/admin')) {
          note(tried, `GET ${path} signed in`, (await desk.get(path)).statusCode);
        }
      }
    }
    expect(tried.faults).toEqual([]);
    expect(tried.count).toBeGreaterThan(200);
  });

  it('on every operation of the API with a key is no fault of ours', async () => {
    const tried = begin('operations of the OpenAPI document, fuzzed with a key');
    const call = await enterApi(live, { name: 'script' });
    const document: ApiDocument = (await live.get('/api/v1/openapi.json')).json();
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (LEFT_OUT.test(path) || /cut|run/.test(path)) continue;
        const [type] = Object.keys(operation.requestBody?.content ?? {});
        const names =
          JSON.stringify(operation.requestBody ?? {}).match(/"[a-z]\w+"(?=:\{)/gi) ?? [];
        const bodies = sampleOf(
          oddFields(
            names.map((name) => name.slice(1, -1)),
            oddValue,
          ),
          4,
        );
        for (const [at, text] of sampleOf(oddText, 4).entries()) {
          const filled = fillPath(path, () => text).replace(/^\/api\/v1/, '');
          const query = { limit: text, state: text, after: text, q: text };
          const answer = await call({
            method: method.toUpperCase(),
            path: filled,
            ...(method === 'get' ? { query } : {}),
            ...(type ? { body: type === 'application/json' ? bodies[at] : text, type } : {}),
          });
          note(tried, `${method} ${filled} ${JSON.stringify(bodies[at])}`, answer.statusCode);
        }
      }
    }
    expect(tried.faults).toEqual([]);
    expect(tried.count).toBeGreaterThan(200);
  });

  it('on forms, of readers and of the desk, is no fault of ours', async () => {
    const tried = begin('forms with odd values');
    const reader = await live.outside.store.subscribers.findByAddress('reader@readers.example');
    const id = reader?.id ?? 0;
    const preferences = live.sign('preferences', id);
    const taste = preferences.replace('preferences', 'taste');
    const open = ['/subscribe', '/preview', '/link', '/api/v1/subscriptions', '/api/v1/previews'];
    const cited = preferences.replace('preferences', 'cited');
    const tasted = [`${taste}/votes`, `${taste}/library`, `${taste}/library/remove`];
    const own = [preferences, ...tasted, cited, `${cited}/remove`, `${cited}/own`];
    const fields = await fieldsOf('/subscribe');
    for (const path of [...open, ...own]) {
      for (const form of sampleOf(
        oddFields([...fields, 'paper', 'key', 'pasted', 'works'], oddText),
        6,
      )) {
        note(tried, `${path} ${JSON.stringify(form)}`, (await live.post(path, form)).statusCode);
        const json = { method: 'POST', url: path, payload: form } as const;
        note(tried, `${path} as JSON`, (await live.app.inject(json)).statusCode);
      }
    }
    const posts = routes.filter(
      ({ method, url }) => method === 'POST' && url.startsWith('/admin/'),
    );
    for (const { url } of posts.filter(
      (each) => !LEFT_OUT.test(each.url) && !/sign|pause|operators/.test(each.url),
    )) {
      for (const form of sampleOf(
        oddFields(['name', 'reason', 'feed', 'order', 'what', 'as', 'text', 'address'], oddText),
        2,
      )) {
        const path = fillPath(url, () => form['name'] ?? '1');
        note(
          tried,
          `POST ${path} ${JSON.stringify(form)}`,
          (await desk.post(path, form)).statusCode,
        );
      }
    }
    expect(tried.faults).toEqual([]);
    expect(tried.count).toBeGreaterThan(100);
  });

  it('with every kind of token at every other door opens none', async () => {
    const tried = begin(
      'tokens of other rights, of nobody and spoilt ones at every door of readers',
    );
    const doors = routes.filter(({ url }) => /^\/\w+\/:token/.test(url));
    const before = await live.outside.store.subscribers.findByAddress('reader@readers.example');
    const row = before?.id ?? 0;
    const rightOf = (url: string) =>
      (/^\/(?:taste|cited)\//.test(url) ? 'preferences' : url.split('/')[1]) as Right;
    for (const { method, url } of doors) {
      const own = live.sign(rightOf(url), row).split('/').at(-1) ?? '';
      const others = rights.filter((right) => right !== rightOf(url));
      const tokens = [
        ...others.map((right) => live.sign(right, row).split('/').at(-1) ?? ''),
        own.slice(0, -1),
        `${own}A`,
        own.toUpperCase(),
        own.replace('.', '%2e%00'),
        `${own}.${own}`,
        secret,
        desk.token,
      ];
      for (const token of tokens) {
        const path = url.replace(':token', token).replace(':paper', '1').replace(':ending', 'atom');
        const answer = await live.app.inject({ method: method as 'GET', url: path });
        tried.count += 1;
        if (![400, 404, 410].includes(answer.statusCode)) {
          tried.faults.push(`${method} ${path}: ${answer.statusCode}`);
        }
      }
    }
    expect(tried.faults).toEqual([]);
    expect(await live.outside.store.subscribers.find(row)).toEqual(before);
  });

  it('by many presses at once leaves each reader in one state, and no error', async () => {
    const tried = begin('confirm, leave, save, move and erase at once');
    for (let round = 0; round < (isLong ? 60 : 6); round += 1) {
      const address = `pressed${round}@readers.example`;
      const { id, subscriberId } = await subscribe(live.outside, address);
      await live.post(`${live.sign('preferences', id)}/private`);
      const at = live.outside.now();
      const expiresAt = new Date(at.getTime() + 3_600_000);
      const link = { subscriptionId: id, createdAt: at, expiresAt, next: null };
      const { mailedLinks } = live.outside.store;
      const page = await mailedLinks.insert({ ...link, purpose: 'private', address: null });
      const moves: { id: number }[] = [];
      for (const name of ['a', 'b', 'c']) {
        const to = `${name}${round}@moved.example`;
        moves.push(await mailedLinks.insert({ ...link, purpose: 'address', address: to }));
      }
      const here = live.sign('private', page.id);
      const presses = Array.from({ length: 4 }, (_, turn) => [
        live.post(`${here}/address`, { address: `d${turn}x${round}@moved.example` }),
        live.post(live.sign('preferences', id), { hour: '7', papers: '5', zone: 'Etc/UTC' }),
        live.post(live.sign('unsubscribe', id)),
        live.post(`${live.sign('preferences', id)}/private`),
        ...moves.map((move) => live.post(live.sign('address', move.id))),
        ...(round % 2 === 0 ? [live.post(`${here}/erase`)] : []),
      ]).flat();
      for (const { statusCode } of await Promise.all(presses)) note(tried, 'a press', statusCode);
      const left = await live.outside.store.subscribers.findBySubscriber(subscriberId);
      if (round % 2 === 0 ? left !== undefined : left?.state !== 'ended') {
        tried.faults.push(`reader ${round} is ${left?.state}`);
      }
    }
    expect(tried.faults).toEqual([]);
  });

  it('by a webhook with an id that no index takes is told so', async () => {
    const payload = JSON.stringify({ type: 'bounce', reference: 'x', code: 550 });
    for (const [length, status] of [
      [256, 200],
      [257, 400],
      [8_000, 400],
    ] as const) {
      const id = 'a'.repeat(length);
      const at = new Date();
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, payload),
      };
      const url = '/hooks/feedback';
      const answer = await live.app.inject({ method: 'POST', url, payload, headers });
      expect([length, answer.statusCode]).toEqual([length, status]);
    }
  });

  it('by a body of any size keeps nobody from leaving by one click', async () => {
    const base = await live.app.listen({ port: 0, host: '127.0.0.1' });
    const bodies = [
      `List-Unsubscribe=One-Click${'&x='.repeat(400_000)}`,
      'x'.repeat(5_000_000),
      '',
    ];
    for (const [at, body] of bodies.entries()) {
      const { id } = await subscribe(live.outside, `large${at}@readers.example`);
      const url = `${base}${live.sign('unsubscribe', id)}`;
      expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
      expect(await live.outside.store.subscribers.find(id)).toMatchObject({ state: 'ended' });
    }
  });
});
