import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const DAY = 24 * 3_600_000;
const form = {
  topics: 'coral reefs',
  hour: '07:00',
  zone: 'Europe/Lisbon',
  count: '5',
  days: ['1', '2'],
};

// From the form to the first digest, by the real pages, queue, workers and mail server.
describe.each(backends)('signing up, in the %s', (backend) => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive(backend, {
      env: { SIGNUPS_PER_IP: '1000', SIGNUPS_PER_DOMAIN: '1000', FORM_MAILS_PER_ADDRESS: '5' },
    });
    await cutWith(live.outside, makePapers('a', 20));
  });
  afterAll(() => live?.close());

  const find = (address: string) => live.outside.store.subscribers.findByAddress(address);
  const signUp = async (address: string, fields: Record<string, string | string[]> = {}) => {
    const answer = await live.post('/subscribe', { ...form, address, ...fields });
    await live.settle();
    return answer;
  };
  const consentsOf = async (address: string) =>
    live.outside.store.consents.listOfSubscriber((await find(address))?.subscriberId ?? 0);
  const suppress = (reason: string, address: string, at: Date) =>
    live.outside.store.records.recordSuppression({
      addressHash: live.hash(address),
      reason: reason as 'bounce',
      note: null,
      at,
    });

  it('asks by mail, activates by a press, and greets with the newest edition', async () => {
    const answer = await signUp('Ada+papers@Readers.Example');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/subscribe/asked');
    expect(await find('ada+papers@readers.example')).toMatchObject({ state: 'pending' });

    const address = 'Ada+papers@readers.example';
    const [mail] = live.mailTo(address);
    expect(mail?.source).not.toMatch(/^List-Unsubscribe/im);
    const link = live.linkTo('confirm', address);
    for (const method of ['GET', 'HEAD'] as const) {
      expect((await live.get(link, { method })).statusCode).toBe(200);
    }
    const asked = await live.get(link);
    expect(asked.body).toContain('Papers on coral reefs');
    expect(asked.body).not.toContain('readers.example');
    expect(await find('ada+papers@readers.example')).toMatchObject({ state: 'pending' });

    const confirmed = await live.post(link, { welcome: 'yes' });
    expect(confirmed.statusCode).toBe(200);
    expect(confirmed.body).toContain('You are subscribed');
    await live.settle();
    expect(await find('ada+papers@readers.example')).toMatchObject({
      state: 'active',
      papersPerDigest: 5,
      schedule: { days: [1, 2], minuteOfDay: 420, zone: 'Europe/Lisbon' },
    });
    const digest = live.mailTo(address)[1];
    expect(digest?.email.subject).toMatch(/Coral reefs/);
    expect(digest?.source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
    expect(await consentsOf('ada+papers@readers.example')).toMatchObject([
      {
        form: 'page',
        askedFrom: '127.0.0.1',
        confirmedFrom: '127.0.0.1',
        confirmedAt: live.clock.now(),
      },
    ]);

    // Once more, and the edition that the welcome covered does not come again.
    expect((await live.post(link, { welcome: 'yes' })).body).toContain('You are subscribed');
    live.clock.set('2026-03-09T07:00:00Z');
    await live.settle();
    expect(live.mailTo(address).length).toBe(2);
    live.clock.set('2026-03-10T12:00:00Z');
  });

  it('says the same to the form whatever the address, and the rest by mail', async () => {
    await subscribe(live.outside, 'known@readers.example');
    await suppress('complaint', 'complained@readers.example', live.clock.now());
    await suppress('bounce', 'bounced@readers.example', live.clock.now());
    await signUp('waiting@readers.example');
    const answers = [];
    for (const name of ['unknown', 'known', 'complained', 'bounced', 'waiting']) {
      const { statusCode, headers, body } = await signUp(`${name}@readers.example`);
      const { date: _, ...rest } = headers;
      answers.push(JSON.stringify({ statusCode, rest, body }));
    }
    expect([...new Set(answers)]).toHaveLength(1);
    const counts = ['unknown', 'known', 'complained', 'bounced', 'waiting'].map(
      (name) => live.mailTo(`${name}@readers.example`).length,
    );
    expect(counts).toEqual([1, 1, 0, 0, 1]);
    expect(live.mailTo('known@readers.example')[0]?.email.subject).toContain('already');
    expect(live.linkTo('preferences', 'known@readers.example')).toBeTruthy();
    // What a stranger typed changed nothing of theirs.
    expect((await find('known@readers.example'))?.profile.topics).toEqual([]);
  });

  it('writes a request and nothing else while the form waits, so that time tells nothing', async () => {
    const { store } = live.outside;
    await store.requests.insert({
      kind: 'subscribe',
      address: 'gone@readers.example',
      wishes: null,
      form: 'page',
      askedFrom: null,
      consentText: null,
      next: null,
      at: live.clock.now(),
    });
    expect(await find('gone@readers.example')).toBeUndefined();
    await live.settle();
    expect(await store.requests.listWaiting(1)).toEqual([]);
  });

  it('reminds once, and forgets after seven days what nobody confirmed', async () => {
    await signUp('forgetful@readers.example');
    await signUp('forgetful@readers.example');
    expect(live.mailTo('forgetful@readers.example').length).toBe(1);
    live.clock.advance(3 * DAY);
    await live.settle();
    await signUp('forgetful@readers.example');
    await live.settle();
    const subjects = live.mailTo('forgetful@readers.example').map(({ email }) => email.subject);
    expect(subjects).toEqual([
      'Please confirm: new papers from Paperround',
      'Reminder: confirm your papers from Paperround',
    ]);
    const link = live.linkTo('confirm', 'forgetful@readers.example');
    live.clock.advance(4 * DAY);
    expect((await live.post(link)).statusCode).toBe(410);
    await live.settle();
    expect(await find('forgetful@readers.example')).toBeUndefined();
    expect((await live.get(link)).statusCode).toBe(410);
    if (backend === 'service') {
      expect(JSON.stringify(await live.dump('delivery'))).not.toContain('forgetful@');
    }
  });

  it('sends one confirmation after a bounce once its time has passed, and confirming lifts it', async () => {
    const address = 'mended@readers.example';
    await suppress('bounce', address, new Date(live.clock.now().getTime() - 40 * DAY));
    await signUp(address);
    expect(live.mailTo(address).length).toBe(1);
    await live.post(live.linkTo('confirm', address));
    await live.settle();
    expect(await live.outside.store.records.findSuppression(live.hash(address))).toBeUndefined();
    const subject = `suppression ${live.hash(address).slice(0, 16)}`;
    const entries = await live.outside.store.audit.list({ subject }, { most: 10 });
    expect(entries).toMatchObject([{ actor: 'reader', action: 'lift' }]);
    await suppress('complaint', 'angry@readers.example', new Date(0));
    await signUp('angry@readers.example');
    expect(live.mailTo('angry@readers.example').length).toBe(0);
  });

  it('takes back one who left, and only by their own mailbox', async () => {
    const address = 'back@readers.example';
    await signUp(address);
    const first = live.linkTo('confirm', address);
    await live.post(first);
    const reader = await find(address);
    const left = await live.post(live.sign('unsubscribe', reader?.id ?? 0));
    const way = /\/return\/[\w.-]+/.exec(left.body)?.[0] ?? '';
    // The old confirmation does not bring anyone back.
    expect((await live.post(first)).statusCode).toBe(410);
    expect((await live.get(way)).statusCode).toBe(200);
    await live.settle();
    expect(live.mailTo(address).length).toBe(1);
    expect((await live.post(way)).body).toContain('Look into your mailbox');
    await live.settle();
    expect(await find(address)).toMatchObject({ state: 'pending' });
    await live.post(live.linkTo('confirm', address));
    expect(await find(address)).toMatchObject({
      state: 'active',
      profile: { topics: ['coral reefs'] },
    });
  });

  it('sends the first mail that the page promises also to one who had the newest edition', async () => {
    const address = 'again@readers.example';
    await signUp(address);
    await live.post(live.linkTo('confirm', address), { welcome: 'yes' });
    await live.settle();
    expect(live.mailTo(address).at(-1)?.email.subject).toMatch(/Coral reefs/);
    const left = await live.post(live.sign('unsubscribe', (await find(address))?.id ?? 0));
    await live.post(/\/return\/[\w.-]+/.exec(left.body)?.[0] ?? '');
    await live.settle();
    const page = await live.post(live.linkTo('confirm', address), { welcome: 'yes' });
    expect(page.body).toContain('Your first mail is on its way');
    await live.settle();
    const welcome = live.mailTo(address).at(-1)?.email.text;
    expect(welcome).toMatch(/You had the newest edition\s+before/);
    expect(welcome).toMatch(/^My topics, days and hour:\nhttp\S+\/preferences\//m);
  });

  it('leaves one who asked back and never confirmed as one who left', async () => {
    const address = 'wavering@readers.example';
    await signUp(address);
    await live.post(live.linkTo('confirm', address));
    await live.post(live.sign('unsubscribe', (await find(address))?.id ?? 0));
    await signUp(address);
    live.clock.advance(8 * DAY);
    await live.settle();
    expect(await find(address)).toMatchObject({ state: 'ended', endReason: 'page' });
    expect(await consentsOf(address)).toHaveLength(1);
  });

  it('leaves the wishes of one who left alone until their mailbox confirms others', async () => {
    const address = 'untouched@readers.example';
    await signUp(address, { topics: 'bird migration' });
    await live.post(live.linkTo('confirm', address));
    await live.post(live.sign('unsubscribe', (await find(address))?.id ?? 0));
    await signUp(address, { topics: 'of a stranger', count: '3' });
    expect(await find(address)).toMatchObject({
      state: 'pending',
      profile: { topics: ['bird migration'] },
      papersPerDigest: 5,
    });
    const link = live.linkTo('confirm', address);
    expect((await live.get(link)).body).toContain('Papers on of a stranger');
    await live.post(link);
    expect(await find(address)).toMatchObject({
      state: 'active',
      profile: { topics: ['of a stranger'] },
      papersPerDigest: 3,
    });
  });

  it('mails the link to the preferences on request, and tells nobody who is subscribed', async () => {
    await subscribe(live.outside, 'linked@readers.example');
    const answers = [];
    for (const address of ['linked@readers.example', 'nobody@readers.example']) {
      answers.push((await live.post('/link', { address })).body);
      await live.settle();
    }
    expect([...new Set(answers)]).toHaveLength(1);
    expect(live.mailTo('nobody@readers.example').length).toBe(0);
    expect((await live.get(live.linkTo('preferences', 'linked@readers.example'))).statusCode).toBe(
      200,
    );
  });

  it('bounds what the forms can cause: by address, by place, by domain, and by what no person fills in', async () => {
    const address = 'bombed@readers.example';
    await subscribe(live.outside, address);
    for (let times = 0; times < 8; times += 1) await live.post('/link', { address });
    await live.settle();
    expect(live.mailTo(address).length).toBe(5);

    const before = live.sink.received.length;
    const trapped = await signUp('robot@readers.example', { website: 'https://spam.example' });
    expect(trapped.headers.location).toBe('/subscribe/asked');
    expect(live.sink.received).toHaveLength(before);
    expect(await find('robot@readers.example')).toBeUndefined();

    const { readers } = live.outside.config;
    Object.assign(readers, { perOriginHour: 3 });
    const codes = [];
    for (let at = 0; at < 5; at += 1) {
      codes.push(
        await live.app.inject({
          method: 'POST',
          url: '/link',
          remoteAddress: '192.0.2.77',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: `address=a${at}%40place.example`,
        }),
      );
    }
    expect(codes.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(codes[3]?.headers['retry-after'])).toBeGreaterThan(0);
    Object.assign(readers, { perOriginHour: 1000, perDomainHour: 2 });
    const domain = [];
    for (let at = 0; at < 3; at += 1) {
      domain.push((await live.post('/link', { address: `b${at}@one.example` })).statusCode);
    }
    expect(domain).toEqual([200, 200, 429]);
    Object.assign(readers, { perDomainHour: 1000 });
  });

  it('answers two forms with one address at once with one mail', async () => {
    await Promise.all(
      Array.from({ length: 6 }, () =>
        live.post('/subscribe', { ...form, address: 'twice@readers.example' }),
      ),
    );
    await live.settle();
    expect(live.mailTo('twice@readers.example').length).toBe(1);
  });

  it('forgets after a while from where somebody signed up', async () => {
    const address = 'private@readers.example';
    await signUp(address);
    await live.post(live.linkTo('confirm', address));
    expect(await consentsOf(address)).toMatchObject([{ askedFrom: '127.0.0.1' }]);
    live.clock.advance(31 * DAY);
    await live.settle();
    expect(await consentsOf(address)).toMatchObject([
      { askedFrom: null, confirmedFrom: null, text: expect.stringContaining('one click') },
    ]);
  });
});
