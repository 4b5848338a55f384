/**
 * Learns the weights of `src/core/reading/sentence-score.ts` from the train part of SciTLDR beside
 * the repository (`../shared/bench`): ridge regression of each sentence's ROUGE-1, within its
 * abstract, on what can be read off it. Prints figures, no text. Run with `npx tsx
 * bench/learn-summaries.ts`.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { featuresOf } from '../src/core/reading/sentence-score.ts';
import { tellAbstract } from '../src/core/reading/summary.ts';
import { trimSentence } from '../src/core/reading/trims.ts';
import { hasData, readLines } from './data.ts';

const RIDGE = 5;
const rouge = createRequire(import.meta.url)(
  join(resolve(import.meta.dirname, '../../shared/bench'), 'lib/rouge.js'),
) as { rougeMulti(text: string, references: readonly string[]): { r1: number } };

interface Row {
  readonly features: readonly number[];
  readonly score: number;
}

function centre(rows: readonly Row[]): Row[] {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const score = mean(rows.map((row) => row.score));
  const means = (rows[0]?.features ?? []).map((_, at) =>
    mean(rows.map((row) => row.features[at] ?? 0)),
  );
  return rows.map((row) => ({
    score: row.score - score,
    features: row.features.map((value, at) => value - (means[at] ?? 0)),
  }));
}

/** Gauss and Jordan on the normal equations. */
function solve(rows: readonly Row[], size: number): number[] {
  const cells = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size + 1 }, (_, j) =>
      rows.reduce(
        (sum, { features, score }) =>
          sum + (features[i] ?? 0) * (j < size ? (features[j] ?? 0) : score),
        i === j ? RIDGE : 0,
      ),
    ),
  );
  for (const [at, pivotRow] of cells.entries()) {
    const pivot = pivotRow[at] ?? 1;
    for (const [column, value] of pivotRow.entries()) pivotRow[column] = value / pivot;
    for (const row of cells) {
      if (row === pivotRow) continue;
      const factor = row[at] ?? 0;
      for (const [column, value] of pivotRow.entries())
        row[column] = (row[column] ?? 0) - factor * value;
    }
  }
  return cells.map((row) => row[size] ?? 0);
}

function main(): void {
  if (!hasData()) return;
  const targets = new Map(
    readLines<{ id: string; target: string[] }>('scitldr.gold.jsonl.gz').map((row) => [
      row.id,
      row.target,
    ]),
  );
  const papers = readLines<{ id: string; set: string; title: string; abstract: string }>(
    'scitldr.input.jsonl.gz',
  ).filter(({ set }) => set === 'train');
  let names: string[] = [];
  const rows = papers.flatMap((paper) => {
    const sentences = tellAbstract(paper).map(({ text }) => text);
    const features = featuresOf(paper.title, sentences);
    names = Object.keys(features[0] ?? {});
    return centre(
      sentences.map((sentence, at) => ({
        features: Object.values(features[at] ?? {}),
        score: rouge.rougeMulti(trimSentence(sentence), targets.get(paper.id) ?? []).r1,
      })),
    );
  });
  console.log(`${papers.length} abstracts, ${rows.length} sentences`);
  for (const [at, weight] of solve(rows, names.length).entries()) {
    console.log(`  ${names[at]}: ${weight.toFixed(3)},`);
  }
}

main();
