import { english } from '../../src/core/words/words.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { cancelSending, pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { renderDelivery } from '../../src/steps/digests/view.ts';
import { listNamed } from '../../src/steps/readers/history.ts';
import { exportReader } from '../../src/steps/readers/private.ts';
import { planResend } from '../../src/steps/resend/plan.ts';
import { pressResend } from '../../src/steps/resend/press.ts';
import { workPress } from '../../src/steps/resend/work.ts';
import { sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { alerted, named } from '../harness/items.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

const DAY_MS = 24 * 3_600_000;

describe.each(backends)('items in the ledger of the %s', (backend) => {
  let place: Place;
  let context: Context;
  let sink: SmtpSink;
  let lease: Lease;
  const clock = createClock('2026-03-02T06:00:00Z');

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    context = await openContext(place, clock, { SMTP_URL: sink.url });
    lease = await openLease(context.outside, { host: 'h', pid: 1, onLost: () => {} });
    clock.set('2026-03-02T07:01:00Z');
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await sink?.close();
    await place?.remove();
  });

  const only = { profile: { itemsOnly: true } };
  const add = (subscriberId: number, title: string) =>
    context.outside.store.items.add(subscriberId, alerted([named(title)]), clock.now());
  const nextDay = async () => {
    clock.advance(DAY_MS);
    return compose(context.outside);
  };
  const digestsOf = async (subscriberId: number) => {
    const { deliveries } = context.outside.store;
    const [from, to] = [new Date(0), new Date('2030-01-01')];
    const letters = await deliveries.listLetters({ id: null, subscriberId, from, to });
    return letters.filter(({ kind }) => kind === 'digest');
  };
  const titlesOf = async (subscriberId: number) =>
    (await digestsOf(subscriberId)).map(({ content, state }) => {
      const { items = [] } = content && 'choices' in content ? content : {};
      return `${state}: ${items.map(({ title }) => title).join(', ')}`;
    });
  /** A process that claims what may go, and dies: before its body, or after it began. */
  const dieWith = async (isMarked: boolean) => {
    const { deliveries, senders } = context.outside.store;
    const { id: senderId } = await senders.insert({ host: 'dies', pid: 2, leaseMs: 10_000 });
    const claimed = await deliveries.claim({ senderId, now: clock.now(), most: 10 });
    if (isMarked) {
      const helds = claimed.map(({ id, fence }) => ({ id, fence, senderId }));
      expect(await deliveries.recordInFlight(helds)).toHaveLength(claimed.length);
    }
    await senders.end(senderId);
    await deliveries.recordAbandoned(clock.now());
  };

  it('are told again where the digest failed or a newer one takes its place', async () => {
    const { subscriberId } = await subscribe(context.outside, 'failed@readers.example', only);
    await add(subscriberId, 'First');
    await nextDay();
    await add(subscriberId, 'Second');
    // What waits gives its items to the next.
    await nextDay();
    await cancelSending(context.outside, { what: 'items', actor: 'test' });
    await resumeSending(context.outside, { what: 'items', actor: 'test' });
    await nextDay();
    await send(context.outside, lease);
    await nextDay();
    expect(await titlesOf(subscriberId)).toEqual([
      'failed: First',
      'failed: Second, First',
      'accepted: Second, First',
    ]);
  });

  it('are kept by a process that died before the body, and in doubt after it', async () => {
    const { subscriberId } = await subscribe(context.outside, 'killed@readers.example', only);
    await add(subscriberId, 'First');
    await nextDay();
    await dieWith(false);
    expect(await titlesOf(subscriberId)).toEqual(['ready: First']);
    await dieWith(true);
    await nextDay();
    expect(await titlesOf(subscriberId)).toEqual(['in_doubt: First']);
    await add(subscriberId, 'Second');
    await nextDay();
    await send(context.outside, lease);
    expect(await titlesOf(subscriberId)).toEqual(['in_doubt: First', 'accepted: Second']);
  });

  it('wait for the outcome of what is on the wire', async () => {
    const { subscriberId } = await subscribe(context.outside, 'wire@readers.example', only);
    const { deliveries, senders } = context.outside.store;
    await add(subscriberId, 'First');
    await nextDay();
    const { id: senderId } = await senders.insert({ host: 'slow', pid: 3, leaseMs: 10_000 });
    const claimed = await deliveries.claim({ senderId, now: clock.now(), most: 10 });
    const helds = claimed.map(({ id, fence }) => ({ id, fence, senderId }));
    await deliveries.recordInFlight(helds);
    await add(subscriberId, 'Second');
    expect((await nextDay())?.isFrozen).toBe(false);
    await senders.end(senderId);
    await deliveries.recordAbandoned(clock.now());
    const [round] = await context.outside.store.rounds.listOpen();
    expect((await composeRound(context.outside, round?.id ?? 0)).isFrozen).toBe(true);
    expect(await titlesOf(subscriberId)).toEqual(['in_doubt: First', 'ready: Second']);
    await send(context.outside, lease);
  });

  /** A process of a version before items; on the embedded database there is no other. */
  const openOlder = async () => {
    const { id } = await context.outside.store.senders.insert({
      host: 'old',
      pid: 4,
      leaseMs: 10_000,
    });
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    await database.rows(sql`update public.sender set version = 4 where id = ${id}`);
    await database.close();
    return id;
  };

  (backend === 'service' ? it : it.skip)(
    'do not pass a sender of an older version, nor are they composed while one lives',
    async () => {
      const { subscriberId } = await subscribe(context.outside, 'old@readers.example', only);
      const { deliveries, senders } = context.outside.store;
      await add(subscriberId, 'First');
      const old = await openOlder();
      await nextDay();
      expect(await digestsOf(subscriberId)).toEqual([]);
      await senders.end(old);
      await nextDay();
      const senderId = await openOlder();
      expect(await deliveries.claim({ senderId, now: clock.now(), most: 10 })).toEqual([]);
      await senders.end(senderId);
      await send(context.outside, lease);
      expect(await titlesOf(subscriberId)).toEqual(['accepted: First']);
    },
  );

  it('are paused with digests that have no edition, and sent when these go on', async () => {
    const { subscriberId } = await subscribe(context.outside, 'paused@readers.example', only);
    await add(subscriberId, 'First');
    await nextDay();
    const order = { what: 'items', actor: 'test', reason: 'test' };
    await pauseSending(context.outside, order);
    expect((await send(context.outside, lease)).accepted).toBe(0);
    await resumeSending(context.outside, order);
    expect((await send(context.outside, lease)).accepted).toBeGreaterThan(0);
    expect(await titlesOf(subscriberId)).toEqual(['accepted: First']);
  });

  it('stay out of mail where an operator resends, unless a copy is wanted', async () => {
    const reader = await context.outside.store.subscribers.findByAddress('paused@readers.example');
    const { subscriberId } = reader ?? { subscriberId: 0 };
    const [sent] = await digestsOf(subscriberId);
    const scope = { kind: 'delivery' as const, delivery: sent?.id ?? 0 };
    const { asOf } = await planResend(context.outside, scope);
    const pressWith = async (key: string, allowsCopies: boolean) => {
      const press = { scope, key, asOf, reason: 'test', actor: 'test', allowsCopies };
      const { pressId } = await pressResend(context.outside, press);
      return (await workPress(context.outside, pressId)).fates;
    };
    expect(await pressWith('no', false)).toEqual([{ fate: 'needs_yes', count: 1 }]);
    expect(await pressWith('yes', true)).toEqual([{ fate: 'copy', count: 1 }]);
    // The copy is on its way, and another would be one too many.
    expect(await pressWith('twice', true)).toEqual([{ fate: 'on_its_way', count: 1 }]);
    await send(context.outside, lease);
    expect(await titlesOf(subscriberId)).toEqual(['accepted: First', 'accepted: First']);
    const copy = (await digestsOf(subscriberId)).at(-1);
    const letter = await renderDelivery(context.outside, copy?.id ?? 0);
    expect(letter?.text).toContain('First');
    await nextDay();
    expect(await digestsOf(subscriberId)).toHaveLength(2);
  });

  it('leave the day of a correction as it is: it is told with the next edition', async () => {
    const { subscriberId } = await subscribe(context.outside, 'both@readers.example');
    await add(subscriberId, 'With an edition');
    clock.advance(DAY_MS);
    await cutWith(context.outside, makePapers('corrected', 5));
    await compose(context.outside);
    await send(context.outside, lease);
    const { deliveries } = context.outside.store;
    const before = (await deliveries.listHistory([subscriberId])).get(subscriberId);
    await add(subscriberId, 'Without one');
    await nextDay();
    await send(context.outside, lease);
    const after = (await deliveries.listHistory([subscriberId])).get(subscriberId);
    expect(await titlesOf(subscriberId)).toEqual([
      'accepted: With an edition',
      'accepted: Without one',
    ]);
    expect(after).toEqual(before);
  });

  it('go with their reader out of what was sent', async () => {
    const reader = await context.outside.store.subscribers.findByAddress('both@readers.example');
    const { subscriberId } = reader ?? { subscriberId: 0 };
    const [first] = await digestsOf(subscriberId);
    await context.outside.store.transaction((tx) =>
      tx.erasures.eraseSubscriber(subscriberId, 'hash'),
    );
    expect(await context.outside.store.items.list(subscriberId, 10)).toEqual([]);
    expect(await renderDelivery(context.outside, first?.id ?? 0)).toBeUndefined();
  });

  it('count as told after a restore: nobody knows, and their page lists them', async () => {
    const { id, subscriberId } = await subscribe(context.outside, 'restored@readers.example', only);
    const { store } = context.outside;
    await add(subscriberId, 'Before the restore');
    const restoredAt = clock.now();
    await store.transaction((tx) => tx.backups.settle({ backupAt: restoredAt, restoredAt }));
    await nextDay();
    expect(await digestsOf(subscriberId)).toEqual([]);
    const named = await listNamed(context.outside, subscriberId, english);
    expect(named).toMatchObject([
      {
        title: 'Before the restore',
        reason: 'From your Google Scholar alert “reward models”.',
      },
    ]);
    const own = await exportReader(context.outside, id);
    expect(own?.named).toMatchObject([{ told: { title: 'Before the restore' } }]);
    // A later alert of the same paper changes nothing, and another paper is told.
    await add(subscriberId, 'Before the restore');
    await add(subscriberId, 'After it');
    await nextDay();
    expect(await titlesOf(subscriberId)).toEqual(['ready: After it']);
  });
});
