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

  it('takes a field by its name, and by its words where no field has what a journal calls it', () => {
    const day = [
      paper(1, 'One', { categories: ['Robotics'] }),
      paper(2, 'A robot in a barn', { categories: ['Farming', 'Machines'] }),
      paper(3, 'A robot of another field', { categories: ['Farming', 'math.CO'] }),
    ];
    expect(idsOf(rankFor(day, { fields: ['robotics'] }))).toEqual([1, 2]);
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

  const hides = (word: string, ...titles: readonly string[]) =>
    rankFor(
      titles.map((title, at) => paper(at + 1, title)),
      { exclude: [word] },
    ).hidden.map(({ paper: id }) => id);

  it('hides the word as written and its plain inflections, no other of its stem', () => {
    expect(hides('news', 'News of the day', 'A new model', 'Newness')).toEqual([1]);
    expect(hides('generic', 'Generic drugs', 'General relativity', 'Generating')).toEqual([1]);
    expect(hides('bias', 'Bias', 'Biases of judges', 'A biased coin', 'Biology')).toEqual([
      1, 2, 3,
    ]);
    expect(hides('model', 'Models', 'Modelling rain', 'Modest aims')).toEqual([1, 2]);
    expect(hides('language models', 'A language model', 'Language modelers')).toEqual([1]);
    expect(hides('Köln', 'Rain in Koln', 'KÖLN')).toEqual([1, 2]);
  });

  it('hides an acronym in its own case alone, in one and in several', () => {
    expect(hides('US', 'Tell us more', 'We use trees', 'Prices in the US')).toEqual([3]);
    expect(hides('GAN', 'GANs of old', 'A GAN', 'Gan river', 'Began')).toEqual([1, 2]);
    expect(hides('LLMs', 'An LLM', 'LLMs')).toEqual([1, 2]);
    expect(hides('us', 'Tell us more', 'Prices in the US')).toEqual([1, 2]);
    expect(hides('RHETORIC', 'Rhetoric of science')).toEqual([1]);
  });

  it('hides nothing by a word that is none', () => {
    for (const word of ['', '…', ' - ']) expect(hides(word, 'A title', '')).toEqual([]);
  });

  it('never chooses what a message showed before, and does not call it hidden', () => {
    const passed = new Set([1, 3]);
    const { choices, hidden } = rankFor(papers, { fields: ['robotics'] }, { passed });
    expect(idsOf({ choices })).toEqual([2]);
    expect(hidden).toEqual([]);
  });
});
