import { Readable } from 'node:stream';
import { runCommand } from '../../src/commands/commands.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { planWork } from '../../src/steps/plan.ts';
import { importSubscribers } from '../../src/steps/readers/import.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { openTestDns, type TestDns } from '../harness/dns.ts';
import { compose, cutWith, send } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const DOMAIN = 'uni.example';
const READERS = 300;
/** Three days of them are sent. */
const TIMEOUT_MS = 300_000;

describe.each(backends)('an announcement in a warm-up in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let dns: TestDns;
  let server: ScriptedSmtp;
  let lease: Lease;
  beforeEach(async () => {
    place = await createPlace(backend);
    dns = await openTestDns({ [`MX ${DOMAIN}`]: ['5 aspmx.l.google.com'] });
    clock = createClock('2026-06-01T12:00:00Z');
    server = await openScriptedSmtp({ pipelining: true, keepBytes: 100 });
    const env = { DNS_SERVERS: dns.server, SMTP_URL: server.url };
    context = await openContext(place, clock, env);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    dns?.close();
    await place?.remove();
  });

  const run = async (name: string, args: object = {}) => {
    const { lines, data } = await runCommand(context.outside, { name, args });
    return { lines, data };
  };
  const write = async () => {
    const text = { subject: 'We are down', body: 'From nine to ten.' };
    const { data } = await run('announcements write', text);
    return (data as { id: number }).id;
  };
  const waiting = async (id: number) => {
    const { data } = await run('announcements show', { id });
    return (data as { waiting: number }).waiting;
  };
  /** Readers at seven of these days, under a warm-up. */
  const begin = async (days: string) => {
    const rows = Array.from({ length: READERS }, (_, at) => {
      const since = new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10);
      return `r${at}@${DOMAIN},${since},${days},Etc/UTC`;
    });
    const file = ['address,confirmed_at,days,zone', ...rows].join('\n');
    const order = { source: 'x', unconfirmed: 'refuse', isDryRun: false, actor: 'test' } as const;
    await importSubscribers(context.outside, () => Readable.from([Buffer.from(file)]), order);
    await run('warm-up start');
  };
  /** What went out until a moment, since the last such. */
  const sendUntil = async (moment: string) => {
    clock.set(moment);
    await planWork(context.outside);
    const before = server.accepted().length;
    await send(context.outside, lease);
    return server.accepted().length - before;
  };
  /** A date of the cut's zone, New York: its plan, its cut, its round at seven, and all that it sends. */
  const playDay = async (day: number) => {
    const at = (on: number, hour: string) => `2026-06-${String(on).padStart(2, '0')}T${hour}:00Z`;
    let sent = await sendUntil(at(day, '04:10'));
    clock.set(at(day, '05:00'));
    await cutWith(context.outside, makePapers(`june${day}`, 1));
    clock.set(at(day, '07:00'));
    const report = await compose(context.outside);
    sent += await sendUntil(at(day, '23:00'));
    return { sent, held: report?.exclusions[0]?.count ?? 0 };
  };

  it(
    'is spread over its days under the ceilings, with half of them left to digests',
    async () => {
      await begin('1|2|3|4|5');
      clock.set('2026-06-02T04:05:00Z');
      const id = await write();
      await expect(run('announcements send', { id })).rejects.toThrow(
        /300 readers in turns[\s\S]*last goes about 2026-06-04/,
      );
      await run('announcements send', { id, yes: true });
      expect(await waiting(id)).toBe(READERS - 75);
      expect(await playDay(2)).toEqual({ sent: 150, held: READERS - 75 });
      expect(await waiting(id)).toBe(READERS - 75);
      expect(await playDay(3)).toEqual({ sent: 250, held: READERS - 125 });
      expect(await waiting(id)).toBe(READERS - 75 - 125);
      expect(await playDay(4)).toEqual({ sent: 400, held: 0 });
      expect(await waiting(id)).toBe(0);
      const { data } = await run('announcements show', { id });
      expect(data).toMatchObject({
        state: 'sent',
        outcomes: [{ state: 'accepted', count: READERS }],
        lastOn: null,
      });
    },
    TIMEOUT_MS,
  );

  it(
    'gets of a day that is planned what nobody due wants, and lets nobody wait for it',
    async () => {
      await begin('1|2|3|4|5');
      await run('warm-up stop');
      await run('warm-up start', { stage: 3 });
      await playDay(2);
      clock.set('2026-06-02T23:10:00Z');
      const id = await write();
      await run('announcements send', { id, yes: true });
      // 300 of 400 went as digests.
      expect(await waiting(id)).toBe(READERS - 100);
    },
    TIMEOUT_MS,
  );

  it(
    'goes on by itself on a day on which nobody is due, and ends with the warm-up',
    async () => {
      await begin('2');
      await playDay(2);
      const id = await write();
      await run('announcements send', { id, yes: true });
      expect(await waiting(id)).toBe(READERS);
      expect(await sendUntil('2026-06-03T04:10:00Z')).toBe(1);
      expect(await waiting(id)).toBe(READERS - 250);
      await run('warm-up stop');
      expect(await waiting(id)).toBe(0);
      expect(await sendUntil('2026-06-05T05:10:00Z')).toBe(READERS - 1);
    },
    TIMEOUT_MS,
  );
});
