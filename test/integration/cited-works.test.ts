import { askCiters } from '../../src/steps/citations/ask-citers.ts';
import { eraseReader, exportReader } from '../../src/steps/readers/private.ts';
import { playWorld, type World } from '../harness/citing-world.ts';
import { backends } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { type Live, openLive } from '../harness/live.ts';
import { compose, subscribe } from '../harness/morning.ts';

const DAY_MS = 24 * 3_600_000;
const ADA = 'ada@readers.example';
const ORCID = '0000-0002-1825-0097';

describe.each(backends)('works that a reader names, in the %s', (backend) => {
  let live: Live;
  let server: FeedServer;
  const authors = ['Ada Lovelace'];
  const authorIds = [ORCID];
  const world: World = {
    papers: [
      {
        doi: '10.5555/tides',
        title: 'On tides',
        authors,
        date: '2024-05-02',
        number: 1,
        authorIds,
      },
      { arxiv: '2401.00002', title: 'On moons', authors, date: '2024-01-03', number: 2, authorIds },
      {
        doi: '10.5555/other',
        title: 'On poker',
        authors,
        date: '2023-01-03',
        number: 3,
        authorIds,
      },
      {
        doi: '10.5555/citer',
        title: 'Tides cited',
        authors: ['Joan Clarke'],
        date: '2025-06-01',
        cites: ['10.5555/tides'],
        number: 4,
      },
    ],
  };

  beforeAll(async () => {
    server = await openFeedServer();
    server.answer = playWorld(world);
    live = await openLive(backend, {
      now: '2026-03-02T06:30:00Z',
      env: { ...playedBy(server), LOOK_UP_PAPERS: 'true' },
    });
    await subscribe(live.outside, ADA, { profile: { topics: ['nothing like it'] } });
  });
  afterAll(async () => {
    await live?.close();
    await server?.close();
  });

  const find = async () => {
    const reader = await live.outside.store.subscribers.findByAddress(ADA);
    if (!reader) throw new Error('the reader is gone');
    return reader;
  };
  const page = async () =>
    live.sign('preferences', (await find()).id).replace('/preferences/', '/cited/');
  const titles = async () =>
    (await live.outside.store.ownWorks.list((await find()).subscriberId))
      .map(({ title, ids }) => title ?? Object.values(ids)[0])
      .sort();

  it('are told by their lines where they are none, and what an id looks like', async () => {
    const works = 'My best paper\n0000-0002-1825-0098';
    const answer = await live.post(await page(), { works });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Line 1, “My best paper”');
    expect(answer.body).toContain('It looks like 0000-0002-1825-0097.');
    expect(answer.body).toContain(`${works}</textarea>`);
    const bare = await live.post(await page(), { works: '@article{a, title = {No id at all}}' });
    expect(bare.body).toContain('No id at all}}</textarea>');
    expect(bare.body).toContain('arXiv id (2501.01234)');
    expect(await titles()).toEqual([]);
  });

  it('are those of an author that the reader says yes to', async () => {
    const asked = await live.post(await page(), { works: `https://orcid.org/${ORCID}` });
    expect(asked.body).toContain('OpenAlex is asked which works are yours');
    await askCiters(live.outside);
    expect(await titles()).toEqual([]);
    const shown = (await live.get(await page())).body;
    expect(shown).toContain('Works of Ada Lovelace');
    expect(shown).toContain('OpenAlex has 3 works with an id.');
    const id = /name="author" value="(\d+)"/.exec(shown)?.[1] ?? '';
    const taken = await live.post(`${await page()}/author`, {
      author: id,
      act: 'take',
      work: ['0', '1'],
    });
    expect(taken.body).toContain('2 works added');
    expect(await titles()).toEqual(['On moons', 'On tides']);
    expect(
      (await live.post(`${await page()}/author`, { author: id, act: 'take' })).statusCode,
    ).toBe(400);
  });

  it('are read out of RIS and BibTeX, with all their ids', async () => {
    const ris = 'TY  - JOUR\nTI  - On poker\nDO  - 10.5555/other\nER  - \n';
    expect((await live.post(await page(), { works: ris })).body).toContain('1 work added');
    const again = await live.post(await page(), { works: 'arXiv:2401.00002v3' });
    expect(again.body).toContain('0 works added; 1 there already');
    expect(await titles()).toEqual(['On moons', 'On poker', 'On tides']);
  });

  it('that are retracted are told, once, with who says so', async () => {
    await askCiters(live.outside);
    world.papers = world.papers.map((paper) =>
      paper.number === 1 ? { ...paper, isRetracted: true } : paper,
    );
    live.clock.advance(12 * DAY_MS);
    await askCiters(live.outside);
    live.clock.set('2026-03-14T07:01:00Z');
    await compose(live.outside);
    await live.settle();
    const text = live.mailTo(ADA).at(-1)?.email.text ?? '';
    expect(text.replace(/\s+/g, ' ')).toContain('Your “On tides” was retracted, says OpenAlex.');
    live.clock.advance(12 * DAY_MS);
    await askCiters(live.outside);
    const items = await live.outside.store.items.list((await find()).subscriberId, 10);
    const told = items.filter(({ reasons }) => reasons.some(({ code }) => code === 'retracted'));
    expect(told.map(({ told: { title } }) => title)).toEqual(['On tides']);
    expect((await live.get(await page())).body).toContain('Retracted, says OpenAlex.');
  });

  it('go along with the rest, and are nowhere but on pages of the reader', async () => {
    const data = await exportReader(live.outside, (await find()).id);
    expect(data?.works.map(({ title }) => title).sort()).toEqual([
      'On moons',
      'On poker',
      'On tides',
    ]);
    for (const path of ['/', '/search?q=tides', '/editions', '/feeds/editions.atom']) {
      expect((await live.get(path)).body).not.toMatch(/On tides|Tides cited/);
    }
    const forged = (await page()).replace('/cited/', '/cited/9');
    expect((await live.get(forged)).statusCode).toBe(404);
  });

  it('are taken away one by one and all at once, and gone with the reader', async () => {
    const shown = (await live.get(await page())).body;
    const id = /name="work" value="(\d+)"/.exec(shown)?.[1] ?? '';
    await live.post(`${await page()}/remove`, { work: id });
    expect(await titles()).toHaveLength(2);
    await live.post(`${await page()}/remove`, { work: 'all' });
    expect(await titles()).toEqual([]);
    await live.post(await page(), { works: `10.5555/tides\n${ORCID}` });
    expect(await live.outside.store.citedWorks.removeUnnamed()).toBe(2);
    const { id: row, subscriberId } = await find();
    await eraseReader(live.outside, row, 'test');
    expect(await live.outside.store.askedAuthors.list(subscriberId)).toEqual([]);
    expect(await live.outside.store.citedWorks.removeUnnamed()).toBe(1);
  });

  it('bring nothing that may have been told since a backup that was put back', async () => {
    const { subscriberId } = await subscribe(live.outside, 'eve@readers.example');
    const eve = await live.outside.store.subscribers.findByAddress('eve@readers.example');
    const own = live.sign('preferences', eve?.id ?? 0).replace('/preferences/', '/cited/');
    await live.post(own, { works: '10.5555/tides' });
    await askCiters(live.outside);
    const named = async () =>
      (await live.outside.store.items.list(subscriberId, 50)).map(({ told }) => told.title);
    const before = await named();
    expect(before).toContain('Tides cited');
    const settledAt = live.clock.now();
    await live.outside.store.transaction((tx) =>
      tx.backups.settle({ backupAt: settledAt, restoredAt: settledAt }),
    );
    const waves = { title: 'Told meanwhile', authors: ['Joan Clarke'], date: '2026-02-01' };
    world.papers.push({ doi: '10.5555/m', cites: ['10.5555/tides'], number: 90, ...waves });
    live.clock.advance(12 * DAY_MS);
    await askCiters(live.outside);
    expect(await named()).toEqual(before);
    const later = { ...waves, title: 'New after it', date: '2026-06-01' };
    world.papers.push({ doi: '10.5555/n', cites: ['10.5555/tides'], number: 91, ...later });
    live.clock.advance(12 * DAY_MS);
    await askCiters(live.outside);
    expect(await named()).toEqual(expect.arrayContaining(['New after it']));
  });

  it('are looked for nowhere while looking up is off', async () => {
    const config = { ...live.outside.config };
    const feeds = { ...config.feeds, isLookingUp: false };
    server.requests.length = 0;
    const off = { ...live.outside, config: { ...config, feeds } };
    expect(await askCiters(off)).toEqual({ asked: 0, found: 0 });
    expect(server.requests).toEqual([]);
  });
});
