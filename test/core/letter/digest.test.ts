import type { EditionTexts } from '../../../src/core/edition/edition.ts';
import { buildDigestView } from '../../../src/core/letter/digest.ts';
import { nameAuthors } from '../../../src/core/letter/paper-views.ts';
import { buildSubject } from '../../../src/core/letter/subject.ts';
import { english } from '../../../src/core/words/words.ts';

const limits = { chosen: 100, groups: 10, perGroup: 2 };

/** An edition whose groups hold these papers, by id. */
function makeEdition(id: number, groups: Record<string, number[]>): EditionTexts {
  return {
    id,
    name: `2026-03-0${id}`,
    date: `2026-03-0${id}`,
    isSample: false,
    groups: Object.keys(groups).map((label, number) => ({
      number,
      label,
      overview: `On ${label}.`,
    })),
    papers: Object.values(groups).flatMap((ids, groupNumber) =>
      ids.map((paperId) => ({
        paperId,
        groupNumber,
        title: `Paper ${paperId}`,
        authors: [],
        link: null,
        summary: '',
        pick: null,
        upvotes: 0,
      })),
    ),
  };
}

const first = makeEdition(1, { Reefs: [1, 2, 3, 4], Birds: [5, 6] });
const second = makeEdition(2, { Birds: [7], Soil: [8] });
const choose = (...ids: number[]) => ids.map((paper) => ({ paper, reason: 'matches: x' }));

describe('a digest', () => {
  it('shows the chosen, then the rest in groups, and counts what it leaves out', () => {
    const view = buildDigestView({ editions: [1], choices: choose(5) }, [first], {
      limits: limits,
      words: english,
    });
    expect(view).toMatchObject({
      editionDate: 'Sunday, 1 March 2026',
      paperCount: 6,
      moreCount: 2,
    });
    expect(view.chosen).toEqual([
      { id: 5, title: 'Paper 5', reason: 'matches: x', page: 'papers/5' },
    ]);
    expect(
      view.groups.map(({ label, papers, moreCount }) => [label, papers.length, moreCount]),
    ).toEqual([
      ['Reefs', 2, 2],
      ['Birds', 1, 0],
    ]);
  });

  it('says what a group is about only where it shows the whole group', () => {
    const view = buildDigestView({ editions: [1], choices: choose(5) }, [first], {
      limits: limits,
      words: english,
    });
    expect(view.groups.map(({ overview }) => overview)).toEqual(['On Reefs.', undefined]);
  });

  it('keeps hidden papers out of the rest and out of its counts', () => {
    const view = buildDigestView(
      {
        editions: [1],
        choices: choose(5),
        hidden: [1, 6].map((paper) => ({ paper, word: 'reefs' })),
      },
      [first],
      { limits: limits, words: english },
    );
    expect(view.groups.map(({ label }) => label)).toEqual(['Reefs']);
    expect(view.groups[0]?.papers.map(({ title }) => title)).toEqual(['Paper 2', 'Paper 3']);
    expect(view.moreCount).toBe(1);
    expect(view.day).not.toContain('Reefs');
  });

  it('over several editions shows groups newest first, merged where labels match', () => {
    const view = buildDigestView({ editions: [2, 1], choices: [], note: 'Two.' }, [first, second], {
      limits: limits,
      words: english,
    });
    expect(view).toMatchObject({ editionName: '2026-03-02', paperCount: 8, note: 'Two.' });
    expect(
      view.groups.map(({ label, papers, moreCount }) => [
        label,
        papers.map(({ title }) => title),
        moreCount,
      ]),
    ).toEqual([
      ['Birds', ['Paper 7', 'Paper 5'], 1],
      ['Soil', ['Paper 8'], 0],
      ['Reefs', ['Paper 1', 'Paper 2'], 2],
    ]);
    expect(view.groups[0]?.overview).toBeUndefined();
  });

  it('cannot be made without its editions', () => {
    expect(() =>
      buildDigestView({ editions: [9], choices: [] }, [first], { limits: limits, words: english }),
    ).toThrow(/edition 9/);
    expect(() =>
      buildDigestView({ editions: [], choices: [] }, [first], { limits: limits, words: english }),
    ).toThrow(/must cover/);
  });
});

describe('what leads', () => {
  const picked = (id: number): EditionTexts => ({
    ...first,
    papers: first.papers.map((paper) => (paper.paperId === id ? { ...paper, pick: 1 } : paper)),
  });

  it('is what the editors picked, among what is the reader’s and beside it', () => {
    const own = buildDigestView({ editions: [1], choices: choose(5, 6, 2) }, [picked(2)], {
      limits: limits,
      words: english,
    });
    expect(own.chosen.map(({ id }) => id)).toEqual([2, 5, 6]);
    expect(own.chosen[0]?.isPicked).toBe(true);
    const beside = { paper: 2, reason: '', place: 'picked' } as const;
    const view = buildDigestView({ editions: [1], choices: [...choose(5), beside] }, [picked(2)], {
      limits: limits,
      words: english,
    });
    expect(buildSubject(view, english)).toBe('Paper 2 and 1 more');
  });

  it('is told by what the day is about, the most of it first', () => {
    const view = buildDigestView({ editions: [1], choices: choose(5, 1, 6) }, [first], {
      limits: limits,
      words: english,
    });
    expect(view.day).toBe('Today: Birds, Reefs; 3 of 6 papers chosen; 1 minute.');
    const none = buildDigestView({ editions: [1], choices: [] }, [first], {
      limits: limits,
      words: english,
    });
    expect(none.day).toBe('Today: Reefs, Birds; 6 papers; 1 minute.');
  });

  it('leads on to each group on the web, but for a trial, which has no page', () => {
    const content = { editions: [1], choices: choose(5) };
    const paths = (view: ReturnType<typeof buildDigestView>) => view.groups.map(({ path }) => path);
    expect(paths(buildDigestView(content, [first], { limits: limits, words: english }))).toEqual([
      'editions/2026-03-01/groups/1',
      'editions/2026-03-01/groups/2',
    ]);
    const trial = buildDigestView({ ...content, trial: first }, [first], {
      limits: limits,
      words: english,
    });
    expect(paths(trial)).toEqual([undefined, undefined]);
    expect(trial.chosen.map(({ page }) => page)).toEqual(trial.chosen.map(() => undefined));
  });
});

describe('the authors', () => {
  it('are shortened with their count kept', () => {
    const authors = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name }));
    expect(nameAuthors([], english)).toBe('');
    expect(nameAuthors(authors.slice(0, 4), english)).toBe('A, B, C, D');
    expect(nameAuthors(authors, english)).toBe('A, B, C and 2 more');
    expect(nameAuthors(authors, english, ['E'])).toBe('A, B, E and 2 more');
    expect(nameAuthors(authors, english, ['B'])).toBe('A, B, C and 2 more');
    expect(nameAuthors(authors, english, ['B', 'C', 'D', 'E'])).toBe('B, C, D, E and 1 more');
    expect(nameAuthors(authors, english, ['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C, D, E');
  });
});
