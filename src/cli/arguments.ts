import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import { parseDay } from '../core/reader/weekdays.ts';

/** Collects an option that may be repeated. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** A whole number, or commander's own error. */
export function parseNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

/** Weekdays between commas, by number or name, or commander's own error. */
export function parseDays(text: string): number[] {
  return text.split(',').map((typed) => {
    const day = parseDay(typed);
    if (day === undefined) throw new InvalidArgumentError('Days are such as mon,thu or 1,4.');
    return day;
  });
}

/** The text of a file; `-` is standard input. */
export async function readSource(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch((error: Error) => {
    // Reading a folder fails without saying which.
    throw Object.assign(error, { path: file });
  });
}

/** Lets a list be read in pages: so many rows, from one row or from a cursor on. */
export function addPaging(list: Command, by: 'after' | 'before'): Command {
  return list
    .option(`--${by} <id>`, 'go on after the row of this id', parseNumber)
    .option('--cursor <cursor>', 'go on where a page ended, as it says below it')
    .option('--most <count>', 'at most so many', parseNumber);
}

/** The options of a list under the names of its command. */
export function pageOf({ most, ...options }: Record<string, unknown>): Record<string, unknown> {
  return most === undefined ? options : { ...options, limit: most };
}
