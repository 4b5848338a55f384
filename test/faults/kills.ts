import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from '../../src/store/database.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { onStage, type Stage } from './stage.ts';

const CONNECTIONS = 20;
const RESUMED_WITHIN_MS = 15_000;
const FIRST_SEED = 20_260_401;
/** In one round, a process is killed so often, and each time another takes over. */
const scale = form.isLong
  ? { kills: 200, readers: 10_000, killsARound: 20 }
  : { kills: 6, readers: 300, killsARound: 3 };
const kills = form.seeds ?? scale.kills;
const seeds = Array.from({ length: kills }, (_, at) => FIRST_SEED + form.from + at);

/** A small generator (mulberry32), so that a seed gives the same instant again. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Seen {
  /** In doubt by each kill. */
  readonly doubts: number[];
  /** From each start of a process to its first message. */
  readonly resumed: number[];
}

/** One round in the midst of which a process is killed again and again, at an instant of each seed. */
function killThrough(services: Parameters<Fault['run']>[0], seedsOfRound: readonly number[]) {
  const scene = { readers: scale.readers, connections: CONNECTIONS };
  return onStage<Seen>(services, scene, async (stage) => {
    const { server, readers } = stage;
    const seen: Seen = { doubts: [], resumed: [] };
    const killed: number[] = [];
    let worker = stage.start();
    await stage.until(() => server.accepted().length > 0, 300);
    for (const [at, seed] of seedsOfRound.entries()) {
      const random = randomOf(seed);
      const before = server.accepted().length;
      const left = readers.length - server.transactions.length;
      const share = (2 * left) / (seedsOfRound.length - at);
      const goal = before + Math.floor(random() * Math.min(share, left - CONNECTIONS));
      await stage.until(() => server.accepted().length >= goal, 600);
      await pause(random() * 20);
      await worker.kill();
      killed.push(worker.pid);
      const began = Date.now();
      const [done, begun] = [server.accepted().length, server.transactions.length];
      worker = stage.start();
      // What the dead process left may all be its own, to be waited for until its lease is over.
      const isOver = begun >= readers.length;
      const isOn = () => isOver || server.accepted().length > done;
      // How long a process takes to start is the machine's; how long it then waits is ours.
      await stage.until(() => isOn() || worker.log().includes('the workers run'), 120);
      const started = Date.now();
      await stage.until(isOn, 60);
      const took = Date.now() - began;
      if (!isOver) seen.resumed.push(took);
      const waited = Date.now() - started;
      assert(waited < RESUMED_WITHIN_MS, `seed ${seed}: went on ${waited} ms after its start`);
      process.stderr.write(
        `  seed ${seed}: killed after ${done} of ${readers.length}, on after ${took} ms\n`,
      );
    }
    await stage.settle(600);
    const all = await stage.judge({ inDoubt: killed.length * CONNECTIONS });
    for (const pid of killed) seen.doubts.push(await countDoubts(stage, pid));
    assert.equal(
      seen.doubts.reduce((sum, each) => sum + each, 0),
      all,
      'each doubt is of a process that was killed',
    );
    assert(Math.max(...seen.doubts) <= CONNECTIONS, `I4: ${seen.doubts} in doubt`);
    assert.equal((await stage.count('accepted')) + all, readers.length);
    return seen;
  });
}

/** How many deliveries are in doubt that this process held. */
async function countDoubts(stage: Stage, pid: number): Promise<number> {
  const rows = await stage.database.rows(sql`select d.id from public.delivery d
    join public.sender n on n.id = d.sender_id where d.state = 'in_doubt' and n.pid = ${pid}`);
  return rows.length;
}

/** The median. */
export const middle = (of: readonly number[]) => [...of].sort((a, b) => a - b)[of.length >> 1] ?? 0;

export const killFaults: readonly Fault[] = [
  {
    number: '1',
    name: `kill -9 at ${kills} random instants, ${scale.killsARound} in a round of ${scale.readers} recipients over ${CONNECTIONS} connections`,
    async run(services) {
      const seen: Seen = { doubts: [], resumed: [] };
      for (let at = 0; at < seeds.length; at += scale.killsARound) {
        const round = await killThrough(services, seeds.slice(at, at + scale.killsARound));
        seen.doubts.push(...round.doubts);
        seen.resumed.push(...round.resumed);
        process.stderr.write(
          `  ${seen.doubts.length} kills, in doubt: ${round.doubts.join(' ')}\n`,
        );
      }
      const most = Math.max(...seen.doubts);
      const latest = (Math.max(...seen.resumed) / 1000).toFixed(1);
      return `0 lost, 0 twice; in doubt by a kill: median ${middle(seen.doubts)}, most ${most}; on again ${(middle(seen.resumed) / 1000).toFixed(1)} s after the restart, at most ${latest} s`;
    },
  },
];
