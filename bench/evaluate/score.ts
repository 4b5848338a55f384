import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRows } from './files.ts';
import type { Options } from './subject.ts';

/** Prints what a scorer of the data's own folder says of predictions, with the difference to others where they are given. */
export function score(
  scorer: string,
  predictions: readonly unknown[],
  { data, split, against }: Pick<Options, 'data' | 'split' | 'against'>,
): void {
  const program = join(data, scorer);
  if (!existsSync(program)) {
    console.log(`No scorer ${program}: nothing to measure.`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'paperround-evaluate-'));
  const file = join(folder, 'predictions.jsonl');
  writeRows(file, predictions);
  const pairs = against === undefined ? [] : ['--pairs', against];
  const told = execFileSync('node', [program, '--split', split, ...pairs, file]);
  console.log(told.toString().trim());
  rmSync(folder, { recursive: true });
}
