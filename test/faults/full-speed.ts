import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '../harness/services.ts';
import {
  type FastStage,
  judgeDoubts,
  judgeLetters,
  onFastStage,
  reachFullSpeed,
} from './fast-stage.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { middle, randomOf } from './kills.ts';
import { whileFrozen } from './postgres.ts';

const CONNECTIONS = 60;

const FIRST_SEED = 20_261_201;
const KILLS = form.seeds ?? (form.isLong ? 200 : 20);
const KILLED_WITHIN_MS = 1_000;
const READERS = 30_000;
/** Where fewer wait, another round begins: a process needs some to come to full speed. */
const LEAST_WAITING = 5_000;

const FROZEN_READERS = 15_000;
const FROZEN_SECONDS = 12;
const LAST_BODIES_MS = 1_000;

/** What one kill found. */
interface Killed {
  readonly pid: number;
  readonly rate: number;
  /** The last reader that each of its connections named. */
  readonly open: ReadonlySet<string>;
}

/** Kills a process that has come to full speed; undefined where the letters were too few for that. */
async function killAtFullSpeed(fast: FastStage, seed: number): Promise<Killed | undefined> {
  const { stage, sink } = fast;
  const random = randomOf(seed);
  const worker = stage.start();
  const rate = await reachFullSpeed(fast, random() * KILLED_WITHIN_MS);
  await pause(random() * 100);
  if (rate === 0) return undefined;
  const before = (await sink.count()).cut.length;
  await worker.kill();
  await stage.until(async () => (await sink.count()).open === 0);
  const { cut, accepted } = await sink.count();
  process.stderr.write(`  seed ${seed}: killed after ${accepted} at ${rate.toFixed(0)}/s\n`);
  return { pid: worker.pid, rate, open: new Set(cut.slice(before)) };
}

/** One round, killed as often as it has letters for, at an instant of each seed. */
function killThrough(services: Services, seeds: readonly number[]) {
  const scene = { readers: READERS, connections: CONNECTIONS };
  return onFastStage(services, scene, async (fast) => {
    const { stage, sink } = fast;
    const killed: Killed[] = [];
    for (const seed of seeds) {
      const { accepted } = await sink.count();
      const next =
        READERS - accepted < LEAST_WAITING ? undefined : await killAtFullSpeed(fast, seed);
      if (!next) break;
      killed.push(next);
    }
    stage.start();
    await stage.settle(600);
    const taken = await judgeLetters(fast, killed.length * CONNECTIONS);
    const doubts: number[] = [];
    for (const { pid, open } of killed) {
      const of = { pids: [pid], connections: CONNECTIONS, open, taken };
      doubts.push(await judgeDoubts(fast, of));
    }
    const all = doubts.reduce((sum, each) => sum + each, 0);
    assert.equal(await stage.count('in_doubt'), all, 'each doubt is of a process that was killed');
    return { killed, doubts, letters: taken.size };
  });
}

async function killAll(services: Services): Promise<string> {
  const seeds = Array.from({ length: KILLS }, (_, at) => FIRST_SEED + form.from + at);
  const rates: number[] = [];
  const doubts: number[] = [];
  let letters = 0;
  while (doubts.length < KILLS) {
    const round = await killThrough(services, seeds.slice(doubts.length));
    rates.push(...round.killed.map(({ rate }) => Math.round(rate)));
    doubts.push(...round.doubts);
    letters += round.letters;
    process.stderr.write(`  ${doubts.length} kills, in doubt: ${round.doubts.join(' ')}\n`);
  }
  return `${letters} letters, killed at a median of ${middle(rates)} a second (${Math.min(...rates)} to ${Math.max(...rates)}): 0 lost, 0 twice; in doubt by a kill: median ${middle(doubts)}, most ${Math.max(...doubts)}`;
}

/** Milliseconds until it went on after PostgreSQL slept. */
async function sleepThrough(services: Services, { stage, sink }: FastStage): Promise<number> {
  await whileFrozen(services, async () => {
    await pause(LAST_BODIES_MS);
    const { begun } = await sink.count();
    await pause(FROZEN_SECONDS * 1_000 - LAST_BODIES_MS);
    const late = (await sink.count()).begun - begun;
    assert.equal(late, 0, `${late} bodies began while nothing could be marked`);
  });
  const awake = performance.now();
  const { accepted } = await sink.count();
  await stage.until(async () => (await sink.count()).accepted > accepted, 60);
  return performance.now() - awake;
}

function freezeAtFullSpeed(services: Services): Promise<string> {
  const scene = { readers: FROZEN_READERS, connections: CONNECTIONS / 2 };
  return onFastStage(services, scene, async (fast) => {
    const { stage, sink } = fast;
    const senders = [stage.start(), stage.start()];
    const before = await reachFullSpeed(fast);
    const cutBefore = (await sink.count()).cut.length;
    const resumedMs = await sleepThrough(services, fast);
    const after = await reachFullSpeed(fast);
    await stage.settle(300);
    for (const { log } of senders) assert(log().includes('lease was not kept'), 'a lease was kept');
    const taken = await judgeLetters(fast, CONNECTIONS);
    const open = new Set((await sink.count()).cut.slice(cutBefore));
    const pids = senders.map(({ pid }) => pid);
    const doubts = await judgeDoubts(fast, { pids, connections: CONNECTIONS, open, taken });
    return `${taken.size} letters by 2 processes, ${before.toFixed(0)} a second before and ${after.toFixed(0)} after; no body began meanwhile, both lost their lease; again after ${(resumedMs / 1_000).toFixed(1)} s; 0 lost, 0 twice, ${doubts} in doubt`;
  });
}

export const fullSpeedFaults: readonly Fault[] = [
  {
    number: '1b',
    isAlone: true,
    name: `kill -9 at ${KILLS} random instants at full speed, over ${CONNECTIONS} connections`,
    run: killAll,
  },
  {
    number: '7b',
    isAlone: true,
    breaksServices: true,
    name: `PostgreSQL frozen for ${FROZEN_SECONDS} s at full speed (the lease is 10 s), over ${CONNECTIONS} connections`,
    run: freezeAtFullSpeed,
  },
];
