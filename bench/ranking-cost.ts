/**
 * Measures what ranking costs: readers per second over an edition of 500 papers, as the ratio
 * to a plain way that keeps hash maps and sorts every paper for every reader, and whether time
 * grows with the readers and memory does not. Run with `npx tsx bench/ranking-cost.ts`.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parsePaperList } from '../src/core/paper/paper-list.ts';
import { packTaste, unpackTaste } from '../src/core/ranking/packed-taste.ts';
import { rankPapers } from '../src/core/ranking/ranking.ts';
import { buildRankingIndex, type RankablePaper } from '../src/core/ranking/ranking-index.ts';
import { learnTaste } from '../src/core/ranking/taste.ts';
import { countTerms } from '../src/core/ranking/terms.ts';
import { fields } from '../src/core/reader/fields.ts';
import { emptyProfile, type Profile } from '../src/core/reader/subscription.ts';
import { finish } from '../src/core/reading/work.ts';

const PAPERS = 500;
const MOST = 10;
const RUNS = 5;
const TASTES = 200;
const AT = new Date('2026-07-09T00:00:00Z');

/** Marsaglia's xorshift: the same readers in every run, made one at a time. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}

const sample = parsePaperList(
  readFileSync(join(import.meta.dirname, '../sample/2025-05-07.txt'), 'utf8'),
  AT,
);
const sentences = sample.flatMap(({ abstract }) => abstract.split(/(?<=\.) /));
const titles = sample.map(({ title }) => title.split(' '));

/** Papers of the sample's words: half of two titles each, and seven sentences of any abstracts. */
function makePapers(): RankablePaper[] {
  const dice = createDice(7);
  const half = (words: readonly string[] = []) => words.slice(0, Math.ceil(words.length / 2));
  return Array.from({ length: PAPERS }, (_, id) => {
    const [category, second] = [fields[dice(40)], fields[dice(40)]];
    return {
      id,
      title: [half(titles[dice(titles.length)]), half(titles[dice(titles.length)])]
        .flat()
        .join(' '),
      abstract: Array.from({ length: 7 }, () => sentences[dice(sentences.length)]).join(' '),
      authors: Array.from({ length: 5 }, () => ({ name: `Ada${dice(90)} Writer${dice(900)}` })),
      categories: [category?.categories[0] ?? '', second?.categories[0] ?? ''],
      groupLabel: `group ${dice(25)}`,
      upvotes: dice(4) === 0 ? dice(60) : 0,
    };
  });
}

const papers = makePapers();
const index = buildRankingIndex(papers);

const tastes = Array.from({ length: TASTES }, (_, reader) => {
  const dice = createDice(reader + 1);
  const votes = Array.from({ length: 5 + dice(46) }, (_, vote) => {
    const { title = '', abstract = '' } = papers[dice(PAPERS)] ?? {};
    return {
      kind: vote % 4 === 0 ? ('less' as const) : ('more' as const),
      title,
      abstract,
      at: AT,
    };
  });
  const taste = finish(learnTaste(votes, AT));
  if (!taste) throw new Error('no votes, no taste');
  return { packed: packTaste(taste), examples: votes.length };
});

interface Reader {
  readonly profile: Profile;
  readonly taste?: number;
}
type Kind = 'topics' | 'fields' | 'votes' | 'nothing';
const kinds: readonly Kind[] = ['topics', 'fields', 'votes', 'nothing'];

/** One to five neighbouring words of titles as topics; some exclude a word or follow an author. */
function makeReader(kind: Kind, dice: (sides: number) => number): Reader {
  const phrase = () => {
    const title = titles[dice(titles.length)] ?? [];
    const from = dice(Math.max(1, title.length - 1));
    return title.slice(from, from + 1 + dice(2)).join(' ');
  };
  if (kind === 'nothing') return { profile: emptyProfile };
  const profile = {
    ...emptyProfile,
    topics: kind === 'fields' ? [] : Array.from({ length: 1 + dice(5) }, phrase),
    fields: kind === 'fields' ? [fields[dice(40)]?.id ?? '', fields[dice(40)]?.id ?? ''] : [],
    exclude: dice(3) === 0 ? [phrase()] : [],
    authors: dice(3) === 0 ? [`Ada${dice(90)} Writer${dice(900)}`] : [],
  };
  return kind === 'votes' ? { profile, taste: dice(TASTES) } : { profile };
}

/** What a digest does for a reader: the taste as the database keeps it, then the ranking. */
function rank({ profile, taste }: Reader): number {
  const kept = taste === undefined ? undefined : tastes[taste];
  const reader = { profile, taste: kept && unpackTaste(kept.packed) };
  return rankPapers(index, reader, MOST).choices.length;
}

const plainPapers = papers.map(({ title, abstract }) => countTerms(`${title}. ${abstract}`));
const plainTastes = tastes.map(({ packed }) => {
  const { terms, more, less } = unpackTaste(packed);
  return new Map(Array.from(terms, (term, at) => [term, (more[at] ?? 0) - (less[at] ?? 0)]));
});

/** The plain way: a hash map for the reader and one for each paper, every paper sorted. */
function rankPlainly({ profile, taste }: Reader): number {
  const wanted = new Map(taste === undefined ? [] : plainTastes[taste]);
  for (const topic of [...profile.topics, ...profile.fields]) {
    for (const term of countTerms(topic).keys()) wanted.set(term, 1);
  }
  const scored = plainPapers.map((counts, paper) => {
    let score = 0;
    for (const [term, count] of counts) score += count * (wanted.get(term) ?? 0);
    return { paper, score };
  });
  return scored.sort((a, b) => b.score - a.score).slice(0, MOST).length;
}

/** Readers per second, made one at a time; making them is part of it, in both ways. */
function measure(count: number, kindOf: (reader: number) => Kind, run: (reader: Reader) => number) {
  const dice = createDice(count);
  const start = performance.now();
  let chosen = 0;
  for (let reader = 0; reader < count; reader++) chosen += run(makeReader(kindOf(reader), dice));
  if (chosen === 0) throw new Error('nothing was chosen');
  return count / ((performance.now() - start) / 1000);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function times(run: () => number): number {
  return median(Array.from({ length: RUNS }, run));
}

/** Heap after a collection, and all that the process holds. */
function memory(): string {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, rss } = process.memoryUsage();
  return `heap ${Math.round(heapUsed / 1e6)} MB, resident ${Math.round(rss / 1e6)} MB`;
}

const pad = (value: number) => Math.round(value).toLocaleString('en').padStart(9);

console.log(`${PAPERS} papers, ${MOST} chosen; median of ${RUNS} runs; readers/s`);
console.log('readers with      ours    plain  ratio');
for (const kind of kinds) {
  measure(2000, () => kind, rank);
  const ours = times(() => measure(4000, () => kind, rank));
  const plain = times(() => measure(200, () => kind, rankPlainly));
  console.log(`${kind.padEnd(12)}${pad(ours)}${pad(plain)}  ${(ours / plain).toFixed(1)}`);
}
console.log('mixed readers, a quarter of each kind');
for (const count of [1000, 10_000, 100_000]) {
  const mixed = (reader: number) => kinds[reader % kinds.length] ?? 'topics';
  const speed = measure(count, mixed, rank);
  const seconds = (count / speed).toFixed(2).padStart(6);
  console.log(`${pad(count)} readers ${seconds} s ${pad(speed)}/s  ${memory()}`);
}
