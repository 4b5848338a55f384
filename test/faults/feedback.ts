import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { buildReference } from '../../src/core/reader/references.ts';
import { sql } from '../../src/store/database.ts';
import { reportOf } from '../harness/report.ts';
import { freePort, type Services } from '../harness/services.ts';
import { startProcess, type WorkerProcess } from '../harness/worker-process.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

const DOMAIN = 'in.example';
const READERS = 60;
const TIMES = 10;
const KILLS = 5;
const secret = `whsec_${randomBytes(32).toString('base64')}`;

/** The deliveries of a round that was sent, each with its signed id. */
async function sendRound(stage: Stage): Promise<string[]> {
  stage.start();
  await stage.settle();
  const rows = await stage.database.rows<{ id: number }>(
    sql`select id from public.delivery where state = 'accepted' order by id`,
  );
  const { keys } = stage.context.outside;
  return rows.map(({ id }) => buildReference(keys, { purpose: 'bounce', id }));
}

async function startServer(stage: Stage, more: Record<string, string>) {
  const port = await freePort();
  const process = startProcess(['server'], { ...stage.env, ...more, PORT: String(port) });
  return { ...process, url: `http://127.0.0.1:${port}` };
}

/** What the ledger has of it, once everything was read. */
async function countAll(stage: Stage) {
  await stage.until(
    async () => (await stage.context.outside.store.inbound.listWaiting(1)).length === 0,
  );
  const [row] = await stage.database.rows<{
    inbound: number;
    feedback: number;
    suppressed: number;
    ended: number;
  }>(sql`select (select count(*)::int from public.inbound) as inbound,
    (select count(*)::int from public.feedback) as feedback,
    (select count(*)::int from public.suppression) as suppressed,
    (select count(*)::int from public.subscription where state = 'ended') as ended`);
  return row;
}

function judgeSilence(stage: Stage, servers: readonly WorkerProcess[], sent: number) {
  assert.equal(stage.server.accepted().length, sent, 'something went out');
  for (const server of servers) assert(!server.log().includes('@readers.example'), 'I6: log');
}

async function killOnSpool(stage: Stage): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-spool-'));
  const servers: WorkerProcess[] = [];
  try {
    const references = await sendRound(stage);
    const sent = stage.server.accepted().length;
    const start = async () => {
      const server = await startServer(stage, { INBOUND_DOMAIN: DOMAIN, INBOUND_SPOOL: folder });
      servers.push(server);
      return server;
    };
    for (const part of ['tmp', 'new', 'cur']) await mkdir(join(folder, part), { recursive: true });
    const running = [await start(), await start()];
    for (let kill = 0; kill < KILLS; kill += 1) {
      await deliverAll(folder, references, kill);
      await pause(1_500 + Math.random() * 1_500);
      await running[kill % 2]?.kill();
      running[kill % 2] = await start();
    }
    await stage.until(async () => (await readdir(join(folder, 'new'))).length === 0);
    const counts = await countAll(stage);
    const hard = READERS / 2;
    assert.deepEqual(counts, {
      inbound: READERS * TIMES,
      feedback: hard,
      suppressed: hard,
      ended: 0,
    });
    judgeSilence(stage, servers, sent);
    return `${counts?.inbound} files taken once each, ${hard} bounces counted once, ${hard} suppressed; nothing sent`;
  } finally {
    for (const server of servers) await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A share of the files, as a mail server delivers them: half of the readers are gone, half are slow. */
async function deliverAll(folder: string, references: readonly string[], share: number) {
  for (const [at, reference] of references.entries()) {
    for (let copy = 0; copy < TIMES / KILLS; copy += 1) {
      const report = reportOf('5.1.1');
      const text = at % 2 === 0 ? report : report.replace('Action: failed', 'Action: delayed');
      const name = `1772521202.M${share}P${at}Q${copy}.host`;
      const head = `Return-Path: <>\r\nDelivered-To: ${reference}@${DOMAIN}\r\n`;
      await writeFile(join(folder, 'tmp', name), head + text);
      await rename(join(folder, 'tmp', name), join(folder, 'new', name));
    }
  }
}

async function playOnHook(stage: Stage): Promise<string> {
  const references = await sendRound(stage);
  const sent = stage.server.accepted().length;
  const server = await startServer(stage, { WEBHOOK_SECRETS: secret });
  try {
    const url = `${server.url}/hooks/feedback`;
    await stage.until(() =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    );
    const post = async (
      event: object,
      { id, with: key = secret, at = new Date() }: { id: string; with?: string; at?: Date },
    ) => {
      const body = JSON.stringify(event);
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(key).sign(id, at, body),
      };
      return (await fetch(url, { method: 'POST', body, headers })).status;
    };
    const statuses: number[] = [];
    for (const [at, reference] of references.entries()) {
      const event = { type: 'complaint', reference };
      const old = new Date(Date.now() - 10 * 60_000);
      const strange = `whsec_${randomBytes(32).toString('base64')}`;
      if (at % 3 === 0) statuses.push(await post(event, { id: `f${at}`, with: strange }));
      else if (at % 3 === 1) statuses.push(await post(event, { id: `o${at}`, at: old }));
      else {
        // The bounce of a message comes after the complaint about it, and each ten times.
        for (let times = 0; times < TIMES; times += 1) {
          statuses.push(await post(event, { id: `c${at}` }));
          statuses.push(
            await post({ type: 'bounce', reference, enhancedCode: '4.2.2' }, { id: `b${at}` }),
          );
        }
      }
    }
    const good = READERS / 3;
    const refused = statuses.filter((status) => status === 401).length;
    assert.equal(refused, 2 * good);
    assert.equal(statuses.filter((status) => status === 200).length, good * TIMES * 2);
    const counts = await countAll(stage);
    assert.deepEqual(counts, {
      inbound: 2 * good,
      feedback: 2 * good,
      suppressed: good,
      ended: good,
    });
    judgeSilence(stage, [server], sent);
    return `${refused} forged or old refused, ${good} complaints and ${good} bounces counted once each; nothing sent`;
  } finally {
    await server.kill();
  }
}

const onReaders = (work: (stage: Stage) => Promise<string>) => (services: Services) =>
  onStage(services, { readers: READERS }, work);

export const feedbackFaults: readonly Fault[] = [
  {
    number: '27',
    name: `two servers on one Maildir, one of them killed ${KILLS} times, ${READERS * TIMES} reports`,
    run: onReaders(killOnSpool),
  },
  {
    number: '28',
    name: `webhook: forged, old, out of order, each ${TIMES} times`,
    run: onReaders(playOnHook),
  },
];
