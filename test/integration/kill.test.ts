import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
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
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts';

const CONNECTIONS = 5;
const ANSWER_AFTER_MS = 20;
const DAY_MS = 24 * 3_600_000;

// Only processes that share a server can outlive each other: the sandbox is one process.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('kill -9 of a workers process in the midst of a round', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let database: Database;
  let server: ScriptedSmtp;
  let workers: WorkerProcess | undefined;

  beforeEach(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp({ pipelining: true });
    server.script = async ({ phase }) => {
      if (phase === 'dot') await pause(ANSWER_AFTER_MS);
      return undefined;
    };
    // The processes under test have the real time; what is ready is ready for them too.
    clock = createClock(new Date(Date.now() - DAY_MS).toISOString());
    context = await openContext(place, clock, { SMTP_URL: server.url });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
  });
  afterEach(async () => {
    workers?.thaw();
    await workers?.kill();
    await database?.close();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  /** A round that is ready now, and none of whose readers is due again while the test runs. */
  const prepare = async (count: number) => {
    const readers = await prepareRound(context.outside, clock, count);
    await database.rows(sql`update public.subscription set next_due_at = now() + interval '1 day'`);
    return readers;
  };
  const start = () => {
    workers = startWorkerProcess({
      ...place.env,
      SMTP_URL: server.url,
      SMTP_CONNECTIONS: String(CONNECTIONS),
    });
    return workers;
  };
  const until = async (isDone: () => boolean | Promise<boolean>) => {
    const end = Date.now() + 60_000;
    while (!(await isDone())) {
      if (Date.now() > end) throw new Error(`this never came true: ${isDone}`);
      await pause(10);
    }
  };
  const readLedger = () =>
    database.rows<{ address: string; state: DeliveryState }>(
      sql`select address, state from public.delivery where kind = 'digest' order by id`,
    );
  const isSettled = async () =>
    (await readLedger()).every(({ state }) => state === 'accepted' || state === 'in_doubt');
  /** The server's log joined to the ledger. */
  const judge = async (readers: readonly string[], killed: number) => {
    // An alarm to the operator may stand among what was accepted.
    const ledger = await readLedger();
    const sent = server.accepted().filter((address) => readers.includes(address));
    const inDoubt = ledger.filter(({ state }) => state === 'in_doubt');
    expect(ledger.map(({ address }) => address).sort()).toEqual([...readers].sort());
    expect(sent.length).toBe(new Set(sent).size);
    const open = new Set(inDoubt.map(({ address }) => address));
    const lost = readers.filter((address) => !sent.includes(address) && !open.has(address));
    expect(lost).toEqual([]);
    expect(inDoubt.length).toBeLessThanOrEqual(CONNECTIONS * killed);
  };

  it('loses none and sends none twice, with Redis kept or emptied', async () => {
    const readers = await prepare(150);
    for (const [count, isEmptied] of [
      [20, true],
      [70, false],
    ] as const) {
      const killed = start();
      await until(() => server.accepted().length >= count);
      await killed.kill();
      if (!isEmptied) continue;
      const redis = new Redis(place.env['REDIS_URL'] ?? '');
      await redis.flushdb();
      redis.disconnect();
    }
    start();
    await until(async () => {
      clock.set(new Date().toISOString());
      await planWork(context.outside);
      await pause(300);
      return isSettled();
    });
    await judge(readers, 2);
  }, 300_000);

  it('lets a process that slept past its lease send nothing that was taken back, and heed its answers', async () => {
    const readers = await prepare(60);
    let answer: () => void = () => {};
    const isAwake = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.script = async ({ phase }) => {
      if (phase === 'dot' && server.accepted().length >= 10) await isAwake;
      return undefined;
    };
    const sleeper = start();
    const waiting = () =>
      server.transactions.filter(
        ({ body, isAccepted }) => !isAccepted && body.endsWith('\r\n.\r\n'),
      );
    await until(() => waiting().length === CONNECTIONS);
    sleeper.freeze();
    const { senders, deliveries } = context.outside.store;
    await senders.endAll();
    const takenBack = await deliveries.recordAbandoned(new Date());
    // What was claimed ahead of the connections has not begun.
    const doubtful = takenBack.filter(({ state }) => state === 'in_doubt');
    expect(doubtful).toHaveLength(CONNECTIONS);
    expect(takenBack.every(({ state }) => state === 'in_doubt' || state === 'ready')).toBe(true);
    sleeper.thaw();
    answer();
    await until(async () => {
      clock.set(new Date().toISOString());
      await planWork(context.outside);
      await pause(300);
      return isSettled();
    });
    // The answers that it reads on waking are those to its own bodies: they end the doubt.
    await until(async () => (await deliveries.countByState()).length === 1);
    await judge(readers, 1);
    expect(await deliveries.countByState()).toEqual([
      { state: 'accepted', cause: null, count: 60 },
    ]);
  }, 120_000);
});
