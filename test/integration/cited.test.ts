import type { ServerResponse } from 'node:http';
import { CITATION_SOURCES } from '../../src/core/citations/sources.ts';
import { askCiters, isCitedDue } from '../../src/steps/citations/ask-citers.ts';
import { renderDelivery, renderShown } from '../../src/steps/digests/view.ts';
import { playWorld, type World, type WorldPaper } from '../harness/citing-world.ts';
import { backends } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { type Live, openLive } from '../harness/live.ts';
import { compose, subscribe } from '../harness/morning.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TIDES = '10.5555/tides';

describe.each(backends)('who cites a work, in the %s', (backend) => {
  let live: Live;
  let server: FeedServer;
  let number = 100;
  const citer = (title: string, date: string, more: Partial<WorldPaper> = {}): WorldPaper => {
    number += 1;
    const doi = `10.5555/citer.${number}`;
    return { doi, title, authors: ['Grace Hopper'], date, cites: [TIDES], number, ...more };
  };
  const tides = { doi: TIDES, title: 'On tides', authors: ['Ada Lovelace'], date: '2024-05-02' };
  const world: World = { papers: [] };

  beforeAll(async () => {
    server = await openFeedServer();
    server.answer = playWorld(world);
    live = await openLive(backend, {
      now: '2026-03-02T06:30:00Z',
      env: { ...playedBy(server), LOOK_UP_PAPERS: 'true' },
    });
  });
  afterAll(async () => {
    await live?.close();
    await server?.close();
  });
  beforeEach(() => {
    world.instead = undefined;
    server.requests.length = 0;
  });

  const find = async (name: string) => {
    const reader = await live.outside.store.subscribers.findByAddress(`${name}@readers.example`);
    if (!reader) throw new Error('the reader is gone');
    return reader;
  };
  const page = async (name: string) =>
    live.sign('preferences', (await find(name)).id).replace('/preferences/', '/cited/');
  /** A new reader who names works; what sources say is asked at once. */
  const begin = async (name: string, ...works: string[]) => {
    const wishes = { profile: { topics: ['nothing like it'] } };
    await subscribe(live.outside, `${name}@readers.example`, wishes);
    const answer = await live.post(await page(name), { works: works.join('\n') });
    await askCiters(live.outside);
    return answer;
  };
  const namedTo = async (name: string) => {
    const items = await live.outside.store.items.list((await find(name)).subscriberId, 100);
    return items.map(({ told }) => told.title).sort();
  };
  /** Some days later, when sources were asked again. */
  const askIn = async (days: number) => {
    live.clock.advance(days * DAY_MS);
    return askCiters(live.outside);
  };
  const lastLetter = async (name: string) => {
    const { subscriberId } = await find(name);
    const between = { from: new Date(0), to: new Date('2030-01-01') };
    const rows = await live.outside.store.deliveries.listLetters({
      id: null,
      subscriberId,
      ...between,
    });
    const last = rows.filter(({ kind }) => kind === 'digest').at(-1);
    const letter = last && (await renderDelivery(live.outside, last.id));
    if (!last || !letter) throw new Error('there is no letter');
    return { ...letter, id: last.id };
  };
  const standing = async (source: string) =>
    (await live.outside.store.citationTurns.listSources()).find((each) => each.source === source);

  it('is looked for once a reader named it; of what is there the newest five are offered', async () => {
    world.papers.push({ ...tides, pmid: '31000001', number: 1 });
    const months = [1, 2, 3, 4, 5, 6, 7];
    world.papers.push(
      ...months.map((month) => citer(`Old waves of month ${month}`, `2025-0${month}-03`)),
    );
    const added = await begin('ada', `https://doi.org/${TIDES}`, 'nonsense');
    expect(added.body).toContain('1 work added');
    expect(added.body).toContain('Line 2, “nonsense”');
    expect(await namedTo('ada')).toEqual(
      [3, 4, 5, 6, 7].map((month) => `Old waves of month ${month}`),
    );
    const shown = (await live.get(await page('ada'))).body;
    expect(shown).toContain('On tides');
    expect(shown).toContain('7 papers are known to cite it; asked last on 2 March 2026.');
    expect(shown).toContain('<b>INSPIRE</b>: answered last on 2 March 2026');
  });

  it('is told in a group of its own, in a letter that nothing else brings', async () => {
    live.clock.set('2026-03-02T07:01:00Z');
    await compose(live.outside);
    const { text, id } = await lastLetter('ada');
    expect(text).toContain('Cites your work');
    expect(text.replace(/\s+/g, ' ')).toContain('Cites your “On tides”.');
    const shown = await renderShown(live.outside, id);
    expect(`${shown?.subject} ${shown?.html} ${shown?.text}`).not.toMatch(/Old waves|On tides/);
  });

  it('is asked again in its turn, and what is new is told once, whoever says it', async () => {
    await askCiters(live.outside);
    expect(server.requests).toEqual([]);
    expect(await isCitedDue(live.outside)).toBe(false);
    world.papers.push(citer('New waves', '2026-03-01', { pmid: '41000001' }));
    await askIn(11);
    expect(server.requests.length).toBeGreaterThan(4);
    await askIn(11);
    expect((await namedTo('ada')).filter((title) => title === 'New waves')).toHaveLength(1);
  });

  it('is asked for once for all, and offered to who names it later', async () => {
    server.requests.length = 0;
    await begin('ben', TIDES);
    expect(server.requests).toEqual([]);
    expect(await namedTo('ben')).toHaveLength(5);
    expect(await namedTo('ben')).toContain('New waves');
  });

  it('is told with all works that a paper cites, and under one name as preprint and article', async () => {
    const names = { authors: ['Ada Lovelace', 'Ann Byron'], date: '2025-11-02' };
    const title = 'A theory of engines that weave numbers';
    world.papers.push(
      { arxiv: '2511.00001', title, ...names, number: 3 },
      { doi: '10.5555/engines', title, ...names, number: 4 },
    );
    await begin('eve', '2511.00001', '10.5555/engines', TIDES);
    const eve = await find('eve');
    expect(await live.outside.store.ownWorks.list(eve.subscriberId)).toHaveLength(2);
    const cites = [TIDES, '2511.00001', '10.5555/engines'];
    const text = { title: 'Weaving waves in looms', authors: ['Joan Clarke'], cites };
    world.papers.push(
      { ...text, date: '2026-03-20', doi: '10.5555/looms', number: 5 },
      { ...text, date: '2026-03-10', arxiv: '2603.00009', number: 6 },
    );
    await askIn(12);
    await askIn(12);
    const items = await live.outside.store.items.list(eve.subscriberId, 100);
    const [looms, ...others] = items.filter(({ told }) => told.title === text.title);
    expect(others).toEqual([]);
    expect(looms?.reasons.map((reason) => 'title' in reason && reason.title).sort()).toEqual([
      title,
      'On tides',
    ]);
  });

  it('is not told of papers by its own authors, unless the reader wishes it', async () => {
    const own = { authors: ['A. Lovelace'] };
    world.papers.push(citer('My own sequel', '2026-04-01', own));
    await live.post(`${await page('ben')}/own`, { own: 'yes' });
    await askIn(12);
    expect(await namedTo('ada')).not.toContain('My own sequel');
    expect(await namedTo('ben')).toContain('My own sequel');
    expect((await live.get(await page('ada'))).body).toContain('1 of them by an author of it.');
  });

  it('does not flood its readers when a source takes in old papers by the hundred', async () => {
    const before = (await namedTo('ada')).length;
    const old = Array.from({ length: 150 }, (_, at) => citer(`Found late ${at}`, '2019-02-03'));
    world.papers.push(...old, citer('New beside the old', '2026-04-02'));
    await askIn(12);
    const named = await namedTo('ada');
    expect(named.length - before).toBeLessThanOrEqual(6);
    expect(named).toContain('New beside the old');
    const shown = (await live.get(await page('ada'))).body;
    expect(shown).toMatch(/16\d papers are known to cite it/);
  });

  it('stays told where its id is gone, and is no news where it comes back under another', async () => {
    const before = await namedTo('ada');
    const gone = world.papers.find(({ title }) => title === 'New waves');
    world.papers = world.papers.filter((paper) => paper !== gone);
    await askIn(12);
    expect(await namedTo('ada')).toEqual(before);
    if (gone) world.papers.push({ ...gone, number: 9001 });
    await askIn(12);
    expect(await namedTo('ada')).toEqual(before);
    const shown = (await live.get(await page('ada'))).body;
    expect(shown).toMatch(/16\d papers are known to cite it/);
  });

  const busy = (headers: Record<string, string>) => (_: unknown, response: ServerResponse) => {
    response.writeHead(429, headers).end();
    return true;
  };

  it('waits while sources ask for it, with and without saying how long', async () => {
    world.papers.push(citer('While they were away', '2026-05-20'));
    world.instead = busy({ 'retry-after': '7200' });
    await askIn(12);
    expect(await namedTo('ada')).not.toContain('While they were away');
    expect((await standing('openalex'))?.failedSince).not.toBeNull();
    expect((await live.get(await page('ada'))).body).toContain('has not answered since');
    live.clock.advance(HOUR_MS);
    expect(await isCitedDue(live.outside)).toBe(false);
    live.clock.advance(HOUR_MS);
    world.instead = busy({});
    await askCiters(live.outside);
    const { restsUntil = null } = (await standing('openalex')) ?? {};
    expect(restsUntil?.getTime()).toBeGreaterThan(live.clock.now().getTime());
    world.instead = undefined;
    live.clock.advance(HOUR_MS);
    await askCiters(live.outside);
    expect(await namedTo('ada')).toContain('While they were away');
    expect((await standing('openalex'))?.failedSince).toBeNull();
  });

  it.each(CITATION_SOURCES)('takes no half answer of %s for a whole one', async (source) => {
    const half: Record<string, RegExp> = {
      openalex: /^\/works\?.*cites/,
      semanticscholar: /\/citations\?/,
      opencitations: /^\/index\/v2/,
      europepmc: /CITES/,
      inspire: /refersto/,
    };
    const empty: Record<string, unknown> = {
      openalex: { meta: { count: 90, next_cursor: null }, results: [] },
      semanticscholar: { offset: 0 },
      europepmc: { hitCount: 90, resultList: { result: [] } },
      inspire: { hits: { total: 90, hits: [] } },
    };
    live.clock.advance(12 * DAY_MS);
    const [work] = await live.outside.store.citedWorks.listAlike([`doi:${TIDES}`]);
    const turn = () => live.outside.store.citationTurns.find(work?.id ?? 0, source);
    for (const body of ['{"cut": ["off', JSON.stringify(empty[source] ?? { no: 'list' })]) {
      world.instead = ({ url = '' }, response) => {
        if (!half[source]?.test(url)) return false;
        response.end(body);
        return true;
      };
      const { problem: before = null } = (await turn()) ?? {};
      await askCiters(live.outside);
      const { problem = null } = (await turn()) ?? {};
      expect(problem).not.toBeNull();
      expect(problem).not.toBe(before);
      live.clock.advance(DAY_MS);
    }
    world.instead = undefined;
    await askCiters(live.outside);
    expect((await turn())?.problem).toBeNull();
  });
});
