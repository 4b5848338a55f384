import fc from 'fast-check';
import { buildRankingIndex } from '../../../src/core/ranking/ranking-index.ts';
import { learnTaste } from '../../../src/core/ranking/taste.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { idsOf, makeDay, paper, rankIn } from './papers.ts';

const AT = new Date('2026-07-09T00:00:00Z');
const day = makeDay(60);
const index = buildRankingIndex(day);
const tasteOf = (ids: readonly number[], kind: 'more' | 'library' = 'more') =>
  finish(
    learnTaste(
      day.filter(({ id }) => ids.includes(id)).map((p) => ({ ...p, kind, at: AT })),
      AT,
    ),
  );
const ofGroup = (label: string) =>
  day.filter(({ groupLabel }) => groupLabel === label).map(({ id }) => id);

describe('what a reader said they want', () => {
  const reefs = ofGroup('Coral reefs');
  const birds = ofGroup('Radar for birds');

  it('comes first, whatever was voted for, and all of it', () => {
    const votes = fc.subarray(
      day.map(({ id }) => id),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(votes, fc.boolean(), (ids, surprise) => {
        const taste = tasteOf(ids);
        const { choices } = rankIn(
          index,
          { topics: ['coral reefs'], surprise },
          { taste, most: 30 },
        );
        const asked = choices.filter(({ place }) => place !== 'outside').map(({ paper }) => paper);
        expect(asked.toSorted((a, b) => a - b)).toEqual(reefs);
        expect(idsOf({ choices }).slice(0, reefs.length)).toEqual(asked);
      }),
    );
  });

  it('is ordered by votes', () => {
    const wishes = { topics: ['coral reefs', 'birds'] };
    const most = { most: 5 };
    const first = (ids: readonly number[]) =>
      idsOf(rankIn(index, wishes, { taste: tasteOf(ids), ...most }));
    expect(first(reefs.slice(0, 5)).every((id) => reefs.includes(id))).toBe(true);
    expect(first(birds.slice(0, 5)).every((id) => birds.includes(id))).toBe(true);
  });

  it('is filled up by what votes say, marked as outside, with the paper that it is like', () => {
    const taste = tasteOf(birds.slice(0, 3));
    const { choices } = rankIn(
      index,
      { topics: ['coral reefs'], surprise: true },
      { taste, most: 20 },
    );
    const outside = choices.filter(({ place }) => place === 'outside');
    const liked = outside.filter(({ reason }) => JSON.stringify(reason).includes('more'));
    // One vote speaks for one place.
    expect(liked).toHaveLength(3);
    for (const { paper: id, reason } of liked) {
      expect(birds).toContain(id);
      const isOwn = birds.indexOf(id) < 3;
      const like = isOwn ? {} : { like: expect.stringContaining('birds') };
      expect(reason).toEqual([{ code: 'more', ...like }]);
    }
  });

  it('brings nothing on a day without a match, whatever was voted for', () => {
    const given = { taste: tasteOf(birds), most: 10 };
    expect(rankIn(index, { topics: ['volcano'], surprise: true }, given).choices).toEqual([]);
    expect(rankIn(index, { authors: ['Nobody Atall'], surprise: true }, given).choices).toEqual([]);
    expect(
      idsOf(rankIn(index, {}, given))
        .slice(0, 5)
        .every((id) => birds.includes(id)),
    ).toBe(true);
  });

  it('is nobody’s where nothing was said: a library leads', () => {
    const { choices } = rankIn(index, {}, { taste: tasteOf(birds, 'library'), most: 5 });
    expect(idsOf({ choices }).every((id) => birds.includes(id))).toBe(true);
  });
});

describe('the place outside the habits', () => {
  it('shares no word with what was asked for, and is alike nothing of it', () => {
    const wishes = { topics: ['coral reefs', 'winter'], surprise: true };
    const { choices } = rankIn(index, wishes, { most: 10 });
    const [outside] = choices.filter(({ place }) => place === 'outside');
    const paper = day.find(({ id }) => id === outside?.paper);
    expect(`${paper?.title} ${paper?.abstract}`).not.toMatch(/coral|reef|winter/i);
    expect(paper?.groupLabel).not.toBe('Coral reefs');
  });

  it('has no word of a topic within one of its title either', () => {
    const titles = ['Reward models', 'A reward model', 'On reward models', 'RewardBench', 'Reefs'];
    const papers = titles.map((title, at) => ({ ...day[0], ...paper(at + 1, title) }));
    const wishes = { topics: ['reward models'], surprise: true };
    const { choices } = rankIn(buildRankingIndex(papers), wishes, { most: 5 });
    const outside = choices.filter(({ place }) => place === 'outside');
    expect(idsOf({ choices: outside })).toEqual([5]);
  });

  it('is not taken where all is near', () => {
    const near = day.map((paper) => ({ ...paper, abstract: `${paper.abstract} On reefs.` }));
    const of = buildRankingIndex(near);
    const { choices } = rankIn(of, { topics: ['coral reefs'], surprise: true }, { most: 8 });
    expect(choices.filter(({ place }) => place === 'outside')).toEqual([]);
  });
});
