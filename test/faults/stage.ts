import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { DeliveryState } from '../../src/core/letter/delivery.ts';
import type { Context } from '../../src/process/context.ts';
import { planWork } from '../../src/steps/plan.ts';
import { type Database, raw, sql } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { type Clock, createClock, openContext, type Place } from '../harness/context.ts';
import { prepareRound } from '../harness/round.ts';
import {
  openScriptedSmtp,
  type ScriptedOptions,
  type ScriptedSmtp,
} from '../harness/scripted-smtp.ts';
import type { Services } from '../harness/services.ts';
import { within } from '../harness/wait.ts';
import { type Program, startProcess, type WorkerProcess } from '../harness/worker-process.ts';

const DAY_MS = 24 * 3_600_000;
const KEPT_OF_A_BODY = 200;
const TEARDOWN_SECONDS = 60;

/** One round that is ready to be sent, a scripted server, and real worker processes. */
export interface Stage {
  readonly readers: readonly string[];
  readonly context: Context;
  readonly clock: Clock;
  readonly database: Database;
  readonly server: ScriptedSmtp;
  readonly env: Record<string, string>;
  /** Those that were started, in that order. */
  readonly workers: readonly WorkerProcess[];
  /** Starts `paperround workers`, or other words, ended with the stage. */
  start(more?: Start): WorkerProcess;
  /** Waits for a condition, at most so long. */
  until(isDone: () => boolean | Promise<boolean>, seconds?: number): Promise<void>;
  /** What waits for its next try waits no longer. */
  hurry(): Promise<void>;
  /** Plans and hurries until nothing is open any more. */
  settle(seconds?: number): Promise<void>;
  count(state: DeliveryState): Promise<number>;
  /**
   * Joins what the server accepted to the ledger and asserts I1 to I4 and I6; the number in doubt.
   * The server's own log is meant where none is given.
   */
  judge(most: { inDoubt: number; twice?: number; sent?: readonly string[] }): Promise<number>;
}

/** What a process differs in from a built `paperround workers` in the stage's environment. */
export interface Start {
  readonly words?: readonly string[];
  readonly env?: Record<string, string>;
  readonly program?: Program;
}

interface Template {
  readonly name: string;
  readonly readers: readonly string[];
  readonly keys: string;
}

const templates = new Map<string, Promise<Template>>();
let count = 0;

/** What a stage is set with. */
export interface Scene {
  readonly readers: number;
  readonly connections?: number;
  readonly env?: Record<string, string>;
  readonly server?: ScriptedOptions;
}

/** Runs `work` on a stage of its own and takes it down after. */
export async function onStage<Result>(
  services: Services,
  scene: Scene,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const known = `${services.databaseUrl} ${scene.readers}`;
  const template = await (templates.get(known) ??
    templates.set(known, makeTemplate(services, scene.readers)).get(known));
  assert(template);
  count += 1;
  const name = `fault_${process.pid}_${count}`;
  await asAdmin(services, `create database ${name} template ${template.name}`);
  const folder = await mkdtemp(join(tmpdir(), 'paperround-fault-'));
  const server = await openScriptedSmtp({
    pipelining: true,
    keepBytes: KEPT_OF_A_BODY,
    ...scene.server,
  });
  const redisUrl = `${services.redisUrl}/${count % 16}`;
  const redis = new Redis(redisUrl);
  redis.on('error', () => undefined);
  await redis.flushdb();
  const env = {
    ...placeEnv(services, folder, { name, keys: template.keys, redisUrl }),
    SMTP_URL: server.url,
    SMTP_CONNECTIONS: String(scene.connections ?? 10),
    LOG_LEVEL: 'info',
    ...scene.env,
  };
  const clock = createClock(new Date().toISOString());
  const place: Place = { env, remove: async () => undefined };
  const context = await openContext(place, clock);
  const database = openPostgres(env.DATABASE_URL, () => undefined);
  const workers: WorkerProcess[] = [];
  try {
    return await work(
      stageOn(
        { readers: template.readers, context, clock, database, server, env },
        { workers, redis },
      ),
    );
  } catch (error) {
    for (const worker of workers) process.stderr.write(`${tailOf(worker.log())}\n`);
    throw error;
  } finally {
    for (const worker of workers) {
      worker.thaw();
      await worker.kill();
    }
    redis.disconnect();
    await within(TEARDOWN_SECONDS, 'the context closed', context.close());
    await within(TEARDOWN_SECONDS, 'the database closed', database.close());
    await within(TEARDOWN_SECONDS, 'the mail server closed', server.close());
    await rm(folder, { recursive: true, force: true });
    await asAdmin(services, `drop database ${name} with (force)`);
  }
}

/** What a worker said last, for whoever looks for the cause of a failure. */
const tailOf = (log: string) => log.split('\n').slice(-40).join('\n');

function placeEnv(
  services: Services,
  folder: string,
  of: { name: string; keys: string; redisUrl: string },
) {
  return {
    DATA_DIR: folder,
    ARXIV_SPACING_MS: '0',
    ALLOW_PRIVATE_FEEDS: 'true',
    DATABASE_URL: services.databaseUrl.replace(/\/postgres$/, `/${of.name}`),
    REDIS_URL: of.redisUrl,
    SECRET_KEYS: of.keys,
    SMTP_URL: 'smtp://127.0.0.1:1',
  };
}

async function asAdmin(services: Services, statement: string): Promise<void> {
  const admin = openPostgres(services.databaseUrl, () => undefined);
  await admin.rows(raw(statement));
  await admin.close();
}

/** One frozen round of so many readers, composed by the product's own steps, to be copied. */
async function makeTemplate(services: Services, readers: number): Promise<Template> {
  const name = `template_${process.pid}_${readers}`;
  await asAdmin(services, `create database ${name}`);
  const keys = `1:${randomBytes(32).toString('hex')}`;
  const redisUrl = services.redisUrl;
  const env = placeEnv(services, tmpdir(), { name, keys, redisUrl });
  const database = openPostgres(env.DATABASE_URL, () => undefined);
  await migrate(database);
  // The processes under test have the real time; what is ready is ready for them too.
  const clock = createClock(new Date(Date.now() - DAY_MS).toISOString());
  const context = await openContext({ env, remove: async () => undefined }, clock, {
    LOG_LEVEL: 'silent',
  });
  const addresses = await prepareRound(context.outside, clock, readers);
  // None of them is due again while a test runs.
  await database.rows(sql`update public.subscription set next_due_at = now() + interval '2 days'`);
  await context.close();
  await database.close();
  return { name, readers: addresses, keys };
}

function stageOn(
  parts: Pick<Stage, 'readers' | 'context' | 'clock' | 'database' | 'server' | 'env'>,
  { workers, redis }: { workers: WorkerProcess[]; redis: Redis },
): Stage {
  const { readers, context, clock, database, server, env } = parts;
  const until = async (isDone: () => boolean | Promise<boolean>, seconds = 180) => {
    let isOver = false;
    const asked = async () => {
      while (!isOver && !(await isDone())) await pause(20);
    };
    // An answer that never comes must not outlive the deadline either.
    await within(seconds, String(isDone), asked()).finally(() => {
      isOver = true;
    });
  };
  const readLedger = () =>
    database.rows<{ address: string; state: DeliveryState; doubtedAt: Date | null }>(
      sql`select address, state, doubted_at as "doubtedAt" from public.delivery
        where kind = 'digest' order by id`,
    );
  const hurry = async () => {
    await database.rows(
      sql`update public.delivery set next_at = now() where state = 'deferred' and next_at > now()`,
    );
  };
  const isSettled = async () =>
    (await readLedger()).every(({ state }) => ['accepted', 'failed', 'in_doubt'].includes(state));
  return {
    ...parts,
    workers,
    start({ words = ['workers'], env: more = {}, program = { isBuilt: true } } = {}) {
      const worker = startProcess(words, { ...env, ...more }, program);
      workers.push(worker);
      return worker;
    },
    until,
    hurry,
    settle: (seconds = 90) =>
      until(async () => {
        await hurry();
        clock.set(new Date().toISOString());
        await planWork(context.outside);
        await pause(300);
        return isSettled();
      }, seconds),
    count: async (state) => (await readLedger()).filter((row) => row.state === state).length,
    async judge({ inDoubt, twice = 0, sent = server.accepted() }) {
      const ledger = await readLedger();
      const stateOf = new Map(ledger.map((row) => [row.address, row.state]));
      const said = new Set(sent);
      // I1: everyone who was planned is there once.
      assert.deepEqual([...stateOf.keys()].sort(), [...readers].sort(), 'I1');
      assert.equal(ledger.length, readers.length, 'I1');
      assert.deepEqual(await context.outside.store.checks.findMiscounted(), [], 'I1');
      // I2: no server said yes twice, but to what was tried again by policy.
      assert(sent.length - said.size <= twice, `I2: ${sent.length - said.size} twice`);
      // I3: accepted in the ledger is accepted by the server, and the other way round.
      for (const [address, state] of stateOf) {
        if (state === 'accepted') assert(said.has(address), `I3: ${address} was never accepted`);
        if (said.has(address)) assert(['accepted', 'in_doubt'].includes(state), `I3: ${state}`);
      }
      const doubts = ledger.filter(({ state }) => state === 'in_doubt').length;
      assert(doubts <= inDoubt, `I4: ${doubts} in doubt`);
      // I6: no address in a log or in the queue.
      for (const worker of workers) assert(!worker.log().includes('@readers.example'), 'I6: log');
      for (const key of await redis.keys('*')) {
        const value = (await redis.type(key)) === 'hash' ? await redis.hgetall(key) : {};
        assert(!JSON.stringify(value).includes('@readers.example'), 'I6: queue');
      }
      return doubts;
    },
  };
}
