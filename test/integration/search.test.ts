import type { Paper } from '../../src/core/paper/paper.ts';
import { readSearch } from '../../src/core/search/query.ts';
import type { Context } from '../../src/process/context.ts';
import { areWordsDue, writeWords } from '../../src/steps/editions/words.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const paper = (title: string, abstract = '', more: Partial<Paper> = {}): Paper => ({
  title,
  abstract: abstract || `Nothing but what "${title}" says is in here.`,
  authors: [{ name: 'José Núñez' }, { name: 'Ada Smith' }],
  categories: ['q-bio.NC'],
  ids: { doi: `10.5555/${title.replace(/\W+/g, '-')}` },
  ...more,
});

const papers = [
  paper('Serum IL-6 after SARS-CoV-2 infection'),
  paper('IL6 and the p53/MDM2 axis'),
  paper('Signalling by TGF-β1 in naïve cells'),
  paper('RNA-seq of coral reefs', 'Reefs and reefs.', { categories: ['cs.LG'] }),
  paper('C–H activation', 'It has to do with reefs and shade in coral seas.'),
  paper('COVID-19 and schools', 'Shade.', { authors: [{ name: 'Chen Wei' }] }),
];

// What is found, on both databases, however it is written and asked for.
describe.each(backends)('search in the %s', (backend) => {
  const clock = createClock('2026-03-03T12:00:00Z');
  let place: Place;
  let context: Context;

  beforeAll(async () => {
    place = await createPlace(backend);
    context = await openContext(place, clock);
    await cutWith(context.outside, papers);
    expect(await areWordsDue(context.outside)).toBe(true);
    expect(await writeWords(context.outside)).toBe(papers.length);
    expect(await areWordsDue(context.outside)).toBe(false);
  });
  afterAll(async () => {
    await context?.close();
    await place?.remove();
  });

  const find = async (typed: string, most = 100) => {
    const { store } = context.outside;
    const query = readSearch(typed);
    if ('fault' in query) throw new Error(query.fault);
    const { hits, count } = await store.search.find(query, { most });
    expect(count).toBe(hits.length);
    const listed = await store.publicPapers.listByIds(hits.map(({ id }) => id));
    return listed.map(({ title }) => title.split(' ').slice(0, 2).join(' '));
  };

  it.each([
    ['IL-6', ['IL6 and', 'Serum IL-6']],
    ['IL 6', ['IL6 and', 'Serum IL-6']],
    ['il6', ['IL6 and', 'Serum IL-6']],
    ['sars-cov-2', ['Serum IL-6']],
    ['SARS CoV 2', ['Serum IL-6']],
    ['sarscov2', ['Serum IL-6']],
    ['MDM2', ['IL6 and']],
    ['p53', ['IL6 and']],
    ['"p53 MDM2"', ['IL6 and']],
    ['TGF-beta1', ['Signalling by']],
    ['tgfβ1', ['Signalling by']],
    ['TGF beta', ['Signalling by']],
    ['naive', ['Signalling by']],
    ['RNAseq', ['RNA-seq of']],
    ['rna seq', ['RNA-seq of']],
    ['C-H', ['C–H activation']],
    ['covid', ['COVID-19 and']],
    ['COVID19', ['COVID-19 and']],
    ['"coral reefs"', ['RNA-seq of']],
    ['reefs', ['RNA-seq of', 'C–H activation']],
    ['reef* -shade', ['RNA-seq of']],
    ['reefs -"coral seas"', ['RNA-seq of']],
    ['author:nunez reefs', ['RNA-seq of', 'C–H activation']],
    ['author:"Wei Chen"', ['COVID-19 and']],
    ['category:cs.lg', ['RNA-seq of']],
    ['category:cs', ['RNA-seq of']],
    ['reefs date:2026-03', ['RNA-seq of', 'C–H activation']],
    ['reefs date:2026-04..', []],
    ['the', ['IL6 and']],
    ['xylophone', []],
  ])('finds for %s', async (typed, titles) => {
    expect((await find(typed)).sort()).toEqual([...titles].sort());
  });

  it('puts what has it in the title first', async () => {
    expect(await find('reefs')).toEqual(['RNA-seq of', 'C–H activation']);
  });

  it('goes on where a page ended', async () => {
    const { store } = context.outside;
    const search = { match: "'nunez'", order: "'reef'", dates: {} };
    const { hits: whole } = await store.search.find(search, { most: 10 });
    const pages = [];
    for (let after = undefined as (typeof whole)[number] | undefined; ; ) {
      const { hits: page, count } = await store.search.find(search, { after, most: 2 });
      if (page.length === 0) break;
      expect(count).toBe(5);
      pages.push(...page);
      after = page.at(-1);
    }
    expect(whole).toHaveLength(5);
    expect(pages).toEqual(whole);
  });

  it('reads a paper anew that a feed says more of', async () => {
    const { store, config, now } = context.outside;
    const first = papers[0] ?? paper('');
    const abstract = `${first.abstract} It was measured by a xylometer, again and again.`;
    await store.transaction((tx) =>
      storePapers(tx, [{ ...first, abstract }], { cut: config.cut, at: now() }),
    );
    expect(await writeWords(context.outside)).toBe(1);
    expect(await find('xylometer')).toEqual(['Serum IL-6']);
  });

  it('holds what an edition shows to readers alone', async () => {
    const { store, config, now } = context.outside;
    await store.transaction((tx) =>
      storePapers(tx, makePapers('draft', 3), { cut: config.cut, at: now() }),
    );
    expect(await writeWords(context.outside)).toBe(0);
    expect(await find('draft')).toEqual([]);
  });
});
