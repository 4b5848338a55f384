import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Act, Phase } from '../harness/scripted-smtp.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

const CONNECTIONS = 5;
/** So long takes the server for each message: the wire is the limit, not the machine. */
const ANSWER_AFTER_MS = 400;
const DEADLINE_SECONDS = 4;
const LEAST_SHARE = 0.9;
const slowPeers: readonly (readonly [Phase, Act])[] = [
  ['tls', 'drip'],
  ['tls', 'hang'],
  ['greeting', 'drip'],
  ['ehlo', 'drip'],
];

/** A certificate for 127.0.0.1 that nobody but who is told trusts. */
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-tls-'));
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...name, '-keyout', keyFile, '-out', file], {
    stdio: 'ignore',
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { file, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), remove };
}

interface Watch {
  /** Each message that was answered. */
  readonly log: { connection: number; at: number }[];
  /** Messages of the connections that stay, and milliseconds: with all healthy, and beside the slow one. */
  readonly healthy: { messages: number; ms: number };
  readonly beside: { messages: number; ms: number };
  /** How long after its opening each slow connection was given up. */
  readonly heldMs: number[];
}

/** One connection ends between two messages; the one that replaces it is slow, and is given up. */
async function besideSlow(
  stage: Stage,
  watch: Watch,
  [phase, act]: readonly [Phase, Act],
): Promise<void> {
  const { server } = stage;
  const { log } = watch;
  // Those that answered lately are those that are open.
  const open = () =>
    [...new Set(log.slice(-4 * CONNECTIONS).map(({ connection }) => connection))].filter(
      (connection) => server.sessions[connection - 1]?.endedAt === undefined,
    );
  await stage.until(() => open().length === CONNECTIONS);
  const [victim = 0, ...others] = open();
  const count = (from: number, to: number) =>
    log.filter(({ connection, at }) => others.includes(connection) && at >= from && at < to).length;

  const began = performance.now();
  await pause(DEADLINE_SECONDS * 1000);
  const middle = performance.now();
  const slow = server.connections + 1;
  server.script = async (moment) => {
    if (moment.connection === victim && moment.phase === 'mail') return 'close';
    if (moment.connection === slow && moment.phase === phase) return act;
    return answerSlowly(log)(moment);
  };
  await stage.until(() => server.sessions[slow - 1]?.endedAt !== undefined, 30);
  const { openedAt = 0, endedAt = 0 } = server.sessions[slow - 1] ?? {};
  watch.heldMs.push(endedAt - openedAt);
  watch.healthy.messages += count(began, middle);
  watch.healthy.ms += middle - began;
  watch.beside.messages += count(openedAt, endedAt);
  watch.beside.ms += endedAt - openedAt;
}

function answerSlowly(log: Watch['log']) {
  return async ({ phase, connection }: { phase: Phase; connection: number }) => {
    if (phase !== 'dot') return undefined;
    await pause(ANSWER_AFTER_MS);
    log.push({ connection, at: performance.now() });
    return undefined;
  };
}

async function watchSlow(stage: Stage, log: Watch['log']): Promise<Watch> {
  const none = () => ({ messages: 0, ms: 0 });
  const watch: Watch = { log, healthy: none(), beside: none(), heldMs: [] };
  for (const peer of slowPeers) await besideSlow(stage, watch, peer);
  return watch;
}

const rateOf = ({ messages, ms }: { messages: number; ms: number }) => messages / ms;

export const slowFaults: readonly Fault[] = [
  {
    number: '14',
    name: `one of ${CONNECTIONS} connections drips or is silent in the handshake of TLS, its greeting or a reply (deadline ${DEADLINE_SECONDS} s; the server takes ${ANSWER_AFTER_MS} ms a message)`,
    async run(services) {
      const { file, key, cert, remove } = makeCertificate();
      const env = {
        NODE_EXTRA_CA_CERTS: file,
        SMTP_BEFORE_BODY_SECONDS: String(DEADLINE_SECONDS),
      };
      const scene = {
        readers: 1_500,
        connections: CONNECTIONS,
        env,
        server: { tls: { key, cert } },
      };
      try {
        return await onStage(services, scene, async (stage) => {
          const log: Watch['log'] = [];
          stage.server.script = answerSlowly(log);
          stage.start();
          // Whatever else runs on the machine only lowers a share: the best of three counts.
          let share = 0;
          const heldMs: number[] = [];
          for (let tries = 0; tries < 3 && share < LEAST_SHARE; tries += 1) {
            const watch = await watchSlow(stage, log);
            share = Math.max(share, rateOf(watch.beside) / rateOf(watch.healthy));
            heldMs.push(...watch.heldMs);
          }
          stage.server.script = () => undefined;
          await stage.settle();
          await stage.judge({ inDoubt: 0 });
          const late = heldMs.map((ms) => ms - DEADLINE_SECONDS * 1000);
          assert(
            late.every((ms) => Math.abs(ms) < 2_000),
            `given up ${late.map(Math.round)} ms after the deadline`,
          );
          assert(share >= LEAST_SHARE, `the others went on at ${(share * 100).toFixed(0)} %`);
          return `each slot free again within ${Math.max(...late.map(Math.abs)).toFixed(0)} ms of the deadline; the others went on at ${(share * 100).toFixed(0)} % of their rate before`;
        });
      } finally {
        remove();
      }
    },
  },
];
