import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { resumeSending } from '../../src/steps/deliveries/pause.ts';
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
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const READERS = 200;
const CONNECTIONS = 20;
/** How many answers the breaker waits for (`core/letter/breaker.ts`). */
const LEAST = 20;
/** What is on the wire while a group is written, and while the pause is. */
const MOST = LEAST + 2 * CONNECTIONS;

describe.each(backends)('the breaker at full speed in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let server: ScriptedSmtp;
  let readers: string[];

  beforeAll(async () => {
    place = await createPlace(backend);
    server = await openScriptedSmtp({ pipelining: true });
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_CONNECTIONS: String(CONNECTIONS),
    });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    readers = await prepareRound(context.outside, clock, READERS);
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  /** How many readers the server said no to until nothing went on. */
  const countRefused = async () => {
    let refused = 0;
    server.script = ({ phase }) => {
      if (phase !== 'rcpt') return undefined;
      refused += 1;
      return { reply: '550 5.7.1 not from you' };
    };
    await send(context.outside, lease);
    return refused;
  };

  it('stops an edition within two groups of the answers that are enough', async () => {
    const refused = await countRefused();
    expect(refused).toBeGreaterThanOrEqual(LEAST);
    expect(refused).toBeLessThanOrEqual(MOST);
    expect(await context.outside.store.pauses.listActive()).toMatchObject([
      { scope: 'edition', actor: 'breaker' },
    ]);
  });

  it('counts anew after it went on', async () => {
    const [pause] = await context.outside.store.pauses.listActive();
    const what = pause?.edition ?? '';
    await resumeSending(context.outside, { what, actor: 'test' });
    const refused = await countRefused();
    expect(refused).toBeGreaterThanOrEqual(LEAST);
    expect(refused).toBeLessThanOrEqual(MOST);

    await resumeSending(context.outside, { what, actor: 'test' });
    server.script = () => undefined;
    clock.advance(24 * 3_600_000);
    await send(context.outside, lease);
    expect(server.accepted().sort()).toEqual([...readers].sort());
    expect(await context.outside.store.pauses.listActive()).toEqual([]);
  });
});
