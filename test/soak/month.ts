import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { createApp } from '../../src/http/app.ts';
import type { Context } from '../../src/process/context.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { planWork } from '../../src/steps/plan.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { recordOwnVote } from '../../src/steps/readers/vote.ts';
import { startWorkers } from '../../workers/start.ts';
import type { Clock } from '../harness/context.ts';
import { subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const DAY_MS = 24 * 3_600_000;

/** A month as it is to be lived. */
export interface Month {
  readonly days: number;
  readonly readers: number;
  readonly papers: number;
}

/** What a process and its places hold at the end of a day. */
export interface Evening {
  readonly heapMb: number;
  readonly residentMb: number;
  readonly handles: number;
  readonly jobs: number;
  readonly databaseMb: number;
  /** Letters that the mail server took that day. */
  readonly letters: number;
}

/** A place with the question of how large its database is. */
export interface Ground {
  readonly context: Context;
  readonly clock: Clock;
  readonly sink: Sink;
  databaseMb(): Promise<number>;
}

/** A mail server that counts, and keeps nothing. */
export interface Sink {
  readonly url: string;
  take(): number;
  close(): Promise<void>;
}

/** Opens it on a free port of the loopback. */
export async function openSink(): Promise<Sink> {
  let taken = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, _session, callback) {
      stream.resume();
      stream.on('end', () => {
        taken += 1;
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    take() {
      const before = taken;
      taken = 0;
      return before;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Lives a month, day by day, with everything that a day brings; what is held at the end of each. */
export async function liveMonth(
  ground: Ground,
  month: Month,
  onEvening: (day: number, evening: Evening) => void,
): Promise<Evening[]> {
  const { outside } = ground.context;
  const workers = await startWorkers(ground.context);
  const app = await createApp(ground.context);
  const evenings: Evening[] = [];
  try {
    for (let reader = 0; reader < month.readers; reader++) await subscribe(outside, nameOf(reader));
    for (let day = 0; day < month.days; day++) {
      await liveDay(ground, app, { day, month });
      const evening = await measure(ground);
      evenings.push(evening);
      onEvening(day + 1, evening);
    }
    return evenings;
  } finally {
    await app.close();
    await workers.stop(10_000);
  }
}

const nameOf = (reader: number | string) => `reader${reader}@soak.example`;

type App = Awaited<ReturnType<typeof createApp>>;

async function liveDay(
  { context, clock }: Ground,
  app: App,
  { day, month }: { day: number; month: Month },
): Promise<void> {
  const { outside } = context;
  const { store, config } = outside;
  const dawn = clock.now().getTime() - (clock.now().getTime() % DAY_MS) + DAY_MS;
  const at = (hours: number) => clock.set(new Date(dawn + hours * 3_600_000).toISOString());
  at(4);
  await store.transaction((tx) =>
    storePapers(tx, makePapers(`day${day}`, month.papers), { cut: config.cut, at: outside.now() }),
  );
  // The cut, the round, the night's pruning; between them what readers do.
  at(6.01);
  await settle(context);
  at(7.01);
  await settle(context);
  const [edition] = await store.editions.listCut(1);
  await app.inject('/');
  await app.inject(`/editions/${edition?.name}`);
  await vote(context, edition?.id ?? 0, day);
  const leaver = await store.subscribers.findByAddress(nameOf(day));
  if (leaver?.state === 'active') await unsubscribe(outside, leaver.id, 'page');
  await subscribe(outside, nameOf(`-new-${day}`));
  at(7.6);
  await settle(context);
}

async function vote({ outside }: Context, editionId: number, day: number): Promise<void> {
  const papers = await outside.store.papers.listOfEdition(editionId);
  for (let reader = 100; reader < 110; reader++) {
    const voter = await outside.store.subscribers.findByAddress(nameOf(reader));
    const paper = papers[(reader + day) % Math.max(1, papers.length)];
    if (!voter || !paper) continue;
    await recordOwnVote(
      outside,
      { subscriberId: voter.subscriberId, paperId: paper.id },
      reader % 3 === 0 ? 'less' : 'more',
    );
  }
}

/** Until nothing is due, waits or runs. */
async function settle({ outside }: Context): Promise<void> {
  const { store, queue, now } = outside;
  for (let quiet = 0; quiet < 2; ) {
    await planWork(outside);
    await wait(50);
    const jobs = (await queue.countJobs()).filter(
      ({ state, count }) => count > 0 && (state === 'waiting' || state === 'active'),
    );
    const isBusy =
      jobs.length > 0 ||
      (await store.subscribers.hasDue(now())) ||
      (await store.rounds.listOpen()).length > 0 ||
      (await store.deliveries.hasActive(now()));
    quiet = isBusy ? 0 : quiet + 1;
  }
}

async function measure({ context, sink, databaseMb }: Ground): Promise<Evening> {
  // Threads that have nothing to do end after ten seconds, and their memory goes with them.
  await wait(11_000);
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.();
    await wait(50);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const jobs = await context.outside.queue.countJobs();
  return {
    heapMb: (heapUsed + external) / 1e6,
    residentMb: rss / 1e6,
    handles: readdirSync('/proc/self/fd').length,
    jobs: jobs.reduce((sum, { count }) => sum + count, 0),
    databaseMb: await databaseMb(),
    letters: sink.take(),
  };
}
