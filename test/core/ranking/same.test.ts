import fc from 'fast-check';
import { packTaste, unpackTaste } from '../../../src/core/ranking/packed-taste.ts';
import { rankPapers } from '../../../src/core/ranking/ranking.ts';
import { buildRankingIndex, joinIndexes } from '../../../src/core/ranking/ranking-index.ts';
import { type Example, learnTaste } from '../../../src/core/ranking/taste.ts';
import { emptyProfile } from '../../../src/core/reader/subscription.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { paper } from './papers.ts';
import { rankPlainly } from './plain-ranking.ts';

const AT = new Date('2026-07-09T00:00:00Z');
const DAY_MS = 86_400_000;
const words = 'coral reef shade silicon lithium radar bird night drought microbe star'.split(' ');
const names = ['Ada Writer', 'A. Writer', 'Jane van der Berg', 'J. Vanderberg', 'Wu Li'];
const categories = ['cs.CL', 'cs.LG', 'q-bio.PE', 'astro-ph'];

const some = <T>(values: readonly T[], most: number) =>
  fc.array(fc.constantFrom(...values), { maxLength: most });
const text = (most: number) => some(words, most).map((all) => all.join(' '));
const paperOf = fc.record({
  title: text(4),
  abstract: text(12),
  authors: some(names, 2).map((all) => all.map((name) => ({ name }))),
  categories: some(categories, 2),
  groupLabel: fc.constantFrom('a', 'b', 'c'),
  upvotes: fc.constantFrom(0, 0, 1, 7, 40),
  votes: fc.integer({ min: -2, max: 2 }),
});
const examples = fc.array(
  fc.record({
    kind: fc.constantFrom<Example['kind']>('library', 'more', 'less'),
    title: text(4),
    abstract: text(12),
    at: fc.integer({ min: 0, max: 90 }).map((days) => new Date(AT.getTime() - days * DAY_MS)),
  }),
  { maxLength: 6 },
);
const readers = fc.record({
  topics: some([...words, 'coral reef', 'cs.LG', 'radar bird', '?'], 5),
  fields: some(['language', 'machine-learning', 'nothing'], 2),
  exclude: fc.oneof(
    { arbitrary: fc.constant<string[]>([]), weight: 2 },
    { arbitrary: some(['drought', 'writer', 'night', 'astro-ph'], 2), weight: 1 },
  ),
  authors: fc.oneof(
    { arbitrary: fc.constant<string[]>([]), weight: 2 },
    { arbitrary: some(names, 2), weight: 1 },
  ),
  crossLists: fc.boolean(),
  surprise: fc.boolean(),
  passed: some([1, 2, 3, 5, 8], 2),
  examples,
  most: fc.constantFrom(1, 3, 4, 10),
});

describe('ranking', () => {
  it('gives what the plain way gives, bit for bit, whoever was ranked before', () => {
    const asked = fc.array(readers, { minLength: 1, maxLength: 5 });
    const days = fc.array(fc.array(paperOf, { maxLength: 25 }), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(days, asked, (papers, all) => {
        const number = (day: number, at: number) => day * 100 + at + 1;
        const index = joinIndexes(
          papers.map((of, day) =>
            buildRankingIndex(
              of.map(({ title, ...given }, at) => paper(number(day, at), title, given)),
            ),
          ),
        );
        for (const { examples: votes, passed, most, ...wishes } of all) {
          const learned = finish(learnTaste(votes, AT));
          const taste = learned && unpackTaste(packTaste(learned));
          const profile = { ...emptyProfile, ...wishes };
          const reader = { profile, taste, passed: new Set(passed) };
          expect(rankPapers(index, reader, most)).toEqual(rankPlainly(index, reader, most));
        }
      }),
      { numRuns: 300 },
    );
  });
});
