import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const bench = resolve(import.meta.dirname, '../../shared/bench');

/** Whether the public dev data lies beside the repository; says so where it does not. */
export function hasData(): boolean {
  const isThere = existsSync(join(bench, 'dev'));
  if (!isThere) console.log(`No data in ${bench}: nothing to measure.`);
  return isThere;
}

/** The rows of one file of the dev data. */
export function readLines<T>(name: string): T[] {
  const text = gunzipSync(readFileSync(join(bench, 'dev', name))).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): T => JSON.parse(line));
}
