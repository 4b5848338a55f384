import { keepPaper } from '../../src/steps/readers/keep.ts';
import { putUpShelf } from '../../src/steps/readers/shelf.ts';
import { sql } from '../../src/store/database.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { describeKills, type KillStage, openKillStage } from '../harness/kill-stage.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { deleteForGood, openShelf, type PlayedShelf, playShelf } from '../harness/zotero-shelf.ts';

const PAPERS = 60;
const KEY = 'a1B2c3D4e5F6g7H8i9J0k1L2';

describeKills('kill -9 in the midst of a way to Zotero', () => {
  let stage: KillStage;
  let zotero: FeedServer;
  let shelf: PlayedShelf;

  beforeEach(async () => {
    zotero = await openFeedServer();
    shelf = openShelf(475425, KEY);
    zotero.answer = playShelf(shelf);
    stage = await openKillStage({
      ZOTERO_URL: zotero.url.replace('127.0.0.1', 'localhost'),
      ALLOW_PRIVATE_FEEDS: 'true',
    });
  });
  afterEach(async () => {
    await stage?.close();
    await zotero?.close();
  });

  it.each([
    ['after it was written, before it was answered', true],
    ['before anything was written', false],
  ])(
    'leaves each paper there once, %s',
    async (_name, isWritten) => {
      const { outside } = stage.context;
      const { subscriberId } = await subscribe(outside, 'ada@readers.example');
      const name = await cutWith(outside, makePapers('k', PAPERS));
      const edition = await outside.store.editions.findByName(name);
      const papers = await outside.store.papers.listOfEdition(edition?.id ?? 0);
      for (const { id: paperId } of papers) {
        await keepPaper(outside, { subscriberId, paperId }, { isByMail: false });
      }
      const killed = stage.start();
      const kill = () => stage.kill(killed);
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
      await stage.until(stage.isKilled);
      expect(shelf.items.size).toBe(isWritten ? 50 : 0);

      // Meanwhile its owner changes one paper there, and deletes another for good.
      const [first, second] = [...shelf.items.values()];
      if (first) first.data.title = 'Mine';
      if (second) deleteForGood(shelf, second.data.key);
      shelf.before = () => false;
      // What the dead process held is free in a minute; here it is now.
      await stage.database.rows(sql`delete from public.host_turn`);
      stage.start();
      await stage.until(async () => {
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
