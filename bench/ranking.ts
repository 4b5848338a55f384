/**
 * Measures the ranking on the public dev data beside the repository: nDCG@10 of a day's papers
 * by votes alone, then with topics, and of new papers by real libraries of titles. Run with
 * `npx tsx bench/ranking.ts`.
 */

import { rankPapers } from '../src/core/ranking/ranking.ts';
import { buildRankingIndex, type RankingIndex } from '../src/core/ranking/ranking-index.ts';
import { type Example, learnTaste } from '../src/core/ranking/taste.ts';
import { emptyProfile } from '../src/core/reader/subscription.ts';
import { finish } from '../src/core/reading/work.ts';
import { hasData, readLines, score } from './data.ts';

interface Text {
  readonly id: string;
  readonly title: string;
  readonly abstract?: string;
}
interface Case {
  readonly case: string;
  readonly topics: readonly string[];
  readonly ups: readonly string[];
}
type Texts = ReadonlyMap<string, Text>;
/** Papers by the place that their index knows them by. */
interface Day {
  readonly papers: readonly string[];
  readonly index: RankingIndex;
}

const AT = new Date('2026-01-01T00:00:00Z');
/** The scorers read so many. */
const MOST = 100;

function readTexts(name: string): Texts {
  return new Map(readLines<Text>(name).map((text) => [text.id, text]));
}

function indexDay(papers: readonly string[], texts: Texts): Day {
  const rankable = papers.map((paper, id) => {
    const { title = '', abstract = '' } = texts.get(paper) ?? {};
    return { id, title, abstract, authors: [], categories: [], groupLabel: '' };
  });
  return { papers, index: buildRankingIndex(rankable) };
}

/** Ranks a day for one case by examples of one kind, and by topics where given. */
function rankCase(
  { papers, index }: Day,
  given: { texts: Texts; ups: readonly string[]; kind: Example['kind']; topics?: Case['topics'] },
): (string | undefined)[] {
  const examples = given.ups.flatMap((up) => {
    const { title, abstract = '' } = given.texts.get(up) ?? {};
    return title === undefined ? [] : [{ title, abstract, kind: given.kind, at: AT }];
  });
  const profile = { ...emptyProfile, surprise: false, topics: given.topics ?? [] };
  const reader = { profile, taste: finish(learnTaste(examples, AT)) };
  return rankPapers(index, reader, MOST).choices.map(({ paper }) => papers[paper]);
}

/** Readers of a day of some 200 papers who voted on 8 to 20. */
function measureAuthors(): void {
  const texts = readTexts('authors.papers.jsonl.gz');
  const days = new Map(
    readLines<{ day: string; papers: string[] }>('authors.days.jsonl.gz').map(({ day, papers }) => [
      day,
      indexDay(papers, texts),
    ]),
  );
  const cases = readLines<Case & { day: string }>('authors.cases.jsonl.gz');
  for (const withTopics of [false, true]) {
    const predictions = cases.map(({ case: id, day, ups, topics }) => {
      const wishes = { texts, ups, kind: 'more' as const, ...(withTopics ? { topics } : {}) };
      const given = days.get(day);
      return { case: id, ranked: given ? rankCase(given, wishes) : [] };
    });
    console.log(withTopics ? 'authors, by votes and topics' : 'authors, by votes');
    score('score-rank.js', predictions, ['--task', 'authors']);
  }
}

/** Libraries of 5 to 218 titles, and 2,717 new titles. */
function measureLibraries(): void {
  const items = readLines<Text & { cand: number }>('citeulike.items.jsonl.gz');
  const texts = new Map(items.map((item) => [item.id, item]));
  const fresh = items.filter(({ cand }) => cand === 1).map(({ id }) => id);
  const day = indexDay(fresh, texts);
  const predictions = readLines<Case>('citeulike.cases.jsonl.gz').map(({ case: id, ups }) => ({
    case: id,
    ranked: rankCase(day, { texts, ups, kind: 'library' }),
  }));
  console.log('citeulike, by library');
  score('score-rank.js', predictions, ['--task', 'citeulike']);
}

if (hasData()) {
  measureAuthors();
  measureLibraries();
}
