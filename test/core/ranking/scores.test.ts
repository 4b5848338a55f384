import fc from 'fast-check';
import {
  buildRankingIndex,
  joinIndexes,
  type RankablePaper,
} from '../../../src/core/ranking/ranking-index.ts';
import { learnTaste } from '../../../src/core/ranking/taste.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { idsOf, makeDay, paper, rankFor, rankIn } from './papers.ts';

const AT = new Date('2026-07-09T00:00:00Z');
const day = makeDay(60);
const index = buildRankingIndex(day);
const tasteOf = (kind: 'more' | 'less', ids: readonly number[]) =>
  finish(
    learnTaste(
      day.filter(({ id }) => ids.includes(id)).map((p) => ({ ...p, kind, at: AT })),
      AT,
    ),
  );

describe('scores', () => {
  it('keeps topics against a vote down on another paper, and drops the paper itself', () => {
    const papers = [
      paper(1, 'Coral reefs and shade', { abstract: 'Cool water under sails.' }),
      paper(2, 'Coral reefs and taxes', { abstract: 'Fees paid by hotels.' }),
    ];
    const [, second] = papers;
    const taste = second && finish(learnTaste([{ ...second, kind: 'less', at: AT }], AT));
    expect(idsOf(rankFor(papers, { topics: ['coral reefs'] }, { taste }))).toEqual([1]);
  });

  it('never chooses what was voted down, hidden or shown before, not in the outside place either', () => {
    const id = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(id, id, fc.boolean(), (down, shown, surprise) => {
        const given = { taste: tasteOf('less', [down]), passed: new Set([shown]), most: 60 };
        const wishes = { topics: ['birds', 'reefs'], exclude: ['norway'], surprise };
        const { choices, hidden } = rankIn(index, wishes, given);
        const ids = idsOf({ choices });
        expect(ids).not.toContain(down);
        expect(ids).not.toContain(shown);
        for (const { paper: away } of hidden) expect(ids).not.toContain(away);
        expect(choices.filter(({ place }) => place === 'outside')).toHaveLength(surprise ? 1 : 0);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('gives the same for the same, whatever the order of wishes', () => {
    const topics = ['birds', 'coral reefs', 'winter', 'cs.LG'];
    const exclude = ['norway', 'gene drives'];
    const ask = (wishes: object) => rankIn(index, { topics, exclude, ...wishes }, { most: 8 });
    const sorted = (ids: number[]) => ids.toSorted((a, b) => a - b);
    const first = ask({});
    expect(ask({})).toEqual(first);
    expect(rankIn(buildRankingIndex(day), { topics, exclude }, { most: 8 })).toEqual(first);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(topics, { minLength: 4 }),
        fc.shuffledSubarray(exclude, { minLength: 2 }),
        (asked, excluded) => {
          const other = ask({ topics: asked, exclude: excluded });
          expect(sorted(idsOf(other))).toEqual(sorted(idsOf(first)));
          expect(sorted(other.hidden.map((h) => h.paper))).toEqual(
            sorted(first.hidden.map((h) => h.paper)),
          );
        },
      ),
    );
  });

  it('joins editions into what one edition of all would give for wishes', () => {
    const joined = joinIndexes([
      buildRankingIndex(day.slice(0, 25)),
      buildRankingIndex(day.slice(25)),
    ]);
    expect(joined.papers.map((entry) => entry.paper)).toEqual(day);
    for (const wishes of [
      {},
      { topics: ['birds'] },
      { fields: ['language'] },
      { authors: ['Ada7 Writer7'] },
    ]) {
      const most = { most: 60 };
      const both = [idsOf(rankIn(joined, wishes, most)), idsOf(rankIn(index, wishes, most))];
      const [one, two] = both.map((ids) => ids.toSorted((a, b) => a - b));
      expect(one).toEqual(two);
    }
    expect(joinIndexes([index])).toBe(index);
    expect(joinIndexes([]).papers).toEqual([]);
  });

  it('bears no papers, one paper, and ten thousand', () => {
    expect(rankFor([], { topics: ['birds'] })).toEqual({ choices: [], hidden: [] });
    expect(rankFor([], {})).toEqual({ choices: [], hidden: [] });
    expect(idsOf(rankFor([paper(7, 'Birds')], { topics: ['bird'], surprise: true }))).toEqual([7]);
    const titles = Array.from(
      { length: 10_000 },
      (_, at) => `w${at % 701} x${at % 311} birds${at}`,
    );
    const many = buildRankingIndex(
      titles.map((title, at) => paper(at, at % 50 ? title : `${title} birds`)),
    );
    expect(rankIn(many, { topics: ['birds'] }).choices).toHaveLength(10);
  }, 60_000);

  it('bears hostile text', () => {
    const strange = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '🦆'.repeat(50),
        'שלום עולם',
        'a\u0000b',
        '\u202eabc',
        '\ud800',
        '$^.*+?()[]{}|\\',
        '__proto__',
      ),
    );
    const papers = fc.array(fc.tuple(strange, strange, strange), { maxLength: 5 });
    fc.assert(
      fc.property(papers, strange, strange, (texts, wish, excluded) => {
        const hostile: RankablePaper[] = texts.map(([title, abstract, name], id) =>
          paper(id, title, { abstract, authors: [{ name }], categories: [name] }),
        );
        const wishes = { topics: [wish], authors: [wish], exclude: [excluded] };
        const { choices, hidden } = rankFor(hostile, wishes);
        const away = hidden.map((h) => h.paper);
        expect(idsOf({ choices }).filter((id) => away.includes(id))).toEqual([]);
      }),
    );
    const start = performance.now();
    const long = paper(1, 'long words '.repeat(100_000));
    expect(idsOf(rankFor([long], { topics: ['long words'] }))).toEqual([1]);
    expect(performance.now() - start).toBeLessThan(10_000);
  }, 60_000);
});
