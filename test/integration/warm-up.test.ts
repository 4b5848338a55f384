import { Readable } from 'node:stream';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { readWarmUp, startWarmUp } from '../../src/steps/deliveries/warm-up.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
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
import { cutWith, send } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const DAYS = 10;
const zones = ['Etc/UTC', 'America/New_York', 'Asia/Tokyo'];
const domains = [
  { domain: 'letters.example', mx: '5 aspmx.l.google.com', provider: 'google.com', readers: 330 },
  {
    domain: 'uni.example',
    mx: '0 uni-example.mail.protection.outlook.com',
    provider: 'outlook.com',
    readers: 155,
  },
  { domain: 'lab.example', mx: '10 mx.lab.example', provider: 'lab.example', readers: 15 },
];
/** Those of Google say at the second day's try that nobody is there. */
const GONE = Array.from({ length: 24 }, (_, at) => `r${200 + at}@letters.example`);

const date = (day: number) => `2026-06-${String(day + 1).padStart(2, '0')}`;
const providerOf = (address: string) =>
  domains.find(({ domain }) => address.endsWith(`@${domain}`))?.provider ?? '';

// 500 readers at three providers, who are due at 07:00 in three zones; New York's date begins at 04:00Z.
describe.each(backends)('ten days of a warm-up in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let elsewhere: Context | undefined;
  let lease: Lease;
  let server: ScriptedSmtp;
  let dns: TestDns;
  const addresses = domains.flatMap(({ domain, readers }) =>
    Array.from({ length: readers }, (_, at) => `r${at}@${domain}`),
  );
  /** Who was sent what on which date of New York. */
  const wire: { day: string; to: string }[] = [];
  const excluded: { day: string; count: number }[] = [];

  beforeAll(async () => {
    place = await createPlace(backend);
    server = await openScriptedSmtp({ pipelining: true, keepBytes: 100 });
    dns = await openTestDns(
      Object.fromEntries(domains.map(({ domain, mx }) => [`MX ${domain}`, [mx]])),
    );
    clock = createClock('2026-06-01T00:00:00Z');
    const env = { SMTP_URL: server.url, DNS_SERVERS: dns.server, PAUSE_AT_BOUNCE_PERCENT: '100' };
    context = await openContext(place, clock, env);
    if (backend === 'service') elsewhere = await openContext(place, clock, env);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    await takeOver();
    await startWarmUp(context.outside, { stage: 1, actor: 'test' });
    for (let day = 0; day < DAYS; day += 1) await playDay(day);
  }, 600_000);
  afterAll(async () => {
    await lease?.end();
    await elsewhere?.close();
    await context?.close();
    dns?.close();
    await server?.close();
    await place?.remove();
  });

  /** The first of each domain confirmed first. */
  async function takeOver() {
    const rows = domains.flatMap(({ domain, readers }) =>
      Array.from({ length: readers }, (_, at) => {
        const since = new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10);
        return `r${at}@${domain},${since},1|2|3|4|5|6|7,${zones[at % zones.length]}`;
      }),
    );
    const file = ['address,confirmed_at,days,zone', ...rows].join('\n');
    const { active } = await importSubscribers(
      context.outside,
      () => Readable.from([Buffer.from(file)]),
      { source: 'made up', unconfirmed: 'refuse', isDryRun: false, actor: 'test' },
    );
    expect(active).toBe(addresses.length);
  }

  async function playDay(day: number) {
    clock.set(`${date(day)}T05:00:00Z`);
    await cutWith(context.outside, makePapers(`day${day}`, 2));
    server.script = ({ phase, to }) =>
      day > 0 && phase === 'rcpt' && GONE.includes(to)
        ? { reply: '550 5.1.1 nobody is there' }
        : undefined;
    for (const hour of ['07', '11', '22']) {
      clock.set(`${date(day)}T${hour}:00:00Z`);
      await composeEverywhere(day);
      await sendAll(day);
    }
    clock.set(`${date(day + 1)}T03:59:00Z`);
    await sendAll(day);
    clock.set(`${date(day + 1)}T04:30:00Z`);
    await sendAll(day + 1);
  }

  /** A round with as many workers as there are contexts. */
  async function composeEverywhere(day: number) {
    const roundId = await openRound(context.outside);
    if (roundId === undefined) return;
    const hosts = [context, ...(elsewhere ? [elsewhere] : [])];
    const reports = await Promise.all(hosts.map(({ outside }) => composeRound(outside, roundId)));
    // Who was done first has counted what the other had not written yet.
    const last = reports.find(({ isFrozen }) => isFrozen);
    expect(last).toBeDefined();
    const count = last?.exclusions.find(({ exclusion }) => exclusion === 'warm_up')?.count;
    excluded.push({ day: date(day), count: count ?? 0 });
  }

  async function sendAll(day: number) {
    const before = server.accepted().length;
    await send(context.outside, lease);
    for (const to of server.accepted().slice(before)) wire.push({ day: date(day), to });
  }

  const countOn = (day: number, provider: string) =>
    wire.filter((sent) => sent.day === date(day) && providerOf(sent.to) === provider).length;

  it('sends no provider more than its ceiling on any day', () => {
    // Google is held on the third day for its bounces; Microsoft has two days a stage.
    const ceilings: Record<string, readonly number[]> = {
      'google.com': [150, 250, 250, 400],
      'outlook.com': [150, 150, 250, 250],
      'lab.example': [150],
    };
    for (const [provider, days] of Object.entries(ceilings)) {
      for (let day = 0; day < DAYS; day += 1) {
        expect([provider, day, countOn(day, provider) <= (days[day] ?? Infinity)]).toEqual([
          provider,
          day,
          true,
        ]);
      }
    }
  });

  it('takes what room there is while somebody waits', () => {
    expect(excluded.filter(({ day }) => day === date(0)).map(({ count }) => count)).toContain(62);
    const sent = (day: number) =>
      wire.filter((one) => one.day === date(day) && providerOf(one.to) === 'google.com').length;
    expect(sent(0)).toBeGreaterThan(100);
  });

  it('begins with the longest consent', () => {
    const first = new Set(
      wire
        .filter(({ day, to }) => day === date(0) && providerOf(to) === 'google.com')
        .map(({ to }) => to),
    );
    for (const address of first) expect(Number(/^r(\d+)/.exec(address)?.[1])).toBeLessThan(150);
  });

  it('loses nothing: everybody has every edition in the end', async () => {
    const { store } = context.outside;
    const editions = (await store.editions.listCut(DAYS)).map(({ id }) => id).sort((a, b) => a - b);
    expect(editions).toHaveLength(DAYS);
    for (const address of addresses.filter((each) => !GONE.includes(each))) {
      const reader = await store.subscribers.findByAddress(address);
      const id = reader?.subscriberId ?? 0;
      const history = (await store.deliveries.listHistory([id])).get(id);
      expect([address, [...(history?.covered ?? [])].sort((a, b) => a - b)]).toEqual([
        address,
        editions,
      ]);
    }
  });

  it('has nobody wait twice in a row', () => {
    const days = new Map<string, number[]>();
    for (const { day, to } of wire) {
      days.set(to, [...(days.get(to) ?? []), Number(day.slice(-2))]);
    }
    for (const address of addresses.filter((each) => !GONE.includes(each))) {
      const had = days.get(address) ?? [];
      const gaps = had.map((day, at) => day - (had[at - 1] ?? 0));
      expect([address, Math.max(...gaps) <= 3]).toEqual([address, true]);
    }
  });

  it('is held where many bounced, and says so', async () => {
    const state = await readWarmUp(context.outside);
    expect(state).toMatchObject({ stage: 1, dayNumber: 11, waiting: 0 });
    const told = await context.outside.store.audit.list({}, { most: 50 });
    expect(told.filter(({ action }) => action === 'slow_warm_up')).toMatchObject([
      {
        actor: 'warm-up',
        subject: 'mail to google.com',
        detail: { schedule: 'held for a day', bounces: 24, ceiling: 250 },
      },
    ]);
  });
});
