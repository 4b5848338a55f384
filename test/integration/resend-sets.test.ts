import { setTimeout as pause } from 'node:timers/promises';
import { hashAddress } from '../../src/core/reader/keys.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { planResend } from '../../src/steps/resend/plan.ts';
import { findScope, type ResendWish } from '../../src/steps/resend/scope.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { resendNow } from '../harness/resend.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const names = ['fine', 'broken', 'late', 'unsure', 'barred', 'left', 'mended'];
const addressOf = (name: string) => `${name}@readers.example`;

describe.each(backends)('resending many in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let server: ScriptedSmtp;
  let edition: string;

  beforeAll(async () => {
    place = await createPlace(backend);
    server = await openScriptedSmtp();
    clock = createClock('2026-03-02T12:00:00Z');
    const env = { SMTP_URL: server.url, SMTP_CONNECTIONS: '1', SMTP_AFTER_DOT_SECONDS: '0.3' };
    context = await openContext(place, clock, env);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    for (const name of names) await subscribe(context.outside, addressOf(name));
    await subscribe(context.outside, 'other@elsewhere.example');
    edition = await cutWith(context.outside, makePapers('a', 5));
    clock.set('2026-03-03T07:00:00Z');
    await compose(context.outside);
    server.script = ({ phase, to }) => {
      const is = (...some: string[]) => some.map(addressOf).includes(to);
      if (phase !== 'dot') return undefined;
      if (is('broken', 'barred', 'left', 'mended')) return { reply: '554 not like this' };
      if (is('late')) return { reply: '451 4.3.0 later' };
      return is('unsure') ? 'close' : undefined;
    };
    await send(context.outside, lease);
    server.script = () => undefined;
    const { store } = context.outside;
    await suppress('barred');
    const gone = await store.subscribers.findByAddress(addressOf('left'));
    await unsubscribe(context.outside, gone?.id ?? 0, 'page');
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const suppress = async (name: string) => {
    await context.outside.store.records.recordSuppression({
      addressHash: hashAddress(context.outside.keys, addressOf(name)),
      reason: 'operator',
      note: null,
      at: clock.now(),
    });
  };
  const deliveryOf = async (name: string) => {
    const { store } = context.outside;
    const reader = await store.subscribers.findByAddress(addressOf(name));
    const { id } = (await store.editions.findByName(edition)) ?? { id: 0 };
    const [newest] = await store.deliveries.listOfReader(id, reader?.subscriberId ?? 0);
    return newest;
  };
  const idOf = async (name: string) => (await deliveryOf(name))?.id ?? 0;
  const plan = async (wish: ResendWish) => {
    const made = await planResend(context.outside, await findScope(context.outside, wish));
    return Object.fromEntries(made.fates.map(({ fate, count }) => [fate, count]));
  };
  const got = () => server.accepted().map((address) => address.split('@')[0]);

  it('plans all that failed: who would get it, and who never', async () => {
    expect(await plan({ kind: 'failed', edition })).toEqual({
      reopen: 2,
      suppressed: 1,
      unsubscribed: 1,
    });
  });

  it('leaves to the schedule what a later digest brings, and asks for a yes then', async () => {
    // Only the next morning's readers are composed for; "mended" gets its papers that way.
    await cutWith(context.outside, makePapers('b', 5));
    const before = await idOf('broken');
    await resendNow(context.outside, { kind: 'delivery', delivery: before });
    await send(context.outside, lease);
    expect(await deliveryOf('broken')).toMatchObject({ id: before, state: 'accepted', resend: 0 });
    clock.set('2026-03-04T07:00:00Z');
    await compose(context.outside);
    await send(context.outside, lease);
    // Beside "mended", the one that waited: its newer digest made it expire.
    expect(await plan({ kind: 'failed', edition })).toMatchObject({
      copy: 2,
      suppressed: 1,
      unsubscribed: 1,
    });
    const refused = await resendNow(
      context.outside,
      { kind: 'failed', edition },
      { allowsCopies: false },
    );
    expect(refused.made).toBe(0);
  });

  it('tries once more what is in doubt, under the same Message-ID, when its time is over', async () => {
    await pause(700);
    const before = await deliveryOf('unsure');
    expect(before?.state).toBe('in_doubt');
    expect(await plan({ kind: 'in_doubt', edition })).toEqual({ retry: 1 });
    await resendNow(context.outside, { kind: 'in_doubt', edition });
    await send(context.outside, lease);
    expect(await deliveryOf('unsure')).toMatchObject({
      id: before?.id,
      messageId: before?.messageId,
      state: 'accepted',
    });
  });

  it('tries now what waits for its next try', async () => {
    clock.set('2026-03-05T07:00:00Z');
    await cutWith(context.outside, makePapers('c', 5));
    await compose(context.outside);
    server.script = ({ phase }) => (phase === 'rcpt' ? { reply: '451 4.3.0 later' } : undefined);
    await send(context.outside, lease);
    server.script = () => undefined;
    const { deferred = 0 } = await countStates();
    expect(deferred).toBeGreaterThan(0);
    expect(await context.outside.store.deliveries.countReady(clock.now())).toBe(0);
    expect(await plan({ kind: 'deferred' })).toEqual({ hurry: deferred });
    await resendNow(context.outside, { kind: 'deferred' }, { allowsCopies: false });
    await send(context.outside, lease);
    expect((await countStates()).deferred ?? 0).toBe(0);
  });

  it('keeps to what a filter shows', async () => {
    const filter = { domain: 'Elsewhere.example', edition } as const;
    expect(await plan({ kind: 'filter', filter })).toEqual({ copy: 1 });
    const before = got().length;
    await resendNow(context.outside, { kind: 'filter', filter });
    await send(context.outside, lease);
    expect(got().slice(before)).toEqual(['other']);
  });

  it('keeps nobody by name in what is kept for ever', async () => {
    const { store } = context.outside;
    const filter = { address: addressOf('fine'), state: 'accepted' } as const;
    expect((await resendNow(context.outside, { kind: 'filter', filter })).made).toBeGreaterThan(0);
    await send(context.outside, lease);
    const entries = JSON.stringify(await store.audit.list({}, { most: 1_000 }));
    for (const name of names) expect(entries).not.toContain(addressOf(name));
    const nobody = { kind: 'filter', filter: { address: 'x@y.example' } } as const;
    await expect(resendNow(context.outside, nobody)).rejects.toThrow(/has no subscription/);
  });

  it('corrects an edition to everyone who may be written to, and says so', async () => {
    const note = 'The authors of the first paper were mixed up.';
    const wish = { kind: 'correction', edition, note } as const;
    const before = server.transactions.length;
    const { plan: planned } = await resendNow(context.outside, wish);
    expect(planned).toMatchObject({ total: 8, going: 6, copies: 6 });
    await send(context.outside, lease);
    const bodies = server.transactions.slice(before).map(({ body }) => body);
    expect(bodies).toHaveLength(6);
    for (const body of bodies) {
      expect(body).toMatch(/^Subject: (?:=\?UTF-8\?Q\?)?Correction(?:: |=3A_)/m);
      expect(body.replace(/=\r\n|\r\n/g, ' ')).toContain('The authors of the first paper were');
      expect(body).toMatch(/^References: <.*>/m);
    }
    expect(got().slice(-6)).not.toContain('barred');
    expect(got().slice(-6)).not.toContain('left');
    // A plain copy of it, for one who lost it, corrects nothing once more.
    const copied = server.transactions.length;
    const alone = { kind: 'reader', edition, address: addressOf('fine') } as const;
    expect((await resendNow(context.outside, alone)).fate).toBe('copy');
    await send(context.outside, lease);
    const [plain = ''] = server.transactions.slice(copied).map(({ body }) => body);
    expect(plain).toMatch(/^Subject: (?!(?:=\?UTF-8\?Q\?)?Correction)/m);
    expect(plain).not.toContain('This corrects');
    expect((await resendNow(context.outside, wish)).plan.copies).toBe(6);
  });

  it('leaves a ledger that says nothing against it', async () => {
    const { store } = context.outside;
    await send(context.outside, lease);
    expect(await store.checks.findTwice(clock.now())).toEqual([]);
    expect(await store.checks.findTooMany(clock.now())).toEqual([]);
    expect(await store.checks.findMiscounted()).toEqual([]);
  });

  async function countStates(): Promise<{ deferred?: number }> {
    const states = await context.outside.store.deliveries.countByState();
    const counts: Record<string, number> = {};
    for (const { state, count } of states) counts[state] = (counts[state] ?? 0) + count;
    return counts;
  }
});
