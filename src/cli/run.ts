import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Answer } from '../commands/command.ts';
import type { CommandName } from '../commands/commands.ts';
import { showControls } from '../core/text/controls.ts';
import { openProgress } from './progress.ts';
import type { Run } from './run-here.ts';

export type { Run } from './run-here.ts';

/** Runs a command by its name and prints its answer, into `out` where one is named, or (null) nowhere. */
export type Execute = (
  name: CommandName,
  args: unknown | (() => Promise<unknown>),
  out?: string | null,
) => Promise<void>;

/** Prints what came of something that needs neither a database nor a service, or the fault in a sentence. */
export type Report = (make: () => Promise<Answer>) => Promise<void>;

/** What the commands of a program print with: data where it was called with `--json`, else lines. */
export function createPrinter(program: Command): { execute: Execute; report: Report } {
  const isJson = () => program.opts<{ json?: boolean }>().json === true;
  const tell = (answer: Answer) =>
    isJson() ? JSON.stringify(answer.data, null, 2) : answer.lines.join('\n');
  const print = (answer: Answer) =>
    process.stdout.write(`${isJson() ? tell(answer) : showControls(tell(answer))}\n`);

  const execute: Execute = (name, given, out) =>
    endWithFault(async () => {
      const args = typeof given === 'function' ? await given() : given;
      const bar = isJson() ? undefined : openProgress(process.stderr);
      const answer = await runWhereItBelongs(name, args, undefined, bar?.progress).finally(() =>
        bar?.close(),
      );
      if (answer.exitCode) process.exitCode = answer.exitCode;
      if (out === undefined) print(answer);
      else if (out !== null) {
        await writeFile(out, tell(answer));
        process.stderr.write(`written to ${out}\n`);
      }
    });

  const report: Report = (make) =>
    endWithFault(async () => {
      const answer = await make();
      if (answer.exitCode) process.exitCode = answer.exitCode;
      print(answer);
    });
  return { execute, report };
}

/** A fault becomes a sentence and exit code 1. */
export async function endWithFault(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { explain } = await import('../process/process.ts');
    process.stderr.write(`${showControls(explain(error))}\n`);
    process.exitCode = 1;
  }
}

/** In the running sandbox if there is one; else here, with workers of our own where the command needs them. */
export const runWhereItBelongs: Run = async (...asked) =>
  // What only prints its help loads nothing of this.
  (await import('./run-here.ts')).runWhereItBelongs(...asked);
