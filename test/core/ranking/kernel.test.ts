import { scoreTaste } from '../../../src/core/ranking/met-taste.ts';
import { rankPapers } from '../../../src/core/ranking/ranking.ts';
import { buildRankingIndex } from '../../../src/core/ranking/ranking-index.ts';
import type { Taste } from '../../../src/core/ranking/taste.ts';
import { numberOf } from '../../../src/core/ranking/terms.ts';
import { emptyProfile } from '../../../src/core/reader/subscription.ts';
import { idsOf, makeDay, paper } from './papers.ts';

/** A taste for some terms, each as much as the others. */
const tasteFor = (numbers: readonly number[]): Taste => {
  const terms = Int32Array.from(numbers).sort();
  const [liked, none] = [new Float32Array(terms.length).fill(1), new Float32Array(terms.length)];
  return {
    terms,
    library: none,
    more: liked,
    less: none,
    holders: [],
    votes: [],
    examples: 1,
    hasLibrary: false,
  };
};
const [LEAST, MOST] = [-0x80000000, 0x7fffffff];

describe('the kernel of a taste', () => {
  const reef = numberOf('reef');
  const index = buildRankingIndex([paper(1, 'Reef'), paper(2, 'Radar')]);
  const scoresOf = (taste: Taste, of = index) => {
    const scores = new Float64Array(of.papers.length);
    scoreTaste(of, taste, { scores, times: 20 });
    return [...scores];
  };

  it('bears the least and the greatest number of a term, which no paper uses', () => {
    expect(scoresOf(tasteFor([LEAST, reef, MOST]))).toEqual([20, 0]);
    expect(scoresOf(tasteFor([LEAST, MOST]))).toEqual([0, 0]);
  });

  it('bears an edition without papers, and papers without a word', () => {
    const taste = tasteFor([LEAST, reef, MOST]);
    expect(scoresOf(taste, buildRankingIndex([]))).toEqual([]);
    expect(scoresOf(taste, buildRankingIndex([paper(1, ''), paper(2, '…')]))).toEqual([0, 0]);
    expect(rankPapers(buildRankingIndex([]), { profile: emptyProfile, taste }, 10).choices).toEqual(
      [],
    );
  });

  it('makes room for a taste of more terms than usual, and keeps what it is told', () => {
    const many = tasteFor([...Array.from({ length: 20_000 }, (_, at) => at * 7 - 9000), reef]);
    expect(scoresOf(many)).toEqual([20, 0]);
    expect(scoresOf(tasteFor([reef]))).toEqual([20, 0]);
    expect(scoresOf(many)).toEqual([20, 0]);
  });

  it('serves several editions in turn', () => {
    const day = makeDay(40);
    const editions = [day.slice(0, 10), day.slice(10), day].map((some) => buildRankingIndex(some));
    const tastes = ['reef', 'bird', 'norwai'].map((word) => tasteFor([numberOf(word)]));
    const rank = (at: number, taste: Taste) => {
      const of = editions[at] ?? index;
      return idsOf(rankPapers(of, { profile: emptyProfile, taste }, 10));
    };
    const alone = tastes.map((taste) => editions.map((_, at) => rank(at, taste)));
    const inTurn = editions.map((_, at) => tastes.map((taste) => rank(at, taste)));
    expect(inTurn).toEqual(editions.map((_, at) => alone.map((own) => own[at])));
  });
});
