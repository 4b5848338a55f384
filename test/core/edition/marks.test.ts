import fc from 'fast-check';
import { buildEdition } from '../../../src/core/edition/cut.ts';
import { MOST_PICKS, placePick } from '../../../src/core/edition/marks.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { makePapers } from '../../harness/papers.ts';

const papers = makePapers('marks', 6).map((paper, index) => ({ ...paper, id: index + 1 }));
const picked = (paperId: number, place: number) => ({ paperId, mark: 'picked', place }) as const;
const hidden = (paperId: number) => ({ paperId, mark: 'hidden', place: null }) as const;

describe('picks', () => {
  it('stand in the order in which they were given, or at the place that was asked for', () => {
    expect(placePick([], 7)).toEqual([7]);
    expect(placePick([7, 8], 9)).toEqual([7, 8, 9]);
    expect(placePick([7, 8], 9, 1)).toEqual([9, 7, 8]);
    expect(placePick([7, 8, 9], 9, 2)).toEqual([7, 9, 8]);
    expect(placePick([7, 8, 9], 7)).toEqual([8, 9, 7]);
  });

  it('are never more than an edition has places for, and none twice', () => {
    const ids = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 })));
    fc.assert(
      fc.property(ids, (orders) => {
        let picks: readonly number[] = [];
        for (const [paper, place] of orders) {
          const placed = placePick(picks, paper, place);
          if (placed) expect(placed).toContain(paper);
          else expect([picks.length, picks.includes(paper)]).toEqual([MOST_PICKS, false]);
          picks = placed ?? picks;
          expect(new Set(picks).size).toBe(picks.length);
          expect(picks.length).toBeLessThanOrEqual(MOST_PICKS);
        }
      }),
    );
  });
});

describe('an edition with marks', () => {
  it('leaves out what is hidden, and knows each pick by its place', () => {
    const { entries } = finish(buildEdition(papers, [hidden(2), picked(3, 2), picked(5, 1)]));
    const shown = entries.filter(({ sameAs }) => sameAs === null);
    expect(shown.map(({ paperId }) => paperId).sort()).toEqual([1, 3, 4, 5, 6]);
    const picks = shown.flatMap(({ paperId, pick }) => (pick === null ? [] : [[pick, paperId]]));
    expect(picks.sort()).toEqual([
      [1, 5],
      [2, 3],
    ]);
  });

  it('shows a pick under the paper that it is merged into', () => {
    const [first] = papers;
    if (!first) throw new Error('there are papers');
    const twin = { ...first, id: 99, ids: {}, authors: first.authors };
    const { entries } = finish(buildEdition([...papers, twin], [picked(99, 1), picked(1, 2)]));
    const merged = entries.find(({ sameAs }) => sameAs !== null);
    const main = entries.find(({ paperId }) => paperId === merged?.sameAs);
    expect(merged).toBeDefined();
    expect(main?.pick).toBe(1);
    expect(merged?.pick).toBeNull();
  });

  it('is as before where nobody said anything, or of papers that are not there', () => {
    expect(finish(buildEdition(papers, [hidden(77), picked(78, 1)]))).toEqual(
      finish(buildEdition(papers)),
    );
  });
});
