import { join } from 'node:path';
import { figureOf, gainAtTen, tell } from '../../src/core/ranking/figures.ts';
import { findFile, readRows, taskOf, writeRows } from './files.ts';
import { type Asked, rankCase, readTask, spread, type Task } from './ranking-task.ts';
import type { Options, Subject } from './subject.ts';

const WHOLE: Asked = {
  votes: Number.POSITIVE_INFINITY,
  withTopics: false,
  isPromise: true,
  withOthers: true,
};
const kinds: Readonly<Record<string, Partial<Asked>>> = {
  votes: {},
  topics: { votes: 0, withTopics: true },
  both: { withTopics: true },
};
/** How a ranking grows with what is known of its reader. */
const CURVE = [0, 1, 2, 3, 5, 10, 20];

/** Personal ranking: cases of people, each with a day's papers. */
export const ranking: Subject = {
  predict({ input, output, by, data, split, task: asName }) {
    const name = asName ?? taskOf(input) ?? 'authors';
    const task = readTask(input, { name, folder: join(data, split) });
    const asked = { ...WHOLE, ...kinds[by] };
    const rows = task.cases.map((of) => ({ case: of.case, ranked: rankCase(task, of, asked) }));
    writeRows(output, rows);
  },
  measure(options) {
    for (const name of ['authors', 'citeulike']) {
      if (options.task !== undefined && options.task !== name) continue;
      const file = findFile(join(options.data, options.split), `${name}.cases.jsonl`);
      if (file) measureTask(name, file, options);
    }
  },
};

function measureTask(name: string, file: string, options: Options): void {
  const task = readTask(file, { name, folder: join(options.data, options.split) });
  const measured = task.cases.filter(({ sample }) => sample === undefined || sample === 1);
  const cases = spread(measured, options.cases ?? measured.length);
  const print = (what: string, asked: Partial<Asked>) => {
    const start = performance.now();
    const gains = gainsOf({ ...task, cases }, { ...WHOLE, ...asked });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${name}, ${what}: ${tell(figureOf(gains))} (${seconds} s)`);
    return gains;
  };
  const gains = print(task.kind === 'more' ? 'votes alone' : 'library alone', {});
  print('the same without stored papers', { withOthers: false });
  if (options.against) compare(options.against, { ...task, cases }, gains);
  if (task.kind !== 'more') return;
  for (const votes of CURVE) {
    if (votes > 0) print(`${votes} votes`, { votes });
    print(`${votes} votes and topics`, { votes, withTopics: true, isPromise: false });
    print(`${votes} votes and topics, as a digest`, { votes, withTopics: true });
  }
}

function gainsOf(task: Task, asked: Asked): number[] {
  return task.cases.map((of) =>
    gainAtTen(rankCase(task, of, asked), task.wanted.get(of.case) ?? []),
  );
}

function compare(file: string, { cases, wanted }: Task, gains: readonly number[]): void {
  const rows = readRows<{ case: string; ranked: string[] }>(file);
  const rankedOf = new Map(rows.map(({ case: id, ranked }) => [id, ranked]));
  const differences = cases.map(
    ({ case: id }, at) =>
      (gains[at] ?? 0) - gainAtTen(rankedOf.get(id) ?? [], wanted.get(id) ?? []),
  );
  console.log(`  against ${file}: ${tell(figureOf(differences))}`);
}
