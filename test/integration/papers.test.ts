import type { Paper, PaperIds } from '../../src/core/paper/paper.ts';
import type { Context } from '../../src/process/context.ts';
import { cutNow } from '../../src/steps/editions/cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { draftTitles } from '../harness/feeds.ts';
import { makePapers } from '../harness/papers.ts';

const paper = (title: string, ids: PaperIds, more: Partial<Paper> = {}): Paper => ({
  title,
  abstract: `About ${title}.`,
  authors: [{ name: 'Ada Author' }],
  categories: [],
  ids,
  ...more,
});

// One work under one id, in whatever pieces and order it comes.
describe.each(backends)('papers in the %s', (backend) => {
  let place: Place;
  let context: Context;
  const clock = createClock('2026-07-09T05:00:00Z');

  beforeEach(async () => {
    place = await createPlace(backend);
    context = await openContext(place, clock);
  });
  afterEach(async () => {
    await context?.close();
    await place?.remove();
  });
  const store = (...papers: Paper[]) =>
    context.outside.store.transaction((tx) =>
      storePapers(tx, papers, { cut: context.outside.config.cut, at: clock.now() }),
    );

  it('join versions, DOIs, PMIDs and links, one after the other and in one go', async () => {
    const link = 'https://journal.example/tides';
    const steps: [Paper, string][] = [
      [paper('On tides', { arxiv: '2607.00001' }), 'kept'],
      [paper('On tides, again', { arxiv: '2607.00001' }), 'merged'],
      [paper('Tides', { doi: '10.48550/arxiv.2607.00001' }), 'merged'],
      [paper('Only a title', {}, { link }), 'kept'],
      [paper('Another title', { doi: '10.5555/a' }, { link }), 'merged'],
      [paper('Another title', { doi: '10.5555/a', pmid: '77' }), 'merged'],
      [paper('Whatever', { pmid: '77' }), 'known'],
    ];
    const each = [];
    for (const [given] of steps) each.push((await store(given))[0]);
    expect(each).toEqual(steps.map(([, arrival]) => arrival));
    expect(await store(...steps.map(([given]) => given))).toEqual(steps.map(() => 'known'));
    expect(await draftTitles(context.outside)).toEqual(['On tides', 'Only a title']);
  });

  it('become one where a paper shows that two are one: in the draft one goes', async () => {
    await store(
      paper('The preprint', { arxiv: '2607.00001' }),
      paper('The article', { doi: '10.5555/a' }),
    );
    expect(await draftTitles(context.outside)).toHaveLength(2);
    const both = paper('The article', { arxiv: '2607.00001', doi: '10.5555/a' });
    expect(await store(both)).toEqual(['merged']);
    expect(await draftTitles(context.outside)).toEqual(['The preprint']);
    expect(await store(both, paper('The article', { doi: '10.5555/a' }))).toEqual([
      'known',
      'known',
    ]);
  });

  it('stay in the edition that showed them, and are known by the older one', async () => {
    await store(paper('The preprint', { arxiv: '2607.00001' }));
    await cutNow(context.outside);
    await store(paper('The article', { doi: '10.5555/a' }));
    const second = await cutNow(context.outside);
    const both = paper('Both', { arxiv: '2607.00001', doi: '10.5555/a' });
    expect(await store(both)).toEqual(['merged']);
    expect(await store(paper('The article', { doi: '10.5555/a' }))).toEqual(['known']);
    expect(await draftTitles(context.outside)).toEqual([]);
    const name = second.kind === 'released' ? second.name : '';
    const texts = await context.outside.store.editions.findTexts(name);
    expect(texts?.papers.map(({ title }) => title)).toEqual(['The article']);
  });

  it('leave an id that two of them claim with the first', async () => {
    await store(
      paper('One', { arxiv: '2607.00001', doi: '10.5555/a' }),
      paper('Two', { arxiv: '2607.00002' }),
    );
    expect(await store(paper('Two', { arxiv: '2607.00002', doi: '10.5555/a' }))).toEqual([
      'merged',
    ]);
    expect(await store(paper('Who?', { doi: '10.5555/a' }, { abstract: '' }))).toEqual(['known']);
    expect(await draftTitles(context.outside)).toEqual(['One', 'Two']);
  });

  it('do not arrive twice when two runs bring them at once', async () => {
    const papers = makePapers('race', 300);
    const arrivals = await Promise.all([
      store(...papers),
      store(...papers.toReversed()),
      cutNow(context.outside),
      store(...papers),
    ]);
    const kept = arrivals.flat().filter((arrival) => arrival === 'kept');
    expect(kept).toHaveLength(300);
    await cutNow(context.outside);
    const editions = await context.outside.store.editions.listShown(10);
    const shown = await context.outside.store.editions.listTexts(editions.map(({ id }) => id));
    const ids = shown.flatMap(({ papers }) => papers.map(({ paperId }) => paperId));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
