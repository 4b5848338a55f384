/**
 * Measures summaries, groups and duplicates on the public dev data beside the repository
 * (`../shared/bench`, with its scorers). Run with `npx tsx bench/reading.ts`; says so and
 * stops where the data is absent.
 */
import { findDuplicates } from '../src/core/reading/duplicates.ts';
import { groupPapers } from '../src/core/reading/groups.ts';
import { summarisePaper } from '../src/core/reading/summary.ts';
import { finish } from '../src/core/reading/work.ts';
import { hasData, readLines, score } from './data.ts';

interface BenchPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

function timed<T>(name: string, run: () => T): T {
  const start = performance.now();
  const result = run();
  console.log(`${name}: ${Math.round(performance.now() - start)} ms`);
  return result;
}

function main(): void {
  if (!hasData()) return;
  const abstracts = readLines<BenchPaper>('scitldr.input.jsonl.gz');
  const summaries = timed(`${abstracts.length} summaries`, () =>
    abstracts.map((paper) => ({ id: paper.id, summary: summarisePaper(paper) })),
  );
  score('score-summary.js', summaries);

  const days = readLines<{ day: string; papers: BenchPaper[] }>('groups.days.jsonl.gz');
  const grouped = timed(`${days.length} days of papers grouped`, () =>
    days.map(({ day, papers }) => {
      const groups = finish(groupPapers(papers)).map(({ label, members }) => ({
        label,
        ids: members.map((member) => papers[member]?.id),
      }));
      return { day, groups };
    }),
  );
  score('score-groups.js', grouped);

  const many = days.flatMap(({ papers }) => papers).slice(0, 2000);
  timed(`${many.length} papers grouped at once`, () => finish(groupPapers(many)));
  const mains = timed(`${many.length} papers searched for duplicates`, () =>
    finish(findDuplicates(many)),
  );
  console.log(`${mains.filter((main, paper) => main !== paper).length} duplicates`);
}

main();
