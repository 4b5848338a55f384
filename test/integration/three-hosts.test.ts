import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryState } from '../../src/core/letter/delivery.ts';
import type { Context } from '../../src/process/context.ts';
import { planWork } from '../../src/steps/plan.ts';
import { type Database, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { makeHost, type NetHost } from '../harness/net-hosts.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts';

const CONNECTIONS = 3;
const PER_SECOND = 25;
/** Some jobs for each host, also for the one that comes back. */
const READERS = 1_500;
const CUT_AFTER = 150;
/** Longer than a lease, so that others take over what the cut host held. */
const CUT_MS = 15_000;
const DAY_MS = 24 * 3_600_000;

const first = backends.includes('service') ? makeHost() : undefined;
if (!first) {
  process.stderr.write('\nNetwork namespaces cannot be made here: three hosts are not tried.\n');
}

(first ? describe : describe.skip)('three hosts, of which one is cut off and comes back', () => {
  const hosts = first ? [first, makeHost(), makeHost()].filter((host) => host !== undefined) : [];
  let place: Place;
  let clock: Clock;
  let context: Context;
  let database: Database;
  let server: ScriptedSmtp;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp({ pipelining: true });
    clock = createClock(new Date(Date.now() - DAY_MS).toISOString());
    context = await openContext(place, clock, { SMTP_URL: server.url });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => undefined);
  });
  afterAll(async () => {
    for (const worker of workers) await worker.kill();
    for (const host of hosts) await host.close();
    await database?.close();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const portOf = (url = '') => Number(new URL(url).port);
  const start = async (host: NetHost) => {
    const { DATABASE_URL = '', REDIS_URL = '', ...env } = place.env;
    for (const url of [DATABASE_URL, REDIS_URL, server.url]) await host.open(portOf(url));
    // A relay that is not on the machine itself would have to speak TLS.
    await host.openAtHome(portOf(server.url));
    const elsewhere = (url: string) => url.replace('127.0.0.1', host.outside);
    const worker = startWorkerProcess(
      {
        ...env,
        DATABASE_URL: elsewhere(DATABASE_URL),
        REDIS_URL: elsewhere(REDIS_URL),
        SMTP_URL: `${server.url}?rate=${PER_SECOND}/s`,
        SMTP_CONNECTIONS: String(CONNECTIONS),
        LOG_LEVEL: 'warn',
      },
      { within: host.within },
    );
    workers.push(worker);
    return worker;
  };
  const until = async (isDone: () => boolean | Promise<boolean>, seconds = 120) => {
    const end = Date.now() + seconds * 1000;
    while (!(await isDone())) {
      if (Date.now() > end) throw new Error(`this never came true: ${isDone}`);
      await pause(50);
    }
  };
  const readLedger = () =>
    database.rows<{ address: string; state: DeliveryState }>(
      sql`select address, state from public.delivery where kind = 'digest' order by id`,
    );
  const sentBy = async ({ pid }: WorkerProcess) => {
    const [row] = await database.rows<{ count: number }>(
      sql`select count(*)::int as count from public.attempt a
        join public.sender s on s.id = a.sender_id
        where s.pid = ${pid} and a.verdict = 'accepted'`,
    );
    return row?.count ?? 0;
  };

  it('loses none, sends none twice, and keeps the pace over all', async () => {
    const readers = await prepareRound(context.outside, clock, READERS);
    await database.rows(sql`update public.subscription set next_due_at = now() + interval '1 day'`);
    const began: number[] = [];
    server.script = ({ phase }) => {
      if (phase === 'dot') began.push(performance.now());
      return undefined;
    };
    const [one, two, three] = await Promise.all(hosts.map(start));
    if (!one || !two || !three) throw new Error('there are not three hosts');
    await until(() => server.accepted().length >= CUT_AFTER);
    await until(async () => (await sentBy(two)) > 0);
    hosts[1]?.cut();
    await pause(CUT_MS);
    const ofTheCut = await sentBy(two);
    const meanwhile = server.accepted().length;
    await until(() => server.accepted().length >= meanwhile + 20);
    expect(await sentBy(two)).toBe(ofTheCut);
    hosts[1]?.mend();
    await until(async () => {
      clock.set(new Date().toISOString());
      await planWork(context.outside);
      await pause(300);
      return (await readLedger()).every(({ state }) => ['accepted', 'in_doubt'].includes(state));
    });
    // It works again, without having been started anew.
    expect(await sentBy(two)).toBeGreaterThan(ofTheCut);
    expect(Math.min(await sentBy(one), await sentBy(three))).toBeGreaterThan(0);
    const ledger = await readLedger();
    const sent = server.accepted().filter((address) => readers.includes(address));
    expect(sent.length).toBe(new Set(sent).size);
    const doubts = ledger.filter(({ state }) => state === 'in_doubt').map((row) => row.address);
    expect(readers.filter((each) => !sent.includes(each) && !doubts.includes(each))).toEqual([]);
    expect(doubts.length).toBeLessThanOrEqual(CONNECTIONS);
    // What was on its way when the cable was cut may come together when it is mended.
    const spent = ((began.at(-1) ?? 0) - (began[0] ?? 0)) / 1000;
    expect(began.length / spent).toBeLessThan(PER_SECOND * 1.05);
  }, 300_000);
});
