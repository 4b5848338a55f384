import { Readable } from 'node:stream';
import { runCommand } from '../../src/commands/commands.ts';
import type { Context } from '../../src/process/context.ts';
import { startWarmUp, stopWarmUp } from '../../src/steps/deliveries/warm-up.ts';
import { importSubscribers } from '../../src/steps/readers/import.ts';
import { mailLink } from '../../src/steps/readers/mail-link.ts';
import { measureService } from '../../src/steps/signals/measure.ts';
import type { Database } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import {
  type Backend,
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { openTestDns, type TestDns } from '../harness/dns.ts';
import { compose, cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const DOMAIN = 'uni.example';
const DAY_MS = 24 * 3_600_000;

/** A place with a clock and a DNS in which `uni.example` is at Google. */
function preparePlace(backend: Backend) {
  const given = {} as { place: Place; clock: Clock; context: Context; dns: TestDns };
  beforeEach(async () => {
    given.place = await createPlace(backend);
    given.dns = await openTestDns({ [`MX ${DOMAIN}`]: ['5 aspmx.l.google.com'] });
    given.clock = createClock('2026-06-01T12:00:00Z');
    const env = { DNS_SERVERS: given.dns.server };
    given.context = await openContext(given.place, given.clock, env);
  });
  afterEach(async () => {
    await given.context?.close();
    given.dns?.close();
    await given.place?.remove();
  });
  return given;
}

/** Readers of every day at 07:00 UTC, the first of whom confirmed first. */
async function takeOver({ context }: { context: Context }, count: number, name = 'r') {
  const rows = Array.from({ length: count }, (_, at) => {
    const since = new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10);
    return `${name}${at}@${DOMAIN},${since},1|2|3|4|5|6|7,Etc/UTC`;
  });
  const file = ['address,confirmed_at,days,zone', ...rows].join('\n');
  const order = { source: 'x', unconfirmed: 'refuse', isDryRun: false, actor: 'test' } as const;
  await importSubscribers(context.outside, () => Readable.from([Buffer.from(file)]), order);
}

/** Cuts an edition and composes for everybody who is due at 07:00 of a June day. */
async function composeOn({ context, clock }: { context: Context; clock: Clock }, day: string) {
  clock.set(`2026-06-${day}T05:00:00Z`);
  await cutWith(context.outside, makePapers(`june${day}`, 1));
  clock.set(`2026-06-${day}T07:00:00Z`);
  return compose(context.outside);
}

describe.each(backends)('a warm-up in the %s', (backend) => {
  const given = preparePlace(backend);
  const run = async (name: string, args: object = {}) => {
    const { lines, data } = await runCommand(given.context.outside, { name, args });
    return { lines, data };
  };
  const reader = async (address: string) => {
    const found = await given.context.outside.store.subscribers.findByAddress(address);
    if (!found) throw new Error(`nobody is ${address}`);
    return found;
  };

  it('counts what goes beside rounds, holds none of it, and tells who waits why', async () => {
    const { outside } = given.context;
    await takeOver(given, 160);
    expect(await run('warm-up start')).toMatchObject({ data: { ceiling: 150 } });
    await expect(run('warm-up start')).rejects.toThrow('a warm-up goes on already');
    given.clock.set('2026-06-02T04:30:00Z');
    for (let at = 0; at < 10; at += 1) {
      await mailLink(outside, await reader(`r${at}@${DOMAIN}`), 'test');
    }
    const report = await composeOn(given, '02');
    expect(report?.exclusions).toEqual([{ exclusion: 'warm_up', count: 20 }]);
    // The links go at once, the digests evenly, a tenth of the ceiling an hour.
    expect(await outside.store.deliveries.countReady(outside.now())).toBe(11);
    given.clock.advance(3_600_000);
    expect(await outside.store.deliveries.countReady(outside.now())).toBe(26);

    const why = await run('why', { address: `r159@${DOMAIN}`, date: '2026-06-02' });
    expect(why.lines.join('\n')).toContain('its papers come with the next digest');
    expect(why.lines).toContain('google.com: 150 of 150 messages, stage 1 of 21; 20 readers wait.');
    const late = await run('why', { address: `r100@${DOMAIN}`, date: '2026-06-02' });
    expect(late.lines.join('\n')).toContain('it is ready, and may go at 2026-06-02 1');
    const today = await run('today');
    expect(today.lines).toContain(
      'Warm-up since 2026-06-01, day 2: 20 readers wait for their turn; digests leave evenly until 16:20 UTC.',
    );
    const { warmUp } = await measureService(outside);
    expect(warmUp?.waiting).toBe(20);
    expect(warmUp?.groups).toContainEqual({
      group: 'Google',
      used: 150,
      ceiling: 150,
      slowed: 0,
    });
    // A day later everybody has room, and who waited comes to both editions.
    await composeOn(given, '03');
    const { subscriberId } = await reader(`r159@${DOMAIN}`);
    const history = await outside.store.deliveries.listHistory([subscriberId]);
    expect(history.get(subscriberId)?.offered).toHaveLength(2);
    expect(
      (await outside.store.audit.list({}, { most: 50 })).map(({ action }) => action),
    ).toContain('start_warm_up');
  });

  it('gives whoever waited what came meanwhile, also where it has ended', async () => {
    const { outside } = given.context;
    await takeOver(given, 2);
    await startWarmUp(outside, { stage: 1, actor: 'test' });
    const [first, second] = [await reader(`r0@${DOMAIN}`), await reader(`r1@${DOMAIN}`)];
    const editions: string[] = [];
    for (let day = 2; day <= 12; day += 1) {
      given.clock.set(`2026-06-${String(day).padStart(2, '0')}T05:00:00Z`);
      editions.push(await cutWith(outside, makePapers(`day${day}`, 1)));
    }
    await outside.store.warmUps.recordHeld(
      [first.id],
      new Date('2026-06-03T07:00:00Z'),
      '2026-06-03',
    );
    await stopWarmUp(outside, 'test');
    given.clock.set('2026-06-12T07:00:00Z');
    await outside.store.early.recordDue(
      [{ zone: 'Etc/UTC', date: '2026-06-12', weekday: 5, minuteOfDay: 420 }],
      outside.now(),
    );
    await compose(outside);
    const ids = [first.subscriberId, second.subscriberId];
    const history = await outside.store.deliveries.listHistory(ids);
    expect(history.get(first.subscriberId)?.offered).toHaveLength(11);
    expect(history.get(second.subscriberId)?.offered).toHaveLength(7);
    expect(await outside.store.warmUps.countWaiting()).toBe(0);
    await expect(run('warm-up stop')).rejects.toThrow('no warm-up goes on');
  });

  it('lets go what it spread over the day when it is ended', async () => {
    const { outside } = given.context;
    await takeOver(given, 30);
    await run('warm-up start');
    await composeOn(given, '02');
    expect(await outside.store.deliveries.countReady(outside.now())).toBe(1);
    const stopped = await run('warm-up stop');
    expect(stopped.data).toEqual({ isEnded: true, freed: 29 });
    expect(stopped.lines[1]).toBe('29 mails that would have gone later go out now.');
    expect(await outside.store.deliveries.countReady(outside.now())).toBe(30);
  });

  it('begins where it is told to, and stays where little is sent', async () => {
    const { outside } = given.context;
    await takeOver(given, 3);
    await run('warm-up start', { stage: 5 });
    await composeOn(given, '02');
    const show = await run('warm-up show');
    expect(show.lines[1]).toBe('  google.com: 3 of 1000 messages, stage 5 of 21');
    expect(await outside.store.warmUps.countWaiting()).toBe(0);
  });
});

/** A database that counts what it is asked. */
function counting(db: Database, count: { statements: number }): Database {
  return {
    ...db,
    rows: (query, name) => {
      count.statements += 1;
      return db.rows(query, name);
    },
    transaction: (work) => db.transaction((tx) => work(counting(tx, count))),
  };
}

const onService = backends.includes('service') ? describe : describe.skip;
onService('what a warm-up asks of the database', () => {
  const given = preparePlace('service');

  /** The statements of the round of one morning, with so many readers. */
  async function countRound(readers: number, day: string): Promise<number> {
    const { context, place, clock } = given;
    await takeOver(given, readers, `of${day}-`);
    const db = openPostgres(place.env['DATABASE_URL'] ?? '', () => undefined);
    const count = { statements: 0 };
    try {
      clock.set(`2026-06-${day}T05:00:00Z`);
      await cutWith(context.outside, makePapers(`june${day}`, 1));
      clock.set(`2026-06-${day}T07:00:00Z`);
      const store = createStore(counting(db, count));
      await compose({ ...context.outside, store });
      return count.statements;
    } finally {
      await db.close();
    }
  }

  it('is one small statement a round where none goes on, and no more for more readers', async () => {
    const off = await countRound(100, '02');
    await startWarmUp(given.context.outside, { stage: 1, actor: 'test' });
    const few = await countRound(40, '03');
    given.clock.advance(DAY_MS);
    const many = await countRound(400, '05');
    expect(few - off).toBeLessThan(25);
    expect(many).toBeLessThanOrEqual(few + 3);
  });
});
