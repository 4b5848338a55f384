import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildToken, type KeyRing, parseToken, rights } from '../../src/core/reader/keys.ts';
import { createApp } from '../../src/http/app.ts';
import { sql } from '../../src/store/database.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { onStage } from './stage.ts';

const CONNECTIONS = 5;
const READERS = 300;
const LEAVING = 60;
const scale = form.isLong ? { scans: 10_000, tokens: 1_000_000 } : { scans: 600, tokens: 100_000 };

type Way = (app: FastifyInstance, path: string) => Promise<number>;

const post =
  (type: string, payload: string): Way =>
  async (app, path) =>
    (await app.inject({ method: 'POST', url: path, headers: { 'content-type': type }, payload }))
      .statusCode;

/**
 * Every way to leave that this suite tries, in turn; each gives the status of its answer. The
 * ways that arrive by mail (mailto, complaints) are rows of this table, too, once there are any.
 */
const ways: readonly Way[] = [
  post('application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'),
  post(
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  ),
  // The button of the page.
  post('application/x-www-form-urlencoded', ''),
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
    name: 'leaving by form, multipart and page while it is sent; scanners; forged tokens',
    run: (services) =>
      onStage(services, { readers: READERS, connections: CONNECTIONS }, async (stage) => {
        const { outside } = stage.context;
        stage.server.script = async ({ phase }) => {
          if (phase === 'dot') await pause(50);
          return undefined;
        };
        const rows = await stage.database.rows<{ id: number; address: string }>(sql`
          select s.id, r.address from public.subscription s
          join public.subscriber r on r.id = s.subscriber_id order by s.id desc`);
        const tokenOf = (id: number) => buildToken(outside.keys, 'unsubscribe', id);
        const app = await createApp(stage.context);
        const begun = () => stage.server.transactions.filter(({ body }) => body);
        stage.start();
        await stage.until(() => stage.server.accepted().length >= 20);
        const leftAt = new Map<string, number>();
        for (const [at, { id, address }] of rows.slice(0, LEAVING).entries()) {
          const leave = ways[at % ways.length] as Way;
          const path = `/unsubscribe/${tokenOf(id)}`;
          assert.equal(await leave(app, path), 200);
          leftAt.set(address, begun().length);
          if (at < ways.length) assert.equal(await leave(app, path), 200, 'the second time, too');
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
