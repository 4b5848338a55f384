import fc from 'fast-check';
import { rankPapers } from '../../../src/core/ranking/ranking.ts';
import { buildRankingIndex } from '../../../src/core/ranking/ranking-index.ts';
import { type Example, learnTaste } from '../../../src/core/ranking/taste.ts';
import { emptyProfile, type Profile } from '../../../src/core/reader/subscription.ts';
import { finish } from '../../../src/core/reading/work.ts';

const papers = [
  {
    title: 'Coral reefs under heat',
    abstract: 'Reefs bleach. Shade helps.',
    group: 'Reefs',
    author: 'Maya Q. Okafor',
  },
  {
    title: 'Counting birds by radar',
    abstract: 'Migration at night, with a word on coral reefs.',
    group: 'Birds',
    author: 'J. Smith',
  },
  {
    title: 'Poker and birds',
    abstract: 'Birds do not play.',
    group: 'Birds',
    author: 'Ana Silva',
    categories: ['cs.GT'],
  },
  {
    title: 'Silicon electrodes',
    abstract: 'Batteries swell. Reward models do not.',
    group: 'Batteries',
    author: 'Jane Smith',
  },
].map(({ group, author, categories, ...paper }, at) => ({
  ...paper,
  id: at + 1,
  authors: [{ name: author }],
  categories: categories ?? [],
  groupLabel: group,
}));
const index = buildRankingIndex(papers);
const nobody: Profile = emptyProfile;
const rank = (wishes: Partial<Profile>, most = 10) =>
  rankPapers(index, { profile: { ...nobody, surprise: false, ...wishes } }, most);

describe('the ranking', () => {
  it('puts news, editorials and amendments behind every paper that matches', () => {
    const kinds = buildRankingIndex(
      papers.map((paper, at) => ({
        ...paper,
        title: `Reefs: ${paper.title}`,
        ...(at === 0 && { kind: 'correction' as const, upvotes: 90 }),
      })),
    );
    const order = (topics: string[]) =>
      rankPapers(kinds, { profile: { ...nobody, surprise: false, topics } }, 10).choices.map(
        ({ paper }) => paper,
      );
    expect(order(['reefs']).at(-1)).toBe(1);
    expect(order([]).at(-1)).toBe(1);
  });

  it('puts a topic in the title before one in the abstract, with the reason that counted', () => {
    expect(rank({ topics: ['coral reef'] }).choices).toEqual([
      { paper: 1, reason: [{ code: 'topics', names: ['coral reef'] }] },
      { paper: 2, reason: [{ code: 'topics', names: ['coral reef'] }] },
    ]);
  });

  it('puts a common topic in the title before a rare one mentioned in passing', () => {
    const { choices } = rank({ topics: ['birds', 'reward models'] });
    expect(choices.map(({ paper }) => paper)).toEqual([3, 2, 4]);
  });

  it('matches word forms, whole phrases and categories, not parts of words', () => {
    const near = rank({ topics: ['reef corals'] }).choices.map(({ reason }) => reason);
    expect(near).toEqual(Array(2).fill([{ code: 'near', names: ['reef corals'] }]));
    expect(rank({ topics: ['battery'] }).choices.map(({ paper }) => paper)).toEqual([4]);
    expect(rank({ topics: ['cs.gt'] }).choices.map(({ paper }) => paper)).toEqual([3]);
    expect(rank({ topics: ['ree'] }).choices).toEqual([]);
    expect(rank({ topics: ['', '…'] }).choices).toEqual([]);
  });

  it('pins followed authors, by variants of their name, and nobody else of that family', () => {
    expect(rank({ authors: ['Jane Smith'], topics: ['coral reefs'] }).choices[0]).toEqual({
      paper: 2,
      reason: [
        {
          code: 'authors',
          authors: [{ followed: 'Jane Smith', printed: 'J. Smith', isSure: false }],
        },
      ],
      place: 'followed',
      by: ['J. Smith'],
    });
    expect(rank({ authors: ['Jane Smith'] }).choices.map(({ paper }) => paper)).toEqual([2, 4]);
    expect(rank({ authors: ['Adam Smith'] }).choices).toEqual([]);
    expect(rank({ authors: ['Maya Okafor'] }).choices.map(({ paper }) => paper)).toEqual([1]);
  });

  it('hides what an excluded word names, wherever it stands, even from those who follow it', () => {
    for (const word of ['poker', 'Ana Silva', 'CS.GT']) {
      const { choices, hidden } = rank({ topics: ['birds'], exclude: [word] });
      expect(hidden).toEqual([{ paper: 3, word }]);
      expect(choices.map(({ paper }) => paper)).toEqual([2]);
    }
  });

  it('gives a reader without wishes the leaders of the groups in turn', () => {
    expect(rank({}, 3).choices.map(({ paper }) => paper)).toEqual([1, 2, 4]);
    expect(rank({}, 1).choices[0]?.reason).toEqual([{ code: 'leads' }]);
  });

  const at = new Date('2026-07-09T00:00:00Z');
  const example = (kind: Example['kind'], paper: number): Example => {
    const { title = '', abstract = '' } = papers[paper - 1] ?? {};
    return { kind, title, abstract, at };
  };
  const rankBy = (examples: readonly Example[]) =>
    rankPapers(index, { profile: nobody, taste: finish(learnTaste(examples, at)) }, 4);
  const placeIn = (examples: readonly Example[], paper: number) => {
    const place = rankBy(examples).choices.findIndex((choice) => choice.paper === paper);
    return place < 0 ? papers.length : place;
  };
  const votes = fc.array(
    fc.record({ kind: fc.constantFrom('more' as const, 'less' as const), paper: fc.nat(3) }),
    { maxLength: 4 },
  );

  it('keeps an excluded word absolute against any vote or wish', () => {
    fc.assert(
      fc.property(votes, fc.constantFrom('poker', 'silva', 'cs.GT'), (given, word) => {
        const taste = finish(
          learnTaste(
            given.map(({ kind, paper }) => example(kind, paper + 1)),
            at,
          ),
        );
        const profile = { ...nobody, topics: ['birds'], authors: ['Ana Silva'], exclude: [word] };
        const { choices } = rankPapers(index, { profile, taste }, 10);
        expect(choices.map(({ paper }) => paper)).not.toContain(3);
      }),
    );
  });

  it('raises by "more", lowers by "less", and restores by taking back', () => {
    for (const paper of [1, 2, 3, 4]) {
      const before = rankBy([]);
      expect(placeIn([example('more', paper)], paper)).toBe(0);
      expect(placeIn([example('less', paper)], paper)).toBe(papers.length);
      expect(rankBy([])).toEqual(before);
    }
  });

  it('labels one paper outside the habits, which the reader can turn off', () => {
    const wishes = { topics: ['coral reef', 'poker'] };
    expect(rank({ ...wishes, surprise: true }).choices.at(-1)).toEqual({
      paper: 4,
      reason: [],
      place: 'outside',
    });
    expect(rank(wishes).choices.map(({ paper }) => paper)).not.toContain(4);
  });
});
