import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../src/process/context.ts';
import { keepPaper } from '../../src/steps/readers/keep.ts';
import { putUpShelf } from '../../src/steps/readers/shelf.ts';
import { type Database, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts';
import { deleteForGood, openShelf, type PlayedShelf, playShelf } from '../harness/zotero-shelf.ts';

const PAPERS = 60;
const KEY = 'a1B2c3D4e5F6g7H8i9J0k1L2';

// Only processes that share a server can outlive each other: the sandbox is one process.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('kill -9 in the midst of a way to Zotero', () => {
  let place: Place;
  let context: Context;
  let database: Database;
  let zotero: FeedServer;
  let shelf: PlayedShelf;
  let env: Record<string, string>;
  let workers: WorkerProcess | undefined;

  beforeEach(async () => {
    place = await createPlace('service');
    zotero = await openFeedServer();
    shelf = openShelf(475425, KEY);
    zotero.answer = playShelf(shelf);
    env = {
      ZOTERO_URL: zotero.url.replace('127.0.0.1', 'localhost'),
      ALLOW_PRIVATE_FEEDS: 'true',
    };
    context = await openContext(place, createClock(new Date().toISOString()), env);
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
  });
  afterEach(async () => {
    await workers?.kill();
    await database?.close();
    await context?.close();
    await zotero?.close();
    await place?.remove();
  });

  const start = () => {
    workers = startWorkerProcess({ ...place.env, ...env });
    return workers;
  };
  const until = async (isDone: () => boolean | Promise<boolean>) => {
    const end = Date.now() + 120_000;
    while (!(await isDone())) {
      if (Date.now() > end) throw new Error(`this never came true: ${isDone} ${workers?.log()}`);
      await pause(200);
    }
  };

  it.each([
    ['after it was written, before it was answered', true],
    ['before anything was written', false],
  ])(
    'leaves each paper there once, %s',
    async (_name, isWritten) => {
      const { outside } = context;
      const { subscriberId } = await subscribe(outside, 'ada@readers.example');
      const name = await cutWith(outside, makePapers('k', PAPERS));
      const edition = await outside.store.editions.findByName(name);
      const papers = await outside.store.papers.listOfEdition(edition?.id ?? 0);
      for (const { id: paperId } of papers) {
        await keepPaper(outside, { subscriberId, paperId }, { isByMail: false });
      }
      const killed = start();
      let isKilled = false;
      const kill = () =>
        void killed.kill().then(() => {
          isKilled = true;
        });
      shelf.before = (request) => {
        const isItems = request.method === 'POST' && request.url?.endsWith('/items') === true;
        if (isItems && !isWritten) kill();
        return isItems && !isWritten;
      };
      shelf.afterItems = () => {
        shelf.afterItems = () => {};
        kill();
      };
      expect(await putUpShelf(outside, { subscriberId, key: KEY, withMail: true })).toBeUndefined();
      await until(() => isKilled);
      expect(shelf.items.size).toBe(isWritten ? 50 : 0);

      // Meanwhile its owner changes one paper there, and deletes another for good.
      const [first, second] = [...shelf.items.values()];
      if (first) first.data.title = 'Mine';
      if (second) deleteForGood(shelf, second.data.key);
      shelf.before = () => false;
      // What the dead process held is free in a minute; here it is now.
      await database.rows(sql`delete from public.host_turn`);
      start();
      await until(async () => {
        const found = await outside.store.shelves.find(subscriberId);
        return found?.nextAt === null;
      });

      const titles = [...shelf.items.values()].map(({ data }) => data.title);
      expect(titles).toHaveLength(isWritten ? papers.length - 1 : papers.length);
      expect(new Set(titles).size).toBe(titles.length);
      expect(titles.includes('Mine')).toBe(isWritten);
      const counts = await outside.store.shelves.count({
        ...{ subscriberId, userId: 475425, withMail: true },
      });
      expect(counts).toMatchObject({
        done: isWritten ? papers.length - 1 : papers.length,
        left: isWritten ? 1 : 0,
        waiting: 0,
        failed: 0,
      });
    },
    240_000,
  );
});
