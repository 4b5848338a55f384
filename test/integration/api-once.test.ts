import { pruneLedger } from '../../src/steps/deliveries/prune.ts';
import { ONCE_MS } from '../../src/steps/desk/once.ts';
import { type CallApi, enterApi } from '../harness/api.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { makePapers, toImportFile } from '../harness/papers.ts';
import { waitFor } from '../harness/wait.ts';

const add = (address: string, key: string) => ({
  method: 'POST',
  path: '/subscribers',
  body: { address },
  headers: { 'idempotency-key': key },
});

describe.each(backends)('what is asked of the API once, in the %s', (backend) => {
  let live: Live;
  let call: CallApi;
  let other: CallApi;
  beforeAll(async () => {
    live = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '1000000' } });
    call = await enterApi(live, { name: 'ada' });
    other = await enterApi(live, { name: 'ben' });
  });
  afterAll(() => live?.close());

  const entriesOf = async (action: string) =>
    (await live.outside.store.audit.list({ action }, { most: 100 })).length;

  it('is done once by twenty who ask at once, and answered to all of them', async () => {
    const asks = Array.from({ length: 20 }, () => call(add('one@readers.example', 'key-1')));
    const answers = await Promise.all(asks);
    const done = answers.filter(({ statusCode }) => statusCode === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ body }) => body)).size).toBe(1);
    for (const { statusCode, headers } of answers) {
      expect([201, 409]).toContain(statusCode);
      if (statusCode === 409) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    const again = await call(add('one@readers.example', 'key-1'));
    expect([again.statusCode, again.body]).toEqual([201, done[0]?.body]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers.location).toBe(done[0]?.headers.location);
    const { items } = (await call({ path: '/subscribers' })).json();
    expect(items).toHaveLength(1);
  });

  it('tells a key that was used for something else, and lets another operator have it', async () => {
    const answer = await call(add('two@readers.example', 'key-1'));
    expect([answer.statusCode, answer.json().title]).toEqual([
      422,
      'This Idempotency-Key was used for another request.',
    ]);
    expect((await other(add('two@readers.example', 'key-1'))).statusCode).toBe(201);
    expect((await call(add('x@readers.example', ' '))).statusCode).toBe(400);
  });

  it('lets what failed be asked for again', async () => {
    const again = () => call(add('two@readers.example', 'key-2'));
    expect((await again()).statusCode).toBe(409);
    await call({ method: 'DELETE', path: '/subscribers/two@readers.example' });
    expect((await again()).statusCode).toBe(201);
  });

  it('keeps no key, no address and no request readable', async () => {
    const asked = { method: 'POST', path: '/keys', body: { key: 'cron' } };
    const ask = () => call({ ...asked, headers: { 'idempotency-key': 'key-secret' } });
    const { secret } = (await ask()).json();
    expect(secret).toMatch(/^pr_/);
    const again = await ask();
    expect([again.statusCode, again.json().title]).toEqual([
      409,
      'This was done under the same key, and its answer is not kept.',
    ]);
    expect((await call({ path: '/keys' })).json().items).toHaveLength(3);
    if (backend !== 'service') return;
    const kept = JSON.stringify(await live.dump('once'));
    for (const word of [secret, 'readers.example', 'key-secret', 'cron']) {
      expect(kept).not.toContain(word);
    }
  });

  it('lets go of what a process that died held, for the same request alone', async () => {
    const { store, now } = live.outside;
    const holder = (await store.access.findOperator('ada'))?.id ?? 0;
    const done = await call(add('three@readers.example', 'key-3'));
    expect(done.statusCode).toBe(201);
    // The lease runs on the database's clock: one that is over the moment it begins.
    const dead = {
      operatorId: holder,
      keyHash: 'dead',
      fingerprint: 'this',
      leaseMs: -1,
      at: now(),
      since: new Date(0),
    };
    expect(await store.once.claim({ ...dead, holder: 'a' })).toBe(true);
    const foreign = { ...dead, fingerprint: 'that', holder: 'b', leaseMs: 60_000 };
    expect(await store.once.claim(foreign)).toBe(false);
    const same = { ...dead, holder: 'c', leaseMs: 60_000 };
    expect(await store.once.claim(same)).toBe(true);
    expect(await store.once.claim({ ...same, holder: 'd' })).toBe(false);
    // Whoever lost it may not write into it any more.
    await store.once.recordAnswer(
      { ...dead, holder: 'a' },
      { status: 1, location: null, body: '' },
    );
    expect(await store.once.find(same)).toMatchObject({ status: null });
  });

  it('makes one press of a resend, also after its key was forgotten', async () => {
    const text = toImportFile(makePapers('meadow', 4));
    await call({ method: 'POST', path: '/papers', body: text, type: 'text/plain' });
    const { name: edition } = (await call({ method: 'POST', path: '/editions/cut' })).json();
    await call({ method: 'POST', path: '/deliveries/run', body: { everyone: true, yes: true } });
    await live.settle();
    const resend = () =>
      call({
        method: 'POST',
        path: '/resends',
        body: { edition, address: 'one@readers.example', yes: true, reason: 'asked' },
        headers: { 'idempotency-key': 'key-4' },
      });
    const first = await resend();
    expect([first.statusCode, first.headers.location]).toEqual([202, '/api/v1/resends/1']);
    const look = () => call({ path: '/resends/1' });
    await waitFor(async () => (await look()).json().isEnded === true);
    expect((await look()).json()).toMatchObject({ made: 1, left: 0 });
    live.clock.advance(ONCE_MS + 1);
    expect((await resend()).headers.location).toBe('/api/v1/resends/1');
    await live.settle();
    expect(live.mailTo('one@readers.example')).toHaveLength(2);
    expect(await entriesOf('press')).toBe(1);
  });

  it('is forgotten after a day, and by the night', async () => {
    await call(add('four@readers.example', 'key-5'));
    const again = () => call(add('four@readers.example', 'key-5'));
    expect((await again()).statusCode).toBe(201);
    live.clock.advance(ONCE_MS + 1);
    expect((await again()).statusCode).toBe(409);
    await pruneLedger(live.outside);
    if (backend === 'service') expect(await live.dump('once')).toEqual([]);
  });
});
