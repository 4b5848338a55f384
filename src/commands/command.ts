import type { z } from 'zod';
import type { DeskRight, Operator } from '../core/desk/operator.ts';
import type { Outside } from '../steps/steps.ts';

/** What a command gives back: lines for people, data for scripts. */
export interface Answer<Data = unknown> {
  readonly lines: readonly string[];
  readonly data: Data;
  /** What the CLI ends with where it was done and all the same tells of something; else 0. */
  readonly exitCode?: number;
  /** True where the work is on record and goes on after this answer. */
  readonly goesOn?: boolean;
}

/**
 * One thing that can be asked for by its name, through two doors: the CLI asks for it by name, in
 * the service where one is up, else in its own process; `/api/v1` by a method and a path
 * (`http/api/operations.ts`). `args` and `answers` are what validates and what the API's
 * document is made of.
 */
export interface Command<
  Args extends z.ZodType = z.ZodType,
  Answers extends z.ZodType = z.ZodType,
> {
  readonly args: Args;
  /** What `data` is. What it does not name is not given out. */
  readonly answers: Answers;
  /** What whoever asks from afar must be allowed. */
  readonly right: DeskRight;
  /** The right for these arguments, where it is more than `right`. */
  rightFor?(args: z.infer<Args>): DeskRight;
  /** True where workers must run for it to come to its end. */
  readonly needsWorkers?: boolean;
  run(
    outside: Outside,
    args: z.infer<Args>,
    caller: Caller,
  ): Promise<Answer<Frozen<z.input<Answers>>>>;
}

/** The same, all the way down, for who only reads it. */
export type Frozen<Value> = Value extends Date
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
      : Value;

/** Hears how far long work has come: `done` of `total` (null where nobody knows) of something. */
export type Progress = (done: number, total: number | null, what: string) => void;

/** Whoever asked for a command. */
export interface Caller {
  /** Who the audit will say it was. */
  readonly actor: string;
  /** True where the answer must not wait for workers: it says how things stand, and `goesOn`. */
  readonly isHasty?: boolean;
  /**
   * Set where somebody watches. A long command calls it as often as it likes, with `what` as
   * the same plural noun throughout ("rows"); whoever shows it leaves out what comes too fast.
   */
  readonly progress?: Progress;
  /** What they may do; absent where they may do everything. */
  readonly rights?: Pick<Operator, 'role' | 'mayResendAll'>;
  /** Under this key a press of "resend" is made once, however often it is asked for. */
  readonly onceKey?: string;
}

/** Whoever has a shell on the machine. */
export const CLI: Caller = { actor: 'cli' };

/** What a fault is about, so that each door can answer in its own way. */
export type FaultKind = 'missing' | 'conflict' | 'forbidden' | 'refused';

/** A fault of whoever typed the command: its message is all they need. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly kind: FaultKind;

  /** `missing`: what is named is not there. `conflict`: it is, in another state than this needs.
   * `forbidden`: whoever asks may not do this. `refused`: anything else that they can mend. */
  constructor(message: string, kind: FaultKind = 'refused', options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Keeps a command's arguments and answers with their schemas. */
export function defineCommand<Args extends z.ZodType, Answers extends z.ZodType>(
  command: Command<Args, Answers>,
): Command<Args, Answers> {
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
