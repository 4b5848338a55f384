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
import { compose, cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const CONNECTIONS = 3;
const busy = Array.from({ length: 9 }, (_, at) => `reader${at}@busy.example`);
const calm = Array.from({ length: 6 }, (_, at) => `reader${at}@calm.example`);
const isBusy = (address: string) => address.endsWith('@busy.example');

describe.each(backends)('a domain that is busy in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let server: ScriptedSmtp;
  /** When somebody of the busy domain was named. */
  let asked: number[];

  beforeAll(async () => {
    place = await createPlace(backend);
    clock = createClock('2026-03-03T12:00:00Z');
    server = await openScriptedSmtp({ pipelining: true });
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_CONNECTIONS: String(CONNECTIONS),
    });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    for (const address of [...busy, ...calm]) await subscribe(context.outside, address);
    await cutWith(context.outside, makePapers('rests', 3));
    clock.advance(24 * 3_600_000);
    await compose(context.outside);
    asked = [];
    server.script = ({ phase, to }) => {
      if (phase !== 'rcpt' || !isBusy(to)) return undefined;
      asked.push(performance.now());
      return { reply: '451 4.7.28 unusual rate' };
    };
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const sendSome = () => sendShard(context.outside, lease.current(), () => false);

  it('rests alone: its mail waits unsaid, and all other goes', async () => {
    const report = await sendSome();
    expect(report).toMatchObject({ accepted: calm.length, failed: 0, inDoubt: 0 });
    expect(server.accepted().sort()).toEqual(calm);
    // What was on its way when the first answer came is all that was asked.
    expect(asked).toHaveLength(report.deferred);
    expect(report.deferred).toBeLessThanOrEqual(CONNECTIONS);
    expect(context.outside.relay.isWell()).toBe(true);
    expect(await context.outside.store.pauses.listActive()).toEqual([]);
  });

  it('rests for a second, however many said so in one moment', async () => {
    const soon = new Date(clock.now().getTime() + 1_000);
    const { deliveries } = context.outside.store;
    expect(await deliveries.countReady(soon)).toBe(busy.length - asked.length);
  });

  it('rests longer after the next busy answer, which another shard may hear', async () => {
    const [firstTime, shards] = [asked.length, 2];
    for (let shard = 0; shard < shards; shard += 1) {
      clock.advance(5_000);
      await sendSome();
    }
    const [second = 0, ...others] = asked.slice(firstTime);
    const third = others.find((at) => at - second > 900);
    expect((third ?? 0) - second).toBeGreaterThanOrEqual(1_999);
  });

  it('gets all its mail, once, when its servers take it again', async () => {
    server.script = () => undefined;
    const report = { accepted: 0, deferred: 0 };
    for (let shards = 0; shards < 20 && report.accepted < busy.length; shards += 1) {
      clock.advance(5 * 60_000);
      const { accepted, deferred } = await sendSome();
      report.accepted += accepted;
      report.deferred += deferred;
    }
    expect(report).toEqual({ accepted: busy.length, deferred: 0 });
    expect(server.accepted().sort()).toEqual([...busy, ...calm].sort());
  });
});
