import type { EditionTexts } from '../../../src/core/edition/edition.ts';
import { buildDigestView } from '../../../src/core/letter/digest.ts';
import { nameAuthors } from '../../../src/core/letter/paper-views.ts';
import { buildPreheader, buildSubject } from '../../../src/core/letter/subject.ts';

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
    const view = buildDigestView({ editions: [1], choices: choose(5) }, [first], limits);
    expect(view).toMatchObject({
      editionDate: 'Sunday, 1 March 2026',
      paperCount: 6,
      moreCount: 2,
    });
    expect(view.chosen).toEqual([{ id: 5, title: 'Paper 5', reason: 'matches: x' }]);
    expect(
      view.groups.map(({ label, papers, moreCount }) => [label, papers.length, moreCount]),
    ).toEqual([
      ['Reefs', 2, 2],
      ['Birds', 1, 0],
    ]);
  });

  it('says what a group is about only where it shows the whole group', () => {
    const view = buildDigestView({ editions: [1], choices: choose(5) }, [first], limits);
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
      limits,
    );
    expect(view.groups.map(({ label }) => label)).toEqual(['Reefs']);
    expect(view.groups[0]?.papers.map(({ title }) => title)).toEqual(['Paper 2', 'Paper 3']);
    expect(view.moreCount).toBe(1);
  });

  it('over several editions shows groups newest first, merged where labels match', () => {
    const view = buildDigestView(
      { editions: [2, 1], choices: [], note: 'Two.' },
      [first, second],
      limits,
    );
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
    expect(() => buildDigestView({ editions: [9], choices: [] }, [first], limits)).toThrow(
      /edition 9/,
    );
    expect(() => buildDigestView({ editions: [], choices: [] }, [first], limits)).toThrow(
      /must cover/,
    );
  });
});

describe('the subject', () => {
  const view = buildDigestView({ editions: [1], choices: choose(1, 2, 3) }, [first], limits);
  const lead = (title: string) => ({
    ...view,
    chosen: [{ id: 1, title }, ...view.chosen.slice(1)],
  });

  it('is the lead and how many more', () => {
    expect(buildSubject(view)).toBe('Paper 1 and 2 more');
    expect(buildSubject({ ...view, chosen: [{ id: 1, title: 'Alone' }] })).toBe('Alone');
    expect(buildSubject({ ...view, isSample: true })).toBe('[Sample] Paper 1 and 2 more');
    expect(buildPreheader(view)).toBe('3 of 6 papers for you: Paper 2; Paper 3');
  });

  it('cuts a long title at its colon, else at a word', () => {
    const tail = 'a very long explanation of what was done in the study of the reefs';
    expect(buildSubject(lead(`A Reef Benchmark: ${tail}`))).toBe('A Reef Benchmark and 2 more');
    expect(buildSubject(lead(`Why: ${tail} and more`))).toMatch(
      /^Why: a very long .*… and 2 more$/,
    );
  });
});

describe('the authors', () => {
  it('are shortened with their count kept', () => {
    const authors = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name }));
    expect(nameAuthors([])).toBe('');
    expect(nameAuthors(authors.slice(0, 4))).toBe('A, B, C, D');
    expect(nameAuthors(authors)).toBe('A, B, C and 2 more');
    expect(nameAuthors(authors, ['E'])).toBe('A, B, E and 2 more');
    expect(nameAuthors(authors, ['B'])).toBe('A, B, C and 2 more');
    expect(nameAuthors(authors, ['B', 'C', 'D', 'E'])).toBe('B, C, D, E and 1 more');
    expect(nameAuthors(authors, ['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C, D, E');
  });
});
