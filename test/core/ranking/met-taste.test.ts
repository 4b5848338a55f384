import fc from 'fast-check';
import { scoreTaste, shareTaste } from '../../../src/core/ranking/met-taste.ts';
import { packTaste, unpackTaste } from '../../../src/core/ranking/packed-taste.ts';
import { buildRankingIndex, type RankingIndex } from '../../../src/core/ranking/ranking-index.ts';
import { type Example, learnTaste, type Taste } from '../../../src/core/ranking/taste.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { paper } from './papers.ts';

const words =
  'reef coral shade silicon lithium battery radar bird night soil drought microbe probe star'.split(
    ' ',
  );
const texts = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 });
const at = new Date('2026-03-02T07:00:00Z');
const examples = fc.array(
  fc.record({
    kind: fc.constantFrom<Example['kind']>('library', 'more', 'less'),
    title: texts.map((some) => some.join(' ')),
    abstract: texts.map((some) => some.join(' ')),
    at: fc.integer({ min: 0, max: 90 }).map((days) => new Date(at.getTime() - days * 86_400_000)),
  }),
  { minLength: 1, maxLength: 20 },
);
const editions = fc.array(texts, { minLength: 1, maxLength: 30 });

/** The plain way: every paper's terms are looked up in a map of the taste's. */
function scorePlainly(index: RankingIndex, taste: Taste, times: number): number[] {
  const placeOf = new Map([...taste.terms].map((term, place) => [term, place]));
  return index.papers.map(({ vector }) => {
    let score = 0;
    for (const [own, term] of vector.terms.entries()) {
      const place = placeOf.get(term);
      if (place === undefined) continue;
      const { library, more, less } = taste;
      const net = (library[place] ?? 0) + (more[place] ?? 0) - (less[place] ?? 0);
      score += times * net * (vector.weights[own] ?? 0);
    }
    return score;
  });
}

function sharePlainly(index: RankingIndex, taste: Taste, place: number) {
  const share = { library: 0, more: 0, less: 0 };
  const byEntry = new Map<number, number>();
  const { terms, weights } = index.papers[place]?.vector ?? { terms: [], weights: [] };
  for (const [own, term] of terms.entries()) {
    const known = taste.terms.indexOf(term);
    if (known < 0) continue;
    const weight = weights[own] ?? 0;
    const library = (taste.library[known] ?? 0) * weight;
    share.library += library;
    share.more += (taste.more[known] ?? 0) * weight;
    share.less += (taste.less[known] ?? 0) * weight;
    const holders = library > 0 ? (taste.holders[known] ?? []) : [];
    for (const entry of holders) {
      byEntry.set(entry, (byEntry.get(entry) ?? 0) + library / holders.length);
    }
  }
  const most = Math.max(0, ...byEntry.values());
  const like = [...byEntry.values()].filter((given) => given > 0 && given >= most / 2);
  return { ...share, likeEntries: like.length };
}

function prepare(titles: readonly string[][], examplesOf: readonly (readonly Example[])[]) {
  const index = buildRankingIndex(titles.map((title, id) => paper(id + 1, title.join(' '))));
  const tastes = examplesOf.flatMap((some) => finish(learnTaste(some, at)) ?? []);
  return { index, tastes: tastes.map((taste) => unpackTaste(packTaste(taste))) };
}

describe('a taste that meets an index', () => {
  it('scores every paper as the plain way does, bit for bit, whoever was scored before', () => {
    fc.assert(
      fc.property(editions, fc.array(examples, { minLength: 1, maxLength: 4 }), (titles, given) => {
        const { index, tastes } = prepare(titles, given);
        for (const taste of [...tastes, ...tastes]) {
          const scores = new Float64Array(index.papers.length);
          scoreTaste(index, taste, { scores, times: 20 });
          expect([...scores]).toEqual(scorePlainly(index, taste, 20));
        }
      }),
    );
  });

  it('shares a score among library and votes as the plain way does, bit for bit', () => {
    fc.assert(
      fc.property(editions, fc.array(examples, { minLength: 1, maxLength: 4 }), (titles, given) => {
        const { index, tastes } = prepare(titles, given);
        for (const taste of tastes) {
          scoreTaste(index, taste, { scores: new Float64Array(index.papers.length), times: 20 });
          for (const place of index.papers.keys()) {
            expect(shareTaste(index, place)).toEqual(sharePlainly(index, taste, place));
          }
        }
      }),
    );
  });
});
