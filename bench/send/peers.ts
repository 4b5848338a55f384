import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { raw } from '../../src/store/database.ts';
import { costOf, cpuMsOf, read } from './meter.ts';
import { pidsOf } from './paperround.ts';
import type { SampleLetter } from './prepare.ts';
import { collect, end, nextMessage, startOwn } from './processes.ts';
import type { Result } from './result.ts';
import { dropDatabase, type Sink, type Stage } from './stage.ts';

const WIRE_SESSIONS = 10;
/** More do not help: it is the sender's processor that is busy. */
const PEER_CONNECTIONS = 20;
const DATABASE = 'peer';

/** What a peer is told: where to send, what, and how often. */
export interface PeerOrder {
  readonly smtpPort: number;
  readonly connections: number;
  readonly count: number;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** JSON with `html` and `text`. */
  readonly letterFile: string;
}

/** What a peer says: when its clock began, and how long it took. */
export type PeerWord = 'begun' | { readonly seconds: number };

/** The wire: one ready message over ten sessions that stay open, again and again. */
export function createWire(stage: Stage, { message }: SampleLetter) {
  const file = join(stage.folder, 'wire');
  // It ends each line with CR LF by itself.
  writeFileSync(file, message.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return async (sink: Sink, count: number): Promise<Result> => {
    const call = `smtp-source -s ${WIRE_SESSIONS} -d -m ${count} -F ${file} 127.0.0.1:${sink.port}`;
    const sinkBefore = cpuMsOf(sink.pid);
    const begun = performance.now();
    const told = await collect('sh', ['-c', `${call} && times`]);
    const seconds = (performance.now() - begun) / 1000;
    const cpuUs = {
      sender: (secondsOfChildren(told) * 1e6) / count,
      sink: ((cpuMsOf(sink.pid) - sinkBefore) * 1000) / count,
    };
    return { phases: { sending: { count, rate: count / seconds, cpuUs } } };
  };
}

/** The second line of a shell's `times` is of its children: `0m0.020s 0m0.310s`. */
function secondsOfChildren(times: string): number {
  const [, line = ''] = times.trim().split('\n');
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

/** Programs as others would write them, each in a process of its own: `pool` and `queue`. */
export function createPeer(stage: Stage, { html, text }: SampleLetter, name: 'pool' | 'queue') {
  const letterFile = join(stage.folder, 'letter.json');
  writeFileSync(letterFile, JSON.stringify({ html, text }));
  return async (sink: Sink, count: number): Promise<Result> => {
    await stage.redis.flushall();
    await stage.admin.rows(raw(`create database ${DATABASE}`));
    const order: PeerOrder = {
      smtpPort: sink.port,
      connections: PEER_CONNECTIONS,
      count,
      databaseUrl: stage.urlOf(DATABASE),
      redisUrl: stage.services.redisUrl,
      letterFile,
    };
    const child = startOwn(name, order);
    const pids = { ...pidsOf(stage, sink), sender: child.pid ?? 0 };
    const take = () => read(pids, stage.admin, stage.hasStatements);
    try {
      await nextMessage<PeerWord>(child);
      const before = await take();
      const word = await nextMessage<PeerWord>(child);
      const cost = costOf(before, await take(), count);
      const rate = word === 'begun' ? 0 : count / word.seconds;
      return { phases: { sending: { count, rate, ...cost } } };
    } finally {
      await end(child);
      await dropDatabase(stage, DATABASE);
    }
  };
}
