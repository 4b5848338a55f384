import { CITATION_SOURCES, CITATIONS } from '../../../src/core/citations/sources.ts';
import { API_KINDS } from '../../../src/core/feed/sources.ts';
import type { Feeds } from '../../../src/feeds/feeds.ts';
import { playWorld, type World, type WorldPaper } from '../../harness/citing-world.ts';
import { type FeedServer, openFeedServer } from '../../harness/feed-server.ts';
import { loopbackFeeds } from '../loopback.ts';

const KEYS = Object.fromEntries(API_KINDS.map((kind) => [kind, `a-key-of-${kind}`]));

describe('sources of citations', () => {
  let server: FeedServer;
  let feeds: Feeds;
  const tides: WorldPaper = {
    doi: '10.5555/tides',
    pmid: '31000001',
    title: 'On tides',
    authors: ['Ada Lovelace'],
    date: '2024-05-02',
    number: 1,
  };
  const citer = (number: number, more: Partial<WorldPaper> = {}): WorldPaper => ({
    doi: `10.5555/citer.${number}`,
    pmid: String(40_000_000 + number),
    title: `Waves of kind ${number} and how they were counted`,
    authors: ['Grace Hopper', 'Joan Clarke'],
    date: `20${String(10 + (number % 15))}-03-01`,
    cites: ['10.5555/tides'],
    number,
    ...more,
  });
  const world: World = { papers: [] };

  beforeAll(async () => {
    server = await openFeedServer();
    server.answer = playWorld(world);
    feeds = loopbackFeeds(server.url, { keys: KEYS });
  });
  afterAll(async () => {
    await feeds?.close();
    await server?.close();
  });
  beforeEach(() => {
    server.requests.length = 0;
    world.papers = [tides, ...Array.from({ length: 260 }, (_, at) => citer(at + 100))];
  });

  const ask = async (source: (typeof CITATION_SOURCES)[number], ...works: [number, object][]) => {
    let requests = 0;
    const before = server.requests.length;
    const asked = works.map(([id, ids]) => ({ id, ids }));
    const answers = await feeds.askCitations(source, asked, () => {
      requests += 1;
    });
    expect(requests).toBe(server.requests.length - before);
    return answers;
  };
  const tidesIds = { doi: '10.5555/tides', pmid: '31000001' };

  it.each(CITATION_SOURCES)(
    '%s: gives all that cites a work, from page to page',
    async (source) => {
      const [answer] = await ask(source, [7, tidesIds]);
      expect(answer).toMatchObject({ id: 7, isKnown: true, total: 260 });
      const ids = [
        ...(answer?.citers.map(({ paper }) => paper.ids.doi) ?? []),
        ...(answer?.unnamed?.map((each) => each.ids.doi) ?? []),
      ];
      expect(new Set(ids).size).toBe(260);
      if (source !== 'opencitations') {
        expect(answer?.papers[0]).toMatchObject({
          title: 'On tides',
          ids: { doi: '10.5555/tides' },
        });
        expect(answer?.citers[0]?.paper.authors.map(({ name }) => name)).toEqual([
          'Grace Hopper',
          'Joan Clarke',
        ]);
        expect(answer?.citers[0]?.paper.publishedAt).toBeInstanceOf(Date);
      }
    },
  );

  it.each(CITATION_SOURCES)('%s: says of one that it does not know no more', async (source) => {
    const answers = await ask(source, [9, { doi: '10.5555/unknown' }]);
    expect(answers).toMatchObject([{ id: 9, isKnown: false, citers: [], total: 0 }]);
  });

  it.each(CITATION_SOURCES)('%s: is asked by every id that it takes', async (source) => {
    const ids = { arxiv: '2401.00001', doi: '10.5555/a/b(c);d', pmid: '9', pmcid: 'PMC8' };
    await ask(source, [1, ids]);
    const asked = server.requests.map(({ url = '' }) => decodeURIComponent(url)).join('\n');
    for (const scheme of CITATIONS[source].schemes) {
      expect(asked).toContain(String(Reflect.get(ids, scheme)));
    }
  });

  it('get the key of the operator, where each takes it', async () => {
    for (const source of CITATION_SOURCES) await ask(source, [1, tidesIds]);
    const of = (path: RegExp) => server.requests.find(({ url = '' }) => path.test(url));
    expect(of(/^\/graph/)?.headers['x-api-key']).toBe('a-key-of-semanticscholar');
    expect(of(/^\/index/)?.headers['authorization']).toBe('a-key-of-opencitations');
    expect(of(/^\/works/)?.url).toContain('api_key=a-key-of-openalex');
    expect(of(/^\/europepmc/)?.url).not.toContain('a-key');
  });

  it('OpenAlex is asked for many works at once, and tells which each paper cites', async () => {
    const moons = { doi: '10.5555/moons', title: 'On moons', authors: ['A B'], date: '2025-01-01' };
    world.papers = [
      tides,
      { ...moons, number: 2 },
      citer(100),
      citer(101, { cites: ['10.5555/moons'] }),
      citer(102, { cites: ['10.5555/moons', '10.5555/tides'] }),
    ];
    const answers = await ask('openalex', [1, tidesIds], [2, { doi: '10.5555/moons' }]);
    const numbers = answers.map(({ citers }) =>
      citers.map(({ paper }) => paper.ids.doi?.slice(-3)).sort(),
    );
    expect(numbers).toEqual([
      ['100', '102'],
      ['101', '102'],
    ]);
    expect(server.requests).toHaveLength(2);
  });

  it('OpenAlex finds the preprint that it merged with its article alone', async () => {
    world.instead = ({ url = '' }, response) => {
      const isAlone = decodeURIComponent(url).startsWith('/works/doi:10.48550/arxiv.2401.00001');
      if (!isAlone) return false;
      const body = { id: 'https://openalex.org/W1', title: 'On tides', cited_by_count: 260 };
      response.end(JSON.stringify(body));
      return true;
    };
    const [answer] = await ask('openalex', [1, { arxiv: '2401.00001' }]);
    world.instead = undefined;
    expect(answer).toMatchObject({ isKnown: true, total: 260 });
    expect(answer?.citers).toHaveLength(260);
  });

  it('read no more of a work that tens of thousands cite than they may', async () => {
    world.papers = [tides, ...Array.from({ length: 3_100 }, (_, at) => citer(at + 100))];
    for (const source of ['openalex', 'semanticscholar', 'inspire'] as const) {
      const [answer] = await ask(source, [1, tidesIds]);
      server.requests.length = 0;
      expect(answer?.total).toBe(3_100);
      expect(answer?.citers).toHaveLength(CITATIONS[source].mostCiters);
    }
  });
});
