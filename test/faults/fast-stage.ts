import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { end } from '../../bench/send/processes.ts';
import { startSmallSink } from '../../bench/send/stage.ts';
import { sql } from '../../src/store/database.ts';
import type { Services } from '../harness/services.ts';
import { onStage, type Stage } from './stage.ts';

/** Letters a second. */
const FULL_SPEED = 1_000;
/** A machine that does other things, too, may never come to full speed: the rate is told. */
const PATIENCE_MS = 15_000;
const SLOWEST_START_MS = 60_000;
const LOOK_EVERY_MS = 100;
/** Rates are those of the last half second. */
const LOOKS = 6;

type Sink = Awaited<ReturnType<typeof startSmallSink>>;

/** A stage whose letters go to a fast server, in a process of its own. */
export interface FastStage {
  readonly stage: Stage;
  readonly sink: Sink;
  /** Addresses and Message-IDs of what it took, in that order. */
  readLog(): Promise<readonly (readonly [address: string, messageId: string])[]>;
}

/** Runs `work` on a stage with so many readers and connections, and takes all down after. */
export async function onFastStage<Result>(
  services: Services,
  scene: { readonly readers: number; readonly connections: number },
  work: (fast: FastStage) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-sink-'));
  const log = join(folder, 'log');
  const sink = await startSmallSink({ isMoody: false, log });
  const env = { SMTP_URL: `smtp://127.0.0.1:${sink.port}` };
  const readLog = async () => {
    // Asked, it writes down what it has not yet.
    await sink.count();
    const lines = readFileSync(log, 'latin1').trim().split('\n');
    return lines.map((line) => {
      const [, address = '', messageId = ''] = line.split(' ');
      return [address, messageId] as const;
    });
  };
  try {
    return await onStage(services, { ...scene, env }, (stage) => work({ stage, sink, readLog }));
  } finally {
    await end(sink.child);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits for full speed, and some time more; the letters a second then. */
export function reachFullSpeed({ sink }: FastStage, moreMs = 0): Promise<number> {
  let patientUntil = performance.now() + SLOWEST_START_MS;
  let isOn = false;
  let over: number | undefined;
  return watchRate(sink, (rate) => {
    const now = performance.now();
    // Until its first letter a process only starts.
    if (rate > 0 && !isOn) patientUntil = now + PATIENCE_MS;
    isOn ||= rate > 0;
    if (rate >= FULL_SPEED || now > patientUntil) over ??= now + moreMs;
    return over !== undefined && now >= over;
  });
}

async function watchRate(sink: Sink, isEnough: (rate: number) => boolean): Promise<number> {
  const looks: { at: number; accepted: number }[] = [];
  for (;;) {
    const { accepted } = await sink.count();
    const last = { at: performance.now(), accepted };
    looks.push(last);
    if (looks.length > LOOKS) looks.shift();
    const [first = last] = looks;
    const rate = ((last.accepted - first.accepted) * 1_000) / (last.at - first.at);
    if (looks.length === LOOKS && isEnough(rate)) return rate;
    await pause(LOOK_EVERY_MS);
  }
}

/** Asserts I1 to I3 by address and by Message-ID, that nobody is lost, and I6; who got a letter. */
export async function judgeLetters(
  { stage, readLog }: FastStage,
  inDoubt: number,
): Promise<ReadonlySet<string>> {
  const log = await readLog();
  const sent = log.map(([address]) => address);
  await stage.judge({ inDoubt, sent });
  const ledger = await stage.database.rows<{ address: string; messageId: string }>(
    sql`select address, message_id as "messageId" from public.delivery where kind = 'digest'`,
  );
  const meant = new Map(ledger.map(({ address, messageId }) => [messageId, address]));
  const ids = new Map(log.map(([address, messageId]) => [messageId, address]));
  assert.equal(ids.size, log.length, 'I2: a Message-ID twice');
  for (const [messageId, address] of ids) assert.equal(meant.get(messageId), address, 'I3');
  assert.equal(await stage.count('failed'), 0, 'lost');
  return new Set(sent);
}

/**
 * Asserts I4 of what these processes left: each doubt is of a transaction that was open, or of one
 * that was answered and not recorded, whose connection another message may have taken. How many.
 */
export async function judgeDoubts(
  { stage }: FastStage,
  of: {
    readonly pids: readonly number[];
    readonly connections: number;
    readonly open: ReadonlySet<string>;
    readonly taken: ReadonlySet<string>;
  },
): Promise<number> {
  const { pids, connections, open, taken } = of;
  const doubted = await stage.database.rows<{ address: string }>(sql`select d.address
    from public.delivery d join public.sender n on n.id = d.sender_id
    where d.state = 'in_doubt' and n.pid = any(${pids}::int[])`);
  assert(doubted.length <= connections, `I4: ${doubted.length} in doubt`);
  const strange = doubted.filter(({ address }) => !open.has(address) && !taken.has(address));
  assert.equal(strange.length, 0, `I4: ${strange.length} in doubt that were not open`);
  return doubted.length;
}
