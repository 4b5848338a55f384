import { idsOf, paper, rankFor } from './papers.ts';

describe('topics, fields and excluded words', () => {
  const papers = [
    paper(1, 'One', { categories: ['cs.RO', 'cs.LG'] }),
    paper(2, 'Two', { categories: ['cs.LG', 'cs.RO'] }),
    paper(3, 'A robot without categories'),
    paper(4, 'A robot of another field', { categories: ['math.CO'] }),
  ];

  it('takes a field by categories, and by its words only where a paper has none', () => {
    expect(idsOf(rankFor(papers, { fields: ['robotics'] }))).toEqual([1, 3, 2]);
    expect(idsOf(rankFor(papers, { fields: ['no such field'] }))).toEqual([]);
  });

  it('counts only the primary category where cross-lists are off', () => {
    const wishes = { crossLists: false };
    expect(idsOf(rankFor(papers, { ...wishes, fields: ['robotics'] }))).toEqual([1, 3]);
    expect(idsOf(rankFor(papers, { ...wishes, topics: ['cs.LG'] }))).toEqual([2]);
    expect(idsOf(rankFor(papers, { topics: ['cs.LG'] })).toSorted()).toEqual([1, 2]);
  });

  it('hides by title, abstract, author and any category, also a cross-list', () => {
    const day = [
      paper(1, 'Poker nights'),
      paper(2, 'Cards', { abstract: 'We play POKER.' }),
      paper(3, 'Bluffs', { authors: [{ name: 'Ann Poker' }] }),
      paper(4, 'Games', { categories: ['cs.GT', 'cs.poker'] }),
      paper(5, 'Pokerish'),
    ];
    const { choices, hidden } = rankFor(day, { exclude: ['poker'], crossLists: false });
    expect(hidden).toEqual([1, 2, 3, 4].map((id) => ({ paper: id, word: 'poker' })));
    expect(idsOf({ choices })).toEqual([5]);
  });

  it('never chooses what a message showed before, and does not call it hidden', () => {
    const passed = new Set([1, 3]);
    const { choices, hidden } = rankFor(papers, { fields: ['robotics'] }, { passed });
    expect(idsOf({ choices })).toEqual([2]);
    expect(hidden).toEqual([]);
  });
});
