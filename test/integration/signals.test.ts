import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../../src/http/app.ts';
import { createMetrics } from '../../src/http/signals/metrics.ts';
import { openHealthPort } from '../../src/http/signals/signals.ts';
import type { Context } from '../../src/process/context.ts';
import { raw } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { readAlertRules, readExpression } from '../harness/alerts.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { compose, cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { freePort, type Services, startServices } from '../harness/services.ts';
import { waitFor } from '../harness/wait.ts';

const readers = ['ada@reader.example', 'grace@reader.example'];
const token = 'scrape-me-0123456789abcdef';

describe.each(backends)('the signals of a process (%s)', (backend) => {
  let place: Place;
  let context: Context;
  const clock = createClock('2026-03-03T12:00:00Z');
  let app: FastifyInstance;
  let health: Awaited<ReturnType<typeof openHealthPort>>;

  beforeAll(async () => {
    place = await createPlace(backend);
    context = await openContext(place, clock, {
      METRICS_TOKEN: token,
      HEALTH_PORT: String(await freePort()),
      REQUESTS_PER_MINUTE: '5',
    });
    const { outside } = context;
    for (const name of readers) await subscribe(outside, name);
    await cutWith(outside, makePapers('a', 6));
    clock.set('2026-03-04T07:00:00Z');
    await compose(outside);
    app = await createApp(context);
    health = await openHealthPort(context.outside, app);
    await app.ready();
  });
  afterAll(async () => {
    await health?.close();
    await app.close();
    await context.close();
    await place.remove();
  });

  const ask = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  it('is alive, and says so as often as it is asked', async () => {
    for (let times = 0; times < 12; times += 1) {
      const answer = await ask('/healthz');
      expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'alive' }]);
    }
  });

  it('is ready, and tells that no worker runs without being unready for it', async () => {
    const answer = await ask('/readyz');
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      { status: 'ready', reasons: [], workers: 0, notes: [expect.stringContaining('no worker')] },
    ]);
  });

  it('shows metrics on the pages’ port only to who has the token', async () => {
    expect((await ask('/metrics')).statusCode).toBe(401);
    expect((await ask('/metrics', { authorization: 'Bearer wrong' })).statusCode).toBe(401);
    const answer = await ask('/metrics', { authorization: `Bearer ${token}` });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(answer.body).toMatch(/^paperround_up 1$/m);
    expect(answer.body).toMatch(/^paperround_queue_jobs\{kind="send",state="waiting"\} 0$/m);
    expect(answer.body).toMatch(/^paperround_deliveries_open\{state="ready"\} 2$/m);
    expect(answer.body).toMatch(/^paperround_round_candidates 2$/m);
    expect(answer.body).toMatch(/^paperround_edition_age_seconds 68400$/m);
    expect(answer.body).not.toMatch(/@|reader\.example|whsec_/);
    expect(answer.body).not.toContain(token);
  });

  it('says whose port is taken', async () => {
    await expect(openHealthPort(context.outside)).rejects.toThrow(
      /^HEALTH_PORT: port \d+ is taken/,
    );
  });

  it('shows every metric that an alert names', async () => {
    const { body } = await ask('/metrics', { authorization: `Bearer ${token}` });
    const shown = [...body.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name);
    const named = readAlertRules().flatMap(({ expr }) => readExpression(expr).metrics);
    expect(named.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('asks the database once for many scrapes', async () => {
    const { outside } = context;
    let readings = 0;
    const countJobs = () => {
      readings += 1;
      return outside.queue.countJobs();
    };
    const metrics = createMetrics({ ...outside, queue: { ...outside.queue, countJobs } });
    await Promise.all(Array.from({ length: 20 }, () => metrics.show()));
    expect(await metrics.show()).toMatch(/^paperround_up 1$/m);
    expect(readings).toBe(1);
  });

  it('answers all three on the port for probes, where metrics need no token', async () => {
    const at = `http://127.0.0.1:${health?.port}`;
    await ask('/about/nothing');
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect([path, (await fetch(at + path)).status]).toEqual([path, 200]);
    }
    const text = await (await fetch(`${at}/metrics`)).text();
    expect(text).toMatch(
      /paperround_http_requests_total\{method="GET",route="unknown",status="404"\} 1/,
    );
    expect(text).not.toContain('route="/healthz"');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });
});

// Only servers of their own can be frozen: the embedded parts are in this process.
const own = process.env['TEST_DATABASE_URL'] ? it : it.skip;

describe('a process whose database or queue stands still', () => {
  let services: Services;
  let place: Place;
  let context: Context;
  let app: FastifyInstance;

  const open = async () => {
    services = (await startServices()) as Services;
    const database = openPostgres(services.databaseUrl, () => {});
    await migrate(database);
    await database.close();
    place = await createPlace('sandbox');
    const env = {
      DATABASE_URL: services.databaseUrl,
      REDIS_URL: services.redisUrl,
      SECRET_KEYS: `1:${'ab'.repeat(32)}`,
      SMTP_URL: 'smtp://127.0.0.1:1',
      METRICS_TOKEN: token,
    };
    context = await openContext(place, createClock('2026-03-03T12:00:00Z'), env);
    app = await createApp(context);
  };
  const ready = async () => {
    const began = performance.now();
    const answer = await app.inject({ url: '/readyz' });
    return { status: answer.statusCode, ms: performance.now() - began, ...answer.json() };
  };

  own(
    'says so within two seconds, and that it is ready when it goes on',
    async () => {
      await open();
      expect(await ready()).toMatchObject({ status: 'ready' });
      for (const [name, program] of Object.entries({
        database: services.postgres,
        queue: services.redis,
      })) {
        const stopped = name === 'database' ? await backendsOf(program.pid) : [program.pid];
        for (const pid of stopped) process.kill(pid, 'SIGSTOP');
        // Again and again: what hangs takes no second connection.
        for (let times = 0; times < 3; times += 1) {
          const answer = await ready();
          expect(answer.reasons).toEqual([`the ${name} does not answer in time`]);
          expect(answer.ms).toBeLessThan(2_000);
        }
        expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
        const headers = { authorization: `Bearer ${token}` };
        expect((await app.inject({ url: '/metrics', headers })).body).toMatch(/^paperround_up 0$/m);
        for (const pid of stopped) process.kill(pid, 'SIGCONT');
        await waitFor(async () => (await ready()).status === 'ready');
      }
      const database = openPostgres(services.databaseUrl, () => {});
      await database.rows(raw("delete from public.migration where name = '0012-api'"));
      expect(await ready()).toMatchObject({
        status: 'not ready',
        reasons: [expect.stringContaining('lacks migration 0012-api')],
      });
      await database.rows(
        raw("insert into public.migration (name) values ('0012-api'), ('9999-new')"),
      );
      expect(await ready()).toMatchObject({
        status: 'ready',
        notes: expect.arrayContaining([expect.stringContaining('newer version')]),
      });
      await database.close();
      await app.close();
      await context.close();
      await place.remove();
      await services.stop();
    },
    60_000,
  );
});

/** A PostgreSQL is a process for each connection beside the one that takes them. */
async function backendsOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return [pid, ...children.trim().split(/\s+/).map(Number)];
}
