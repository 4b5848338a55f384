import {
  countBackground,
  packBackground,
  rarityOf,
  unpackBackground,
} from '../../../src/core/ranking/background.ts';
import { buildRankingIndex } from '../../../src/core/ranking/ranking-index.ts';
import { vectorOf } from '../../../src/core/ranking/taste.ts';
import { countTerms, numberOf } from '../../../src/core/ranking/terms.ts';

const titles = [
  'zebrafish qualia',
  'zebrafish qualia of trout',
  'zebrafish under water',
  'mice under stress',
];
const background = countBackground(
  titles.map((title) => Int32Array.from(countTerms(title).keys())),
);
const rarity = (word: string) => rarityOf(numberOf(word), { background });

describe('a background', () => {
  it('finds a term rarer the fewer of the stored texts use it', () => {
    expect(background.texts).toBe(4);
    expect(rarity('zebrafish')).toBeLessThan(rarity('qualia'));
  });

  it('lets what a single text uses count a third', () => {
    expect(rarity('trout')).toBeLessThan(rarity('qualia') / 2);
  });

  it('lets it count in full where two papers of an edition use it', () => {
    const paper = (id: number, title: string) => ({
      ...{ id, title, abstract: '', authors: [], categories: [], groupLabel: '' },
    });
    const index = buildRankingIndex(
      [paper(1, 'axolotl limbs'), paper(2, 'axolotl gills'), paper(3, 'mice')],
      background,
    );
    const weightOf = (place: number, word: string) => {
      const { terms, weights } =
        index.papers[place]?.vector ?? vectorOf({ title: '', abstract: '' });
      return weights[terms.indexOf(numberOf(word))] ?? 0;
    };
    expect(weightOf(0, 'axolotl')).toBeGreaterThan(2 * weightOf(0, 'limb'));
  });

  it('is the same after it was packed', () => {
    expect(unpackBackground(packBackground(background))).toEqual(background);
  });
});
