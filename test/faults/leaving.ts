import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildToken, type KeyRing, parseToken, rights } from '../../src/core/reader/keys.ts';
import { buildReference } from '../../src/core/reader/references.ts';
import { createApp } from '../../src/http/app.ts';
import { takeArrival } from '../../src/steps/feedback/take.ts';
import type { Outside } from '../../src/steps/steps.ts';
import { sql } from '../../src/store/database.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { onStage } from './stage.ts';

const INBOUND_DOMAIN = 'in.example';
const CONNECTIONS = 5;
const READERS = 300;
const LEAVING = 60;
const scene = { readers: READERS, connections: CONNECTIONS, env: { INBOUND_DOMAIN } };
const scale = form.isLong ? { scans: 10_000, tokens: 1_000_000 } : { scans: 600, tokens: 100_000 };

/** One reader on the way out, and what they leave by. */
interface Leaver {
  readonly app: FastifyInstance;
  readonly outside: Outside;
  readonly subscription: number;
  readonly delivery: number;
}

/** Resolves when they have left. */
type Way = (leaver: Leaver) => Promise<void>;

const pathOf = ({ outside, subscription }: Leaver) =>
  `/unsubscribe/${buildToken(outside.keys, 'unsubscribe', subscription)}`;

const post =
  (type: string, payload: string): Way =>
  async (leaver) => {
    const headers = { 'content-type': type };
    const url = pathOf(leaver);
    const { statusCode } = await leaver.app.inject({ method: 'POST', url, headers, payload });
    assert.equal(statusCode, 200);
  };

/** By a mail that comes in; the workers read it. */
const write =
  (compose: (leaver: Leaver) => { to: string; text: string }): Way =>
  async (leaver) => {
    const { store } = leaver.outside;
    const { to, text } = compose(leaver);
    await takeArrival(leaver.outside, {
      source: 'smtp',
      key: randomUUID(),
      mailFrom: 'somebody@elsewhere.example',
      rcptTo: [`${to}@${INBOUND_DOMAIN}`],
      raw: Buffer.from(text.replaceAll('\n', '\r\n')),
    });
    while ((await store.inbound.listWaiting(1)).length > 0) await pause(20);
  };

/** Every way to leave, in turn. */
const ways: readonly Way[] = [
  post('application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'),
  post(
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  ),
  // The button of the page.
  post('application/x-www-form-urlencoded', ''),
  // The mailto of List-Unsubscribe.
  write(({ outside, subscription: id }) => ({
    to: buildReference(outside.keys, { purpose: 'leave', id }),
    text: 'From: somebody@elsewhere.example\nSubject: unsubscribe\n\n',
  })),
  // A complaint by a provider's feedback loop.
  write(({ outside, delivery: id }) => ({
    to: 'fbl',
    text: `From: fbl@elsewhere.example
Subject: FW: papers
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Loop/1.0
Version: 1

--b
Content-Type: text/rfc822-headers

X-Entity-Ref-ID: ${buildReference(outside.keys, { purpose: 'bounce', id })}
Subject: papers

--b--
`,
  })),
];

/** What a scanner of links does with every link that it sees; none of it may change anything. */
async function scan(app: FastifyInstance, paths: readonly string[]): Promise<void> {
  const methods = ['GET', 'HEAD', 'OPTIONS'] as const;
  for (let at = 0; at < scale.scans; at += 1) {
    const method = methods[at % methods.length] ?? 'GET';
    await app.inject({ method, url: paths[at % paths.length] ?? '' });
  }
}

/** Tokens that nobody signed, made like ours, altered from ours, or of noise; how many were taken. */
function countForged(keys: KeyRing, genuine: readonly string[]): number {
  let taken = 0;
  for (let at = 0; at < scale.tokens; at += 1) {
    const [id = '', row = '', mac = ''] = (genuine[at % genuine.length] ?? '').split('.');
    const noise = randomBytes(16).toString('base64url');
    const forged = [
      `${id}.${row}.${noise}`,
      `${id}.${(Number.parseInt(row, 36) + 1 + at).toString(36)}.${mac}`,
      `${id}.${row}.${mac.slice(0, -4)}${noise.slice(0, 4)}`,
      `2.${row}.${mac}`,
    ][at % 4];
    if (forged && parseToken(keys, 'unsubscribe', forged) !== undefined) taken += 1;
  }
  // One right's token is no other's.
  for (const right of rights.filter((each) => each !== 'unsubscribe')) {
    if (parseToken(keys, 'unsubscribe', buildToken(keys, right, 1)) !== undefined) taken += 1;
  }
  return taken;
}

export const leavingFaults: readonly Fault[] = [
  {
    number: '24',
    name: 'leaving by form, multipart, page, mailto and complaint while it is sent; scanners; forged tokens',
    run: (services) =>
      onStage(services, scene, async (stage) => {
        const { outside } = stage.context;
        stage.server.script = async ({ phase }) => {
          if (phase === 'dot') await pause(50);
          return undefined;
        };
        const rows = await stage.database.rows<{
          id: number;
          address: string;
          delivery: number;
        }>(sql`
          select s.id, r.address, d.id as delivery from public.subscription s
          join public.subscriber r on r.id = s.subscriber_id
          join public.delivery d on d.subscriber_id = r.id order by s.id desc`);
        const tokenOf = (id: number) => buildToken(outside.keys, 'unsubscribe', id);
        const app = await createApp(stage.context);
        const begun = () => stage.server.transactions.filter(({ body }) => body);
        stage.start();
        await stage.until(() => stage.server.accepted().length >= 20);
        const leftAt = new Map<string, number>();
        for (const [at, { id, address, delivery }] of rows.slice(0, LEAVING).entries()) {
          const leave = ways[at % ways.length] as Way;
          const leaver = { app, outside, subscription: id, delivery };
          await leave(leaver);
          leftAt.set(address, begun().length);
          // The second time, too.
          if (at < ways.length) await leave(leaver);
        }
        const staying = rows.slice(LEAVING).map(({ id }) => tokenOf(id));
        await scan(
          app,
          staying.map((token) => `/unsubscribe/${token}`),
        );
        for (let forged = 0; forged < 200; forged += 1) {
          const url = `/unsubscribe/1.${forged.toString(36)}.${'A'.repeat(21)}Q`;
          assert.equal((await app.inject({ method: 'POST', url })).statusCode, 404);
        }
        assert.equal(countForged(outside.keys, staying), 0, 'a forged token was taken');
        await app.close();
        await stage.settle();
        await stage.judge({ inDoubt: 0 });
        const late = begun().filter(
          ({ to }, at) => at >= (leftAt.get(to) ?? Number.POSITIVE_INFINITY) + CONNECTIONS,
        );
        assert.deepEqual(late, [], 'I5');
        const stayed = await stage.database.rows(
          sql`select 1 from public.subscription where state = 'active'`,
        );
        assert.equal(stayed.length, READERS - LEAVING);
        return `${LEAVING} left, nothing began after; ${scale.scans} scanner requests and ${scale.tokens} forged tokens changed nothing`;
      }),
  },
];
