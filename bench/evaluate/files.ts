import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

/** The file that lies beside another and is named like it, but for one part: `authors.papers` of `authors.cases`. */
export function fileBeside(file: string, from: string, to: string): string | undefined {
  const name = basename(file).replace(/\.gz$/, '').replace(`.${from}.`, `.${to}.`);
  return findFile(dirname(file), name);
}
