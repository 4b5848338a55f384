import { seal } from '../../src/core/reader/seal.ts';
import { eventNames, type WebhookEvent } from '../../src/core/webhooks/event.ts';
import { RETRY_MS } from '../../src/core/webhooks/retry.ts';
import type { Context } from '../../src/process/context.ts';
import { tellAlarms } from '../../src/steps/alarms/tell.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { pruneLedger } from '../../src/steps/deliveries/prune.ts';
import { resealAll } from '../../src/steps/desk/reseal.ts';
import { gatherToday } from '../../src/steps/desk/today.ts';
import { recordBounce } from '../../src/steps/feedback/bounce.ts';
import { eraseReader } from '../../src/steps/readers/private.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { leaveOut, resendBatch, testWebhook } from '../../src/steps/webhooks/by-hand.ts';
import {
  addWebhook,
  removeWebhook,
  renewSecret,
  switchOff,
  switchOn,
} from '../../src/steps/webhooks/endpoints.ts';
import { lookForEvents, postEvents } from '../../src/steps/webhooks/post.ts';
import { getRow, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
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
import { openReceiver, type Receiver } from '../harness/receiver.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { waitFor } from '../harness/wait.ts';

const HOUR_MS = 3_600_000;

/** Waits for the end of what is being written now, in other tests' databases too: events wait for it. */
async function untilWritten(): Promise<void> {
  const server = openPostgres(process.env['TEST_DATABASE_URL'] ?? '', () => {});
  try {
    const { next } = await getRow<{ next: string }>(
      server,
      sql`select pg_snapshot_xmax(pg_current_snapshot())::text as next`,
    );
    await waitFor(async () => {
      const { isOver } = await getRow<{ isOver: boolean }>(
        server,
        sql`select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::xid8 as "isOver"`,
      );
      return isOver;
    });
  } finally {
    await server.close();
  }
}

describe.each(backends)('webhooks in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let sink: SmtpSink;
  let receiver: Receiver;

  beforeEach(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    receiver = await openReceiver();
    clock = createClock('2026-03-03T06:30:00Z');
    const env = { SMTP_URL: sink.url, ALLOW_PRIVATE_WEBHOOKS: 'true' };
    context = await openContext(place, clock, env);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    await receiver?.close();
    await sink?.close();
    await place?.remove();
  });

  const add = async (
    events: readonly WebhookEvent[] = eventNames,
    given: { name?: string; withAddresses?: boolean } = {},
  ) => {
    const { name = 'crm', withAddresses = false } = given;
    const order = { name, url: receiver.url, events, withAddresses, actor: 'test' };
    const secret = await addWebhook(context.outside, order);
    const webhook = await context.outside.store.webhooks.findByName(name);
    return { secret, id: webhook?.id ?? 0 };
  };
  /** What the planner and the worker do; a second look sees what was still open at the first. */
  const tell = async (id: number) => {
    await lookForEvents(context.outside);
    if (backend === 'service') await untilWritten();
    return postEvents(context.outside, id);
  };
  const kinds = () => receiver.events().map(({ type }) => type);
  const listed = async (name = 'crm') =>
    (await context.outside.store.webhooks.list()).find((each) => each.name === name);
  const log = () => context.outside.store.batches.list({ webhookId: null, most: 10 });

  it('tell what happens from then on, in order, signed, without addresses unless ticked', async () => {
    const { outside } = context;
    await subscribe(outside, 'before@reader.example');
    const plain = await add();
    const ticked = await add(['subscribed', 'left'], { name: 'ticked', withAddresses: true });
    const reader = await subscribe(outside, 'ada@reader.example');
    const edition = await cutWith(outside, makePapers('paper', 3));
    clock.set('2026-03-03T07:01:00Z');
    await compose(outside);
    await send(outside, lease);
    clock.advance(1000);
    await unsubscribe(outside, reader.id, 'page');

    expect(await tell(plain.id)).toBe('a webhook took 1 post of events');
    receiver.verify(plain.secret);
    expect(kinds()).toEqual([
      'reader.subscribed',
      'reader.confirmed',
      'edition.cut',
      'edition.released',
      'delivery.accepted',
      'delivery.accepted',
      'reader.left',
    ]);
    const [subscribed, , cut, , accepted, , left] = receiver.events();
    expect(subscribed?.data).toEqual({ subscriptionId: reader.id, form: 'test' });
    expect(cut?.data).toEqual({ edition });
    expect(accepted?.data).toMatchObject({ edition, kind: 'digest' });
    expect(left).toMatchObject({
      timestamp: '2026-03-03T07:01:01.000Z',
      data: { subscriptionId: reader.id, how: 'page' },
    });
    expect(receiver.heard.map(({ body }) => body).join()).not.toContain('@');
    // Nothing is told twice, and nothing costs a post where there is nothing.
    expect(await tell(plain.id)).toBeUndefined();
    expect(receiver.heard).toHaveLength(1);

    await tell(ticked.id);
    expect(receiver.heard[1]?.data.events).toMatchObject([
      { type: 'reader.subscribed', data: { address: 'ada@reader.example' } },
      { type: 'reader.left', data: { address: 'ada@reader.example' } },
    ]);
  });

  it('tell bounces and erasures, and name nobody who is gone', async () => {
    const { outside } = context;
    const { id } = await add(['accepted', 'bounced', 'left'], { withAddresses: true });
    const reader = await subscribe(outside, 'ada@reader.example');
    await cutWith(outside, makePapers('paper', 1));
    clock.set('2026-03-03T07:01:00Z');
    await compose(outside);
    await send(outside, lease);
    clock.advance(60_000);
    const [found] = await outside.store.deliveries.listKnown(
      sink.received.map(({ email }) => email.messageId ?? ''),
    );
    const delivery = await outside.store.feedback.findDelivery({
      ids: [],
      messageIds: [found ?? ''],
    });
    if (!delivery) throw new Error('there is no delivery');
    const target = {
      delivery,
      subscriptionId: reader.id,
      subscriberId: reader.subscriberId,
      addressHash: delivery.addressHash,
      isOfAnnouncements: false,
    };
    const reply = { code: 550, enhancedCode: '5.1.1', text: 'no such user' };
    await outside.store.transaction((store) =>
      recordBounce({ ...outside, store }, { inboundId: null, target, reply }),
    );
    clock.advance(60_000);
    await eraseReader(outside, reader.id, 'test');
    await tell(id);
    expect(receiver.events()).toMatchObject([
      { type: 'delivery.accepted', data: { deliveryId: delivery.id } },
      { type: 'delivery.bounced', data: { kind: 'hard', code: '5.1.1' } },
      { type: 'reader.left', data: { how: 'erased', subscriptionId: reader.id } },
    ]);
    expect(receiver.heard[0]?.body).not.toContain('@');
  });

  it('go out in batches of a hundred, each naming the one before it', async () => {
    const { outside } = context;
    const { id } = await add(['subscribed']);
    for (let index = 0; index < 230; index += 1) {
      await subscribe(outside, `reader${index}@reader.example`);
    }
    expect(await tell(id)).toBe('a webhook took 3 posts of events');
    expect(receiver.heard.map(({ data }) => data.events.length)).toEqual([100, 100, 30]);
    const [first, second, third] = receiver.heard.map(({ data }) => data);
    expect([first?.previous, second?.previous, third?.previous]).toEqual([
      null,
      first?.batch,
      second?.batch,
    ]);
    expect(new Set(receiver.events().map((event) => event.id)).size).toBe(230);
    for (const { body } of receiver.heard) expect(body.length).toBeLessThan(20_000);
  });

  it('try again by the schedule, the same batch under the same key, and keep order', async () => {
    const { id } = await add(['subscribed']);
    const answers = [500, 302, 429];
    receiver.answer = (response) => {
      const status = answers.shift() ?? 204;
      response.writeHead(status, {
        location: '/',
        ...(status === 429 && { 'retry-after': '7200' }),
      });
      response.end();
    };
    await subscribe(context.outside, 'ada@reader.example');
    expect(await tell(id)).toBe('webhook crm did not take a batch: HTTP 500');
    await subscribe(context.outside, 'bob@reader.example');
    // Not before its time, and nothing overtakes it.
    expect(await tell(id)).toBeUndefined();
    expect(receiver.heard).toHaveLength(1);
    for (const afterMs of [6000, 6 * 60_000]) {
      clock.advance(afterMs);
      await tell(id);
    }
    expect(receiver.heard).toHaveLength(3);
    // It was asked to stay away for two hours, where the schedule says half an hour.
    clock.advance(HOUR_MS);
    await tell(id);
    expect(receiver.heard).toHaveLength(3);
    clock.advance(HOUR_MS);
    await tell(id);
    const keys = receiver.heard.map(({ key }) => key);
    expect(new Set(keys.slice(0, 4)).size).toBe(1);
    expect(keys).toHaveLength(5);
    expect(receiver.events().at(-1)).toMatchObject({ type: 'reader.subscribed' });
    expect((await log())[1]?.log.map(({ status }) => status)).toEqual([204, 429, 302, 500]);
  });

  it('are switched off where the receiver is gone, with an alarm, and go on where they stood', async () => {
    const { outside } = context;
    const { id } = await add(['subscribed']);
    receiver.answer = (response) => response.writeHead(410).end('gone for good');
    await subscribe(outside, 'ada@reader.example');
    await tell(id);
    expect(await listed()).toMatchObject({
      offBecause: 'gone',
      waiting: { words: 'HTTP 410: gone for good' },
    });
    const { began } = await tellAlarms(outside);
    expect(began).toMatchObject([{ name: 'webhook', subject: 'crm' }]);
    const { needs } = await gatherToday(outside);
    expect(needs).toContainEqual(
      expect.objectContaining({ kind: 'webhook', command: 'paperround webhooks on crm' }),
    );
    expect(await outside.store.webhooks.listDue(clock.now())).toEqual([]);
    expect(await tell(id)).toBeUndefined();

    receiver.answer = (response) => response.writeHead(200).end();
    await subscribe(outside, 'bob@reader.example');
    await switchOn(outside, { name: 'crm', actor: 'test', skips: false });
    await tell(id);
    expect(receiver.heard.map(({ data }) => data.events.length)).toEqual([1, 1, 1]);
    expect((await tellAlarms(outside)).over).toMatchObject([{ name: 'webhook' }]);
  });

  it('are switched off after days in which nothing was taken, and lose nothing', async () => {
    const { outside } = context;
    const { id } = await add(['subscribed']);
    receiver.answer = (response) => response.writeHead(503).end();
    await subscribe(outside, 'ada@reader.example');
    const began = clock.now().getTime();
    for (const _ of [0, ...RETRY_MS]) {
      await tell(id);
      const { waiting } = (await listed()) ?? {};
      if (waiting?.nextAt) clock.set(waiting.nextAt);
    }
    expect(receiver.heard).toHaveLength(RETRY_MS.length + 1);
    const days = (clock.now().getTime() - began) / (24 * HOUR_MS);
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.6);
    expect(await listed()).toMatchObject({ offBecause: 'failing' });
    receiver.answer = (response) => response.writeHead(200).end();
    await switchOn(outside, { name: 'crm', actor: 'test', skips: false });
    expect(await tell(id)).toBe('a webhook took 1 post of events');
  });

  it('are tested, sent again and left out by hand, on the record', async () => {
    const { outside } = context;
    const { id, secret } = await add(['subscribed']);
    expect(await testWebhook(outside, { name: 'crm', actor: 'test' })).toMatchObject({
      isTaken: true,
      status: 204,
    });
    expect(receiver.heard[0]).toMatchObject({ type: 'test', data: { events: [] } });
    await subscribe(outside, 'ada@reader.example');
    await tell(id);
    const batchId = receiver.heard[1]?.data.batch ?? 0;
    await resendBatch(outside, { batchId, actor: 'test' });
    expect(receiver.heard[2]?.key).toBe(receiver.heard[1]?.key);
    expect(receiver.heard[2]?.body).toBe(receiver.heard[1]?.body);
    receiver.verify(secret);

    // One that waits goes out before its time, or to nobody.
    receiver.answer = (response) => response.writeHead(400).end('what is this?');
    await subscribe(outside, 'bob@reader.example');
    await tell(id);
    const waiting = (await listed())?.waiting;
    expect(waiting).toMatchObject({ tries: 1, words: 'HTTP 400: what is this?' });
    await resendBatch(outside, { batchId: waiting?.batchId ?? 0, actor: 'test' });
    expect((await listed())?.waiting).toMatchObject({ tries: 2 });
    expect(await leaveOut(outside, { name: 'crm', actor: 'test' })).toBe(waiting?.batchId);
    receiver.answer = (response) => response.writeHead(200).end();
    await subscribe(outside, 'cyd@reader.example');
    await tell(id);
    expect(receiver.heard.at(-1)?.data.events).toHaveLength(1);

    const actions = (await outside.store.audit.list({ subject: 'webhook crm' }, { most: 10 })).map(
      ({ action }) => action,
    );
    expect(actions).toEqual(['leave_out', 'resend_batch', 'resend_batch', 'test_webhook', 'add']);
    expect((await log()).map(({ outcome, isTest }) => [outcome, isTest])).toEqual([
      ['taken', false],
      ['left_out', false],
      ['taken', false],
      ['taken', true],
    ]);
  });

  it('are switched off by hand without an alarm, and may begin anew from now', async () => {
    const { outside } = context;
    const { id } = await add(['subscribed']);
    await switchOff(outside, { name: 'crm', actor: 'test' });
    await subscribe(outside, 'ada@reader.example');
    expect(await tell(id)).toBeUndefined();
    expect((await tellAlarms(outside)).began).toEqual([]);
    await switchOn(outside, { name: 'crm', actor: 'test', skips: true });
    await subscribe(outside, 'bob@reader.example');
    await tell(id);
    expect(receiver.events()).toHaveLength(1);
    await removeWebhook(outside, { name: 'crm', actor: 'test' });
    expect(await outside.store.webhooks.list()).toEqual([]);
    expect(await log()).toEqual([]);
  });

  it('keep address and secrets sealed, sign with two while a secret changes, and seal anew', async () => {
    const { outside } = context;
    const { secret, id } = await add(['subscribed']);
    const { sealed = '', shown } = (await listed()) ?? {};
    expect(`${sealed} ${shown}`).not.toMatch(/whsec_|a-path-that-is-a-secret/);
    const renewed = await renewSecret(outside, { name: 'crm', actor: 'test' });
    await subscribe(outside, 'ada@reader.example');
    await tell(id);
    receiver.verify(secret);
    receiver.verify(renewed);
    // A day later the old one signs no more.
    clock.advance(25 * HOUR_MS);
    receiver.heard.splice(0);
    await subscribe(outside, 'bob@reader.example');
    await tell(id);
    receiver.verify(renewed);
    expect(() => receiver.verify(secret)).toThrow();

    const keys = {
      newest: '9',
      secrets: new Map([['9', Buffer.alloc(32, 9)], ...outside.keys.secrets]),
    };
    await testWebhook({ ...outside, keys }, { name: 'crm', actor: 'test' });
    expect((await listed())?.sealed).toMatch(/^9\./);
    const newer = { newest: '8', secrets: new Map([['8', Buffer.alloc(32, 8)], ...keys.secrets]) };
    expect(await resealAll({ ...outside, keys: newer })).toBe(1);
    expect((await listed())?.sealed).toMatch(/^8\./);
    expect(await resealAll({ ...outside, keys: newer })).toBe(0);
    // Sealed for another name it does not open.
    const other = seal(keys, { purpose: 'webhook', bound: 'webhook other' }, '{}');
    await outside.store.webhooks.recordSealed(id, other);
    const answer = await testWebhook({ ...outside, keys }, { name: 'crm', actor: 'test' });
    expect(answer).toMatchObject({
      isTaken: false,
      words: expect.stringMatching(/dropped from SECRET_KEYS/),
    });
  });

  it('are not told what a transaction still hides, and lose nothing of it', async () => {
    const { outside } = context;
    const { id } = await add(['subscribed']);
    if (backend === 'sandbox') return;
    let finish = () => {};
    const isOver = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begin = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const slow = outside.store.transaction(async (store) => {
      await subscribe({ ...outside, store }, 'slow@reader.example');
      begin();
      await isOver;
    });
    try {
      await hasBegun;
      await subscribe(outside, 'ada@reader.example');
      await lookForEvents(outside);
      expect(await postEvents(outside, id)).toBeUndefined();
    } finally {
      finish();
      await slow;
    }
    await tell(id);
    expect(receiver.events()).toHaveLength(2);
  });

  it('forget old batches with their tries', async () => {
    const { outside } = context;
    const { id } = await add(['subscribed']);
    await subscribe(outside, 'ada@reader.example');
    await tell(id);
    clock.advance(100 * 24 * HOUR_MS);
    await pruneLedger(outside);
    expect(await log()).toEqual([]);
    expect(await listed()).toMatchObject({ name: 'crm', waiting: null });
  });

  it.each([
    ['Crm', 'https://a.example/', 'cannot be a name'],
    ['crm', 'ftp://a.example/', 'must begin with https'],
    ['crm', 'https://user:word@a.example/', 'has a user or a password'],
    ['crm', 'not an address', 'is no address'],
  ])('refuse %s at %s', async (name, url, fault) => {
    const order = { name, url, events: ['left'] as const, withAddresses: false, actor: 'test' };
    await expect(addWebhook(context.outside, order)).rejects.toThrow(fault);
  });
});
