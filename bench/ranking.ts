/**
 * Measures the ranking on the public dev data beside the repository: nDCG@10 of a day's papers
 * by votes alone, then with topics. Run with `npx tsx bench/ranking.ts`.
 */
import { rankPapers } from '../src/core/ranking/ranking.ts';
import { buildRankingIndex } from '../src/core/ranking/ranking-index.ts';
import { learnTaste } from '../src/core/ranking/taste.ts';
import { emptyProfile } from '../src/core/reader/subscription.ts';
import { hasData, readLines, score } from './data.ts';

interface Text {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}
interface Case {
  readonly case: string;
  readonly day: string;
  readonly topics: readonly string[];
  readonly ups: readonly string[];
}

function main(): void {
  if (!hasData()) return;
  const texts = new Map(readLines<Text>('authors.papers.jsonl.gz').map((text) => [text.id, text]));
  const days = new Map(
    readLines<{ day: string; papers: string[] }>('authors.days.jsonl.gz').map(({ day, papers }) => {
      const rankable = papers.map((id, at) => {
        const { title = '', abstract = '' } = texts.get(id) ?? {};
        return { id: at, title, abstract, authors: [], categories: [], groupLabel: '' };
      });
      return [day, { papers, index: buildRankingIndex(rankable) }];
    }),
  );
  const at = new Date('2026-01-01T00:00:00Z');
  const cases = readLines<Case>('authors.cases.jsonl.gz');
  for (const withTopics of [false, true]) {
    const predictions = cases.map(({ case: id, day, topics, ups }) => {
      const taste = learnTaste(
        ups.flatMap((up) => {
          const text = texts.get(up);
          return text ? [{ ...text, kind: 'more' as const, at }] : [];
        }),
        at,
      );
      const profile = { ...emptyProfile, surprise: false, topics: withTopics ? topics : [] };
      const given = days.get(day);
      const { choices } = given
        ? rankPapers(given.index, { profile, taste }, 100)
        : { choices: [] };
      return { case: id, ranked: choices.map(({ paper }) => given?.papers[paper]) };
    });
    console.log(withTopics ? 'votes and topics' : 'votes');
    score('score-rank.js', predictions, ['--task', 'authors']);
  }
}

main();
