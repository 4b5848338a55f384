import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildToken, hashAddress, type Right } from '../../src/core/reader/keys.ts';
import { createApp } from '../../src/http/app.ts';
import type { Context } from '../../src/process/context.ts';
import type { Logger } from '../../src/process/log.ts';
import { planWork } from '../../src/steps/plan.ts';
import type { Outside } from '../../src/steps/steps.ts';
import { raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { startWorkers, type Workers } from '../../workers/start.ts';
import { type Backend, type Clock, createClock, createPlace, openContext } from './context.ts';
import { openSmtpSink, type Received, type SmtpSink } from './smtp-sink.ts';
import { waitFor } from './wait.ts';

/** The whole product in one process: pages, queue, workers and a mail server, on a clock that stands. */
export interface Live {
  readonly context: Context;
  readonly outside: Outside;
  readonly app: FastifyInstance;
  readonly clock: Clock;
  readonly sink: SmtpSink;
  get(url: string, options?: InjectOptions): Promise<LightMyRequestResponse>;
  /** Sends a form as a browser on our own page does. */
  post(
    url: string,
    fields?: Record<string, string | readonly string[]>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** Has everything done that is due now, mail included. */
  settle(): Promise<void>;
  /** What an address got, oldest first. */
  mailTo(address: string): readonly Received[];
  /** The path behind a link for one right in the text of the last mail to an address. */
  linkTo(right: Right, address: string): string;
  /** The path of a page, signed for a row. */
  sign(right: Right, row: number): string;
  /** The keyed hash of an address. */
  hash(address: string): string;
  /** Every row of a table of ours, past the store; only a service's database takes a second reader. */
  dump(table: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Opens it in a place of its own. */
export async function openLive(
  backend: Backend,
  given: { now?: string; env?: Record<string, string>; log?: Logger } = {},
): Promise<Live> {
  const place = await createPlace(backend);
  const sink = await openSmtpSink();
  const clock = createClock(given.now ?? '2026-03-03T12:00:00Z');
  const env = { SMTP_URL: sink.url, ...given.env };
  const context = await openContext(place, clock, env, given.log);
  const workers: Workers = await startWorkers(context);
  const app = await createApp(context);
  const { outside } = context;
  const mailTo = (address: string) => sink.received.filter(({ to }) => to === address);
  return {
    context,
    outside,
    app,
    clock,
    sink,
    get: (url, options = {}) => app.inject({ method: 'GET', url, ...options }),
    post: (url, fields = {}, headers = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
        payload: encodeForm(fields),
      }),
    settle: () =>
      waitFor(async () => {
        await planWork(outside);
        return !(await hasWork(outside));
      }),
    mailTo,
    linkTo(right, address) {
      const text = mailTo(address).at(-1)?.email.text ?? '';
      const link = new RegExp(`http\\S+/${right}/\\S+`).exec(text)?.[0];
      if (!link) throw new Error(`the last mail to ${address} has no link to ${right}: ${text}`);
      return new URL(link).pathname;
    },
    sign: (right, row) => `/${right}/${buildToken(outside.keys, right, row)}`,
    hash: (address) => hashAddress(outside.keys, address),
    async dump(table) {
      const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
      return database.rows(raw(`select * from public.${table}`)).finally(() => database.close());
    },
    async close() {
      await app.close();
      await workers.stop(10_000);
      await context.close();
      await sink.close();
      await place.remove();
    },
  };
}

async function hasWork({ store, queue, now }: Outside): Promise<boolean> {
  const jobs = await queue.countJobs();
  const isOpen = (state: string) => state === 'waiting' || state === 'active';
  return (
    // An edition that a thread is writing is nobody's row.
    jobs.some(({ job, state, count }) => job === 'cut' && isOpen(state) && count > 0) ||
    (await store.requests.listWaiting(1)).length > 0 ||
    (await store.subscribers.listWelcome(1)).length > 0 ||
    (await store.subscribers.hasDue(now())) ||
    (await store.channels.listDue(now())).length > 0 ||
    (await store.rounds.listOpen()).length > 0 ||
    (await store.deliveries.hasActive(now()))
  );
}

function encodeForm(fields: Record<string, string | readonly string[]>): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, String(one));
  }
  return body.toString();
}
