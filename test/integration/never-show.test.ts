import { previewHidden } from '../../src/steps/digests/preview.ts';
import { createEditionMemory } from '../../src/steps/editions/edition-memory.ts';
import { findOthers } from '../../src/steps/readers/others.ts';
import { backends, createClock, createPlace, openContext } from '../harness/context.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

describe.each(backends)('over the stored papers, the %s', (backend) => {
  it('tells what words would have hidden, and what stands for all that is not asked for', async () => {
    const place = await createPlace(backend);
    const clock = createClock('2026-03-03T12:00:00Z');
    const context = await openContext(place, clock);
    try {
      const { outside } = context;
      const papers = makePapers('h', 12).map((paper, at) =>
        at < 4 ? { ...paper, title: `${paper.title}, by the news ${at}` } : paper,
      );
      await cutWith(outside, papers);
      const memory = createEditionMemory(outside);
      const hides = await previewHidden(memory, ['news', 'new', 'NEWS'], 5);
      expect(hides.map(({ word, papers: count, titles }) => [word, count, titles.length])).toEqual([
        ['news', 4, 3],
        ['new', 0, 0],
        ['NEWS', 0, 0],
      ]);
      expect(await previewHidden(memory, [], 5)).toEqual([]);
      const all = await outside.store.papers.listSome(100, 100);
      expect(all).toHaveLength(12);
      expect(await outside.store.papers.listSome(5, 100)).toHaveLength(5);
      expect(await outside.store.papers.listSome(5, 3)).toHaveLength(3);
      const others = await findOthers(outside, clock.now());
      expect(others.count).toBe(12);
      // The same for a day, in a transaction too; then read anew.
      await outside.store.transaction(async (tx) => {
        expect(await findOthers({ ...outside, store: tx }, clock.now())).toBe(others);
      });
      const tomorrow = new Date(clock.now().getTime() + 25 * 3_600_000);
      expect(await findOthers(outside, tomorrow)).not.toBe(others);
    } finally {
      await context.close();
      await place.remove();
    }
  });
});
