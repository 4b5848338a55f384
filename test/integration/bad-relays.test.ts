import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { sendShard } from '../../src/steps/deliveries/send.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import {
  type Act,
  openScriptedSmtp,
  type Phase,
  type ScriptedSmtp,
} from '../harness/scripted-smtp.ts';

const READERS = 40;
const MANY_READERS = 200;
type Trouble = readonly [Phase, Act];
const troubles: readonly (readonly [string, Trouble])[] = [
  ['greets with 554', ['greeting', { reply: '554 5.3.2 no service' }]],
  ['refuses MAIL FROM', ['mail', { reply: '550 5.7.1 not you' }]],
  ['has no time for MAIL FROM', ['mail', { reply: '451 4.3.0 later' }]],
  ['greets with 421', ['greeting', { reply: '421 4.3.2 busy' }]],
  ['hangs up', ['greeting', 'close']],
  ['answers MAIL FROM with nonsense', ['mail', { reply: '2nd try please' }]],
];

const five = (trouble: Trouble) => Array.from({ length: 5 }, () => trouble);

describe.each(backends)('bad relays among several in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let servers: ScriptedSmtp[];

  const open = async (bad: readonly Trouble[], good: number, readers = READERS) => {
    place = await createPlace(backend);
    clock = createClock('2026-03-03T12:00:00Z');
    servers = [];
    for (const trouble of [...bad, ...Array.from({ length: good }, () => undefined)]) {
      const server = await openScriptedSmtp({ pipelining: true });
      server.script = ({ phase }) => (trouble?.[0] === phase ? trouble[1] : undefined);
      servers.push(server);
    }
    context = await openContext(place, clock, {
      SMTP_URL: servers.map(({ url }) => `${url}?connections=2`).join(' '),
      SMTP_BEFORE_BODY_SECONDS: '1',
    });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    await prepareRound(context.outside, clock, readers);
  };
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    for (const server of servers) await server.close();
    await place?.remove();
  });
  const isPaused = async () => (await context.outside.store.pauses.listActive()).length > 0;
  /** What was given back comes at its moment, which the test's clock is moved to. */
  const sendAll = async (readers = READERS) => {
    let accepted = 0;
    let deferred = 0;
    for (let turns = 0; turns < 20 && accepted + deferred < readers; turns += 1) {
      const report = await send(context.outside, lease);
      accepted += report.accepted;
      deferred += report.deferred;
      clock.advance(1_000);
    }
    return { accepted, deferred };
  };

  it.each(troubles)('one %s: all mail goes by the other at once', async (_name, trouble) => {
    await open([trouble], 1);
    expect(await sendAll()).toEqual({ accepted: READERS, deferred: 0 });
    expect(await isPaused()).toBe(false);
    expect(servers.at(-1)?.accepted()).toHaveLength(READERS);
  });

  it('five of six: the sixth takes all', async () => {
    await open(
      troubles.slice(0, 5).map(([, trouble]) => trouble),
      1,
    );
    expect(await sendAll()).toEqual({ accepted: READERS, deferred: 0 });
    expect(await isPaused()).toBe(false);
  });

  it('fifteen of twenty, rude, silent or gone: five take all, and nobody waits', async () => {
    const rude: Trouble = ['greeting', { reply: '554 5.3.2 no service' }];
    const silent: Trouble = ['greeting', 'hang'];
    await open([...five(rude), ...five(silent), ...five(silent)], 5, MANY_READERS);
    // Nothing listens there any more.
    for (const server of servers.slice(10, 15)) await server.close();
    expect(await sendAll(MANY_READERS)).toEqual({ accepted: MANY_READERS, deferred: 0 });
    expect(await isPaused()).toBe(false);
    const taken = servers.slice(-5).map((server) => server.accepted().length);
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(MANY_READERS);
    expect(Math.min(...taken)).toBeGreaterThan(0);
    // A relay that is away is asked again and again, but by one message each time.
    const opened = servers.slice(0, 15).map(({ connections }) => connections);
    expect(Math.max(...opened)).toBeLessThan(20);
  });

  it('all: the edition is paused by their words, and nobody fails', async () => {
    const no: Trouble = ['mail', { reply: '550 5.7.1 not you' }];
    await open([no, no], 0);
    const report = await sendShard(context.outside, lease.current(), () => false);
    expect(report).toMatchObject({ accepted: 0, failed: 0 });
    expect(report.deferred).toBeLessThan(READERS);
    expect(await context.outside.store.pauses.listActive()).toMatchObject([
      { scope: 'edition', actor: 'breaker', reason: expect.stringContaining('not you') },
    ]);
  });

  it('a domain that is busy behind one rests alone', async () => {
    await open([], 1);
    const [server] = servers;
    if (!server) throw new Error('no server');
    server.script = ({ phase }) =>
      phase === 'rcpt' ? { reply: '451 4.7.28 unusual rate' } : undefined;
    await sendShard(context.outside, lease.current(), () => false);
    const [look] = context.outside.relay.look();
    expect(look?.state).toMatchObject({ connections: 2, busyShare: 0, restMs: 0 });
    expect(context.outside.relay.isWell()).toBe(true);
  });
});
