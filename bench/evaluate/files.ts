import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** The rows of a file of JSON lines, packed by gzip or not. */
export function readRows<Row>(file: string): Row[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Row => JSON.parse(line));
}

/** Writes rows as JSON lines, packed where the name says so. */
export function writeRows(file: string, rows: readonly unknown[]): void {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(file, file.endsWith('.gz') ? gzipSync(text) : text);
}

/** The file of this name in a folder, packed or not; undefined where there is none. */
export function findFile(folder: string, name: string): string | undefined {
  return [`${name}.gz`, name].map((each) => join(folder, each)).find(existsSync);
}

/** The task that a file of cases is named for: `authors` of `authors.cases.jsonl.gz`. */
export function taskOf(file: string): string | undefined {
  return /^(.+)\.cases\.jsonl(?:\.gz)?$/.exec(basename(file))?.[1];
}
