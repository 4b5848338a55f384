import { setTimeout as pause } from 'node:timers/promises';
import type { StoredDelivery } from '../../src/core/letter/delivery.ts';
import { createRelay, type Relay } from '../../src/mail/relay/relay.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { resendEdition } from '../harness/resend.ts';
import {
  type Act,
  openScriptedSmtp,
  type Phase,
  type ScriptedSmtp,
} from '../harness/scripted-smtp.ts';
import { waitFor } from '../harness/wait.ts';

const DEADLINE_SECONDS = '0.4';
/** Everything a server can do without a line of SMTP. */
const silences = ['close', 'hang', 'drip'] as const;
const beforeBody = ['greeting', 'ehlo', 'mail', 'rcpt', 'data'] as const;

type Case = readonly [Phase, Act, StoredDelivery['state'], StoredDelivery['cause']];
const no = (code: number): Act => ({ reply: `${code} ${Math.floor(code / 100)}.3.0 no` });

const cases: readonly Case[] = [
  ...beforeBody.flatMap((phase) => silences.map((act): Case => [phase, act, 'deferred', null])),
  ...silences.flatMap((act): Case[] => [
    ['body', act, 'in_doubt', null],
    ['dot', act, 'in_doubt', null],
  ]),
  ...[...beforeBody, 'dot' as const].flatMap((phase): Case[] => [
    [phase, no(421), 'deferred', null],
    [phase, no(451), 'deferred', null],
  ]),
  ['greeting', no(554), 'deferred', null],
  ['mail', no(550), 'deferred', null],
  ['rcpt', no(550), 'failed', 'permanent'],
  ['data', no(554), 'failed', 'permanent'],
  ['dot', no(554), 'failed', 'permanent'],
  // A server that is out of step with us has not answered this message.
  ['data', { reply: '354 go on\r\n354 go on' }, 'deferred', null],
  ['data', { reply: '354 go on\r\n250 2.0.0 taken' }, 'deferred', null],
  ['data', { reply: '354 go on\r\n451 4.3.0 no' }, 'deferred', null],
  ['dot', { reply: '354 go on' }, 'in_doubt', null],
  ['dot', { reply: 'thanks' }, 'in_doubt', null],
  ['dot', { reply: '451 4.3.0 a\0b' }, 'deferred', null],
];

describe.each(backends)('the moment of doubt in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let server: ScriptedSmtp;
  let relay: Relay;
  let edition: string;

  beforeAll(async () => {
    place = await createPlace(backend);
    // Half of the relays of this world take the whole envelope at once (RFC 2920).
    server = await openScriptedSmtp({ pipelining: backend === 'service' });
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_BEFORE_BODY_SECONDS: DEADLINE_SECONDS,
      SMTP_AFTER_DOT_SECONDS: DEADLINE_SECONDS,
    });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    edition = await cutWith(context.outside, makePapers('a', 5));
  });
  const openRelay = (connections: number) => {
    const deadlineMs = Number(DEADLINE_SECONDS) * 1000;
    return createRelay({
      url: server.url,
      requireTls: false,
      clientName: 'here',
      connections,
      beforeBodyMs: deadlineMs,
      afterDotMs: deadlineMs,
    });
  };
  beforeEach(async () => {
    server.hangUp();
    await pause(20);
    server.script = () => undefined;
    server.transactions.length = 0;
    relay = openRelay(5);
  });
  afterEach(() => relay.drop());
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  let readers = 0;
  /** One delivery to a reader of its own, ready to be sent. */
  const makeDelivery = async () => {
    readers += 1;
    const address = `reader${readers}@readers.example`;
    const subscription = await subscribe(context.outside, address);
    const { deliveryId = 0 } = await resendEdition(context.outside, { edition, address });
    return { address, deliveryId, subscriptionId: subscription.id };
  };
  const find = (id: number) => context.outside.store.deliveries.find(id);
  // A busy answer slows its relay for minutes: each test has one of its own.
  const sendNow = () => send({ ...context.outside, relay }, lease);

  it.each(cases)('%s, %j: the delivery is %s', async (phase, act, state, cause) => {
    const { deliveryId, address } = await makeDelivery();
    server.script = (moment) => (moment.phase === phase ? act : undefined);
    await sendNow();
    const delivery = await find(deliveryId);
    expect(delivery).toMatchObject({ state, cause, acceptedAt: null });
    if (!['body', 'dot'].includes(phase) && state !== 'in_doubt') {
      expect(server.transactions.map(({ body }) => body).join('')).toBe('');
    }

    server.script = () => undefined;
    clock.advance(5 * 60_000);
    await sendNow();
    const isRetried = state === 'deferred';
    expect(server.accepted()).toEqual(isRetried ? [address] : []);
    expect((await find(deliveryId))?.state).toBe(isRetried ? 'accepted' : state);
  });

  it('tries a deferred delivery again under the same Message-ID, byte for byte', async () => {
    const { deliveryId } = await makeDelivery();
    server.script = ({ phase }) => (phase === 'dot' ? no(451) : undefined);
    await sendNow();
    server.script = () => undefined;
    clock.advance(5 * 60_000);
    await sendNow();
    const [first, second] = server.transactions.map(({ body }) => body);
    expect(first).toContain((await find(deliveryId))?.messageId);
    expect(second).toBe(first);
  });

  it('sends on over the same connection after a 550 for one recipient', async () => {
    relay.drop();
    relay = openRelay(1);
    const before = server.connections;
    const made = [];
    for (let count = 0; count < 3; count += 1) made.push(await makeDelivery());
    const refused = made[0]?.address;
    server.script = ({ phase, to }) => (phase === 'rcpt' && to === refused ? no(550) : undefined);
    expect(await sendNow()).toMatchObject({ accepted: 2, failed: 1 });
    expect(server.connections - before).toBe(1);
  });

  it('opens a new connection where the server ended the idle ones', async () => {
    const { address } = await makeDelivery();
    await sendNow();
    server.hangUp();
    await pause(20);
    const next = await makeDelivery();
    await sendNow();
    expect(server.accepted()).toEqual([address, next.address]);
  });

  it('sends no byte to a reader who left between the claim and the mark', async () => {
    const { deliveryId, subscriptionId } = await makeDelivery();
    server.script = async ({ phase }) => {
      if (phase === 'rcpt') await unsubscribe(context.outside, subscriptionId, 'one-click');
      return undefined;
    };
    await sendNow();
    expect(server.transactions.map(({ body }) => body)).toEqual(['']);
    expect(await find(deliveryId)).toMatchObject({ state: 'failed', cause: 'cancelled' });
  });

  it('finishes a message whose reader left after the mark, and records it', async () => {
    const { deliveryId, subscriptionId, address } = await makeDelivery();
    server.script = async ({ phase }) => {
      if (phase === 'body') await unsubscribe(context.outside, subscriptionId, 'one-click');
      return undefined;
    };
    await sendNow();
    expect(server.accepted()).toEqual([address]);
    expect((await find(deliveryId))?.state).toBe('accepted');
  });

  it('sends no byte after the lease ran out, and gives the delivery back', async () => {
    const { deliveryId, address } = await makeDelivery();
    server.script = async ({ phase }) => {
      if (phase === 'rcpt') await context.outside.store.senders.end(lease.current().id);
      return undefined;
    };
    await sendNow();
    expect(server.transactions.map(({ body }) => body)).toEqual(['']);
    expect((await find(deliveryId))?.state).toBe('ready');
    server.script = () => undefined;
    await waitFor(async () => {
      clock.advance(60_000);
      return (await sendNow()).accepted === 1;
    });
    expect(server.accepted()).toEqual([address]);
  });
});
