import type { InjectOptions } from 'fastify';
import { rights } from '../../src/core/reader/keys.ts';
import { createLog } from '../../src/process/log.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

// What strangers, scanners and other sites can do to the pages: nothing.
describe('the pages are safe', () => {
  let live: Live;
  const lines: string[] = [];
  const ada = 'ada@readers.example';
  beforeAll(async () => {
    live = await openLive('sandbox', {
      env: { REQUESTS_PER_MINUTE: '1000000' },
      log: createLog('trace', { write: (line: string) => lines.push(line) }),
    });
    await subscribe(live.outside, ada);
    await live.post('/subscribe', {
      address: 'ben@readers.example',
      hour: '07:00',
      zone: 'Etc/UTC',
      count: '3',
      days: '1',
    });
    await cutWith(live.outside, makePapers('a', 20));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
    await live.post(`${live.linkTo('preferences', ada)}/private`);
    await live.settle();
  });
  afterAll(() => live?.close());

  const everyLink = () => {
    const mails = live.sink.received.flatMap(({ email }) => [email.text ?? '', email.html ?? '']);
    const links = mails.flatMap((text) => text.match(/http:\/\/localhost:3000\/[^\s"<]*/g) ?? []);
    return [...new Set(links.map((link) => new URL(link).pathname))];
  };
  const state = async () => {
    const { store } = live.outside;
    const readers = await store.subscribers.list({ afterId: 0, most: 100 });
    const consents = await Promise.all(
      readers.map(({ subscriberId }) => store.consents.listOfSubscriber(subscriberId)),
    );
    return JSON.stringify([readers, consents, await store.deliveries.countByState()]);
  };

  it('ten thousand requests of scanners to every link of every mail change nothing', async () => {
    const links = everyLink();
    for (const right of ['unsubscribe', 'preferences', 'view', 'confirm', 'private']) {
      expect(links.filter((link) => link.startsWith(`/${right}/`)).length).toBeGreaterThan(0);
    }
    const before = await state();
    const mails = live.sink.received.length;
    const methods = ['GET', 'HEAD', 'OPTIONS'] as const;
    const agents = ['Mozilla/5.0 SafeLinks', 'Barracuda', 'Proofpoint'];
    const seen = new Set<number>();
    for (let at = 0; at < 10_000; at += 1) {
      const answer = await live.get(links[at % links.length] ?? '/', {
        method: methods[at % methods.length] ?? 'GET',
        headers: { 'user-agent': agents[at % agents.length] },
      });
      seen.add(answer.statusCode);
    }
    expect([...seen].every((status) => status < 500)).toBe(true);
    await live.settle();
    expect(await state()).toBe(before);
    expect(live.sink.received.length).toBe(mails);
  }, 300_000);

  it('an unsubscribe page has one button and nothing runs on it', async () => {
    const page = await live.get(live.sign('unsubscribe', 1));
    expect(page.body.match(/<button/g)).toHaveLength(1);
    expect(page.body).not.toMatch(/<script|http-equiv="refresh"/i);
  });

  it.each([
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'List-Unsubscribe=One-Click',
    ],
    [
      'multipart',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
    ['nothing', {}, ''],
    ['a strange type', { 'content-type': 'text/strange' }, '{{{'],
    ['what is no type', { 'content-type': 'garbage' }, 'List-Unsubscribe'],
  ])(
    'one-click works with %s, without cookie, from anywhere, again and again',
    async (_what, headers, payload) => {
      const reader = await subscribe(live.outside, `one-click-${payload.length}@readers.example`);
      const link = live.sign('unsubscribe', reader.id);
      for (let times = 0; times < 3; times += 1) {
        const answer = await live.app.inject({
          method: 'POST',
          url: link,
          headers: { ...headers, origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
          ...(payload ? { payload } : {}),
        } as InjectOptions);
        expect(answer.statusCode).toBe(200);
      }
      expect(await live.outside.store.subscribers.find(reader.id)).toMatchObject({
        state: 'ended',
      });
    },
  );

  it('forms of other sites are refused, but for the sign-up and for leaving', async () => {
    const link = live.sign('preferences', 1);
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    const before = await state();
    for (const headers of foreign) {
      for (const path of [
        link,
        `${link}/private`,
        live.sign('confirm', 1),
        live.sign('return', 1),
        `${live.sign('private', 1)}/erase`,
        live.sign('address', 1),
      ]) {
        const answer = await live.post(path, {}, headers);
        expect([path.split('/')[1], answer.statusCode]).toEqual([path.split('/')[1], 403]);
        expect(answer.body).toContain('<h1');
      }
    }
    // Before Fetch Metadata, browsers said it in Origin.
    const older = await live.app.inject({
      method: 'POST',
      url: link,
      headers: { origin: 'https://evil.example' },
    });
    expect(older.statusCode).toBe(403);
    expect(await state()).toBe(before);
  });

  it('a token gives only the right it names, and forging gives nothing', async () => {
    const before = await state();
    for (const right of rights) {
      for (const other of rights.filter((each) => each !== right)) {
        const path = live.sign(right, 1).replace(`/${right}/`, `/${other}/`);
        expect([404, 410]).toContain((await live.get(path)).statusCode);
        expect([404, 410]).toContain((await live.post(path)).statusCode);
      }
    }
    for (let at = 0; at < 1_000; at += 1) {
      const token = `1.1.${Buffer.from(`${at}`.padStart(16, 'x')).toString('base64url')}`;
      const right = rights[at % rights.length];
      expect([404, 410]).toContain((await live.post(`/${right}/${token}`)).statusCode);
    }
    expect(await state()).toBe(before);
  });

  it('every answer carries a strict policy and leads nowhere else', async () => {
    const paths = ['/', '/link', '/subscribe/asked', '/nothing', ...everyLink()];
    for (const path of paths) {
      const { headers } = await live.get(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['set-cookie']).toBeUndefined();
    }
    for (const query of [
      '?next=https://evil.example',
      '?q=//evil.example',
      '?redirect=/\\evil.example',
    ]) {
      for (const path of ['/preview', '/subscribe', '/']) {
        const { headers } = await live.get(path + query);
        expect(headers.location ?? '/').toMatch(/^\/(?!\/)/);
      }
    }
  });

  it('too many requests are told to wait, and leaving never is', async () => {
    const few = await openLive('sandbox', { env: { REQUESTS_PER_MINUTE: '5' } });
    try {
      const answers = [];
      for (let at = 0; at < 8; at += 1) answers.push(await few.get('/link'));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([
        200, 200, 200, 200, 200, 429, 429, 429,
      ]);
      expect(Number(answers[6]?.headers['retry-after'])).toBeGreaterThan(0);
      expect(answers[6]?.body).toContain('That was a lot at once');
      const reader = await subscribe(few.outside, 'leaves@readers.example');
      const link = few.sign('unsubscribe', reader.id);
      for (let at = 0; at < 20; at += 1) expect((await few.post(link)).statusCode).toBe(200);
    } finally {
      await few.close();
    }
  });

  it('a script may do what the form does, and hears what is wrong field by field', async () => {
    const call = (payload: unknown, url = '/api/v1/subscriptions') =>
      live.app.inject({
        method: 'POST',
        url,
        payload: payload as object,
        headers: { origin: 'https://lab.example' },
      });
    const fine = await call({
      address: 'script@readers.example',
      topics: ['coral reefs'],
      fields: ['ecology'],
    });
    expect(fine.statusCode).toBe(202);
    expect(fine.headers['access-control-allow-origin']).toBe('*');
    await live.settle();
    expect(
      await live.outside.store.subscribers.findByAddress('script@readers.example'),
    ).toMatchObject({
      state: 'pending',
      profile: { topics: ['coral reefs'], fields: ['ecology'], crossLists: true },
      schedule: { days: [1, 2, 3, 4, 5], minuteOfDay: 420 },
    });
    const wrong = await call({ address: 'x', days: [9], zone: 'Mars/Base', fields: ['alchemy'] });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.headers['content-type']).toContain('application/problem+json');
    expect(wrong.json().errors.map(({ field }: { field: string }) => field)).toEqual([
      'address',
      'fields',
      'days',
      'zone',
    ]);
    for (const body of ['[1]', '"x"', 'null', '{', '[]']) {
      const answer = await live.app.inject({
        method: 'POST',
        url: '/api/v1/subscriptions',
        payload: body,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    const preview = await call({ topics: ['coral reefs'] }, '/api/v1/previews');
    expect(preview.json().digests[0].chosen[0]).toMatchObject({
      title: expect.stringContaining('Coral reefs'),
    });
  });

  it('nothing of a wrong shape is an error of ours', async () => {
    const wrong = { toString: null };
    for (const url of ['/subscribe', '/preview', '/link', live.sign('preferences', 1)]) {
      const payload = { address: wrong, website: wrong, topics: wrong, zone: 'Mars[x]' };
      const answer = await live.app.inject({ method: 'POST', url, payload });
      expect([url, answer.statusCode < 500]).toEqual([url, true]);
    }
    expect((await live.get('/editions/%00')).statusCode).toBe(404);
    const zone = '2020-01-01T00:00Z[Europe/London]';
    const payload = { address: 'zone@readers.example', zone };
    const answer = await live.app.inject({
      method: 'POST',
      url: '/api/v1/subscriptions',
      payload,
    });
    expect(answer.statusCode).toBe(400);
  });

  it('a form of another site needs no more than an address', async () => {
    const answer = await live.post(
      '/subscribe',
      { address: 'embedded@readers.example' },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.statusCode).toBe(303);
    await live.settle();
    const reader = await live.outside.store.subscribers.findByAddress('embedded@readers.example');
    expect(reader).toMatchObject({ state: 'pending', papersPerDigest: 10 });
    expect(
      await live.outside.store.consents.listOfSubscriber(reader?.subscriberId ?? 0),
    ).toMatchObject([{ form: 'form' }]);
  });

  it('nothing of all this left an address or a token in the log', () => {
    const all = lines.join('');
    expect(lines.length).toBeGreaterThan(100);
    expect(all).not.toMatch(/readers\.example/);
    for (const link of everyLink().filter((path) => path.split('.').length > 2)) {
      expect(all).not.toContain(link.slice(-20));
    }
  });
});
