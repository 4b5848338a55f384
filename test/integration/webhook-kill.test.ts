import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../src/process/context.ts';
import { addWebhook } from '../../src/steps/webhooks/endpoints.ts';
import { lookForEvents } from '../../src/steps/webhooks/post.ts';
import { type Database, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { subscribe } from '../harness/morning.ts';
import { openReceiver, type Receiver } from '../harness/receiver.ts';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts';

const READERS = 12;

// Only processes that share a server can outlive each other: the sandbox is one process.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('kill -9 of who tells a webhook, in the midst of a post', () => {
  let place: Place;
  let context: Context;
  let database: Database;
  let receiver: Receiver;
  let workers: WorkerProcess | undefined;

  beforeEach(async () => {
    place = await createPlace('service');
    receiver = await openReceiver();
    const env = { ALLOW_PRIVATE_WEBHOOKS: 'true' };
    context = await openContext(place, createClock(new Date().toISOString()), env);
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
  });
  afterEach(async () => {
    await workers?.kill();
    await database?.close();
    await context?.close();
    await receiver?.close();
    await place?.remove();
  });

  const start = () => {
    workers = startWorkerProcess({ ...place.env, ALLOW_PRIVATE_WEBHOOKS: 'true' });
    return workers;
  };
  const until = async (isDone: () => boolean | Promise<boolean>) => {
    const end = Date.now() + 90_000;
    while (!(await isDone())) {
      if (Date.now() > end) throw new Error(`this never came true: ${isDone}`);
      await pause(100);
    }
  };

  it.each([
    ['before it was answered', false],
    ['with the answer on its way', true],
  ])(
    'tells all of it, and nothing under two ids, %s',
    async (_name, isAnswered) => {
      const order = {
        name: 'crm',
        url: receiver.url,
        withAddresses: false,
        actor: 'test',
      } as const;
      const secret = await addWebhook(context.outside, { ...order, events: ['subscribed'] });
      for (let at = 0; at < READERS; at += 1) {
        await subscribe(context.outside, `reader-${at}@readers.example`);
      }
      const killed = start();
      let isKilled = false;
      receiver.answer = (response) => {
        if (isAnswered) response.writeHead(204).end();
        void killed.kill().then(() => {
          isKilled = true;
        });
      };
      await until(() => isKilled);
      const first = receiver.heard[0];
      expect(first?.data.events.length).toBeGreaterThan(0);

      receiver.answer = (response) => response.writeHead(204).end();
      // Its lease on the webhook is over in a minute; here it is now.
      await database.rows(sql`update public.webhook set held_until = now()`);
      start();
      const listBatches = () => context.outside.store.batches.list({ webhookId: null, most: 10 });
      await until(async () => {
        await lookForEvents(context.outside);
        const told = new Set(receiver.events().map(({ id }) => id));
        const ended = await listBatches();
        return told.size === READERS && ended.every(({ outcome }) => outcome !== null);
      });

      receiver.verify(secret);
      // Posted again under its key, byte for byte, unless its end was recorded before.
      const again = receiver.heard.filter(({ key }) => key === first?.key);
      expect(new Set(again.map(({ body }) => body)).size).toBe(1);
      if (!isAnswered) expect(again).toHaveLength(2);
      // An event is told under one key alone.
      const posts = new Map(receiver.heard.map(({ key, data }) => [key, data.events]));
      const once = [...posts.values()].flat().map(({ id }) => id);
      expect(once).toHaveLength(READERS);
      expect(new Set(once).size).toBe(READERS);
    },
    180_000,
  );
});
