import type { z } from 'zod';
import type { Outside } from '../steps/steps.ts';

/** What a command gives back: lines for people, data for scripts. */
export interface Answer {
  readonly lines: readonly string[];
  readonly data: unknown;
  /** What the CLI ends with where it was done and all the same tells of something; else 0. */
  readonly exitCode?: number;
}

/** One thing that can be asked for by its name; it runs in the service where one is up, else in the CLI's own process. */
export interface Command<Schema extends z.ZodType = z.ZodType> {
  readonly args: Schema;
  /** True where workers must run for it to come to its end. */
  readonly needsWorkers?: boolean;
  run(outside: Outside, args: z.infer<Schema>, caller: Caller): Promise<Answer>;
}

/** Whoever asked for a command. */
export interface Caller {
  /** Who the audit will say it was. */
  readonly actor: string;
}

/** Whoever has a shell on the machine. */
export const CLI: Caller = { actor: 'cli' };

/** A fault of whoever typed the command: its message is all they need. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Keeps a command's arguments and their schema together. */
export function defineCommand<Schema extends z.ZodType>(command: Command<Schema>): Command<Schema> {
  return command;
}

/** Rows in columns as wide as their widest cell, with a head; one line where there are none. */
export function buildTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): string[] {
  if (rows.length === 0) return [none];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
