import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { startWorkers } from '../../workers/start.ts';
import { type Answer, CLI, type Progress } from '../commands/command.ts';
import { type CommandName, commands, runCommand } from '../commands/commands.ts';
import { type Config, readConfig } from '../config.ts';
import { createContext } from '../context.ts';
import { createLog } from '../log.ts';
import { explain } from '../process.ts';
import { callService, lockData } from '../socket.ts';
import { openProgress } from './progress.ts';

const GRACE_MS = 10_000;

/** Runs a command by its name and prints its answer, into `out` where one is named, or (null) nowhere. */
export type Execute = (
  name: CommandName,
  args: unknown | (() => Promise<unknown>),
  out?: string | null,
) => Promise<void>;

/** Prints what came of something that needs neither a database nor a service, or the fault in a sentence. */
export type Report = (make: () => Promise<Answer>) => Promise<void>;

/** Asks for a command's answer, in the running sandbox where there is one. */
export type Run = (
  name: CommandName,
  args: unknown,
  config?: Config,
  progress?: Progress,
) => Promise<Answer>;

/** What the commands of a program print with: data where it was called with `--json`, else lines. */
export function createPrinter(program: Command): { execute: Execute; report: Report } {
  const isJson = () => program.opts<{ json?: boolean }>().json === true;
  const tell = (answer: Answer) =>
    isJson() ? JSON.stringify(answer.data, null, 2) : answer.lines.join('\n');

  const execute: Execute = (name, given, out) =>
    endWithFault(async () => {
      const args = typeof given === 'function' ? await given() : given;
      const bar = isJson() ? undefined : openProgress(process.stderr);
      const answer = await runWhereItBelongs(name, args, readConfig(), bar?.progress).finally(() =>
        bar?.close(),
      );
      if (answer.exitCode) process.exitCode = answer.exitCode;
      if (out === undefined) process.stdout.write(`${tell(answer)}\n`);
      else if (out !== null) {
        await writeFile(out, tell(answer));
        process.stderr.write(`written to ${out}\n`);
      }
    });

  const report: Report = (make) =>
    endWithFault(async () => {
      const answer = await make();
      if (answer.exitCode) process.exitCode = answer.exitCode;
      process.stdout.write(`${tell(answer)}\n`);
    });
  return { execute, report };
}

/** A fault becomes a sentence and exit code 1. */
export async function endWithFault(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

/** In the running sandbox if there is one; else here, with workers of our own where the command needs them. */
export const runWhereItBelongs: Run = async (name, args, config = readConfig(), progress) => {
  const log = createLog(config.logLevel);
  const isSandbox = config.mode === 'sandbox';
  if (isSandbox) {
    const called = await callService<Answer>(config.dataDir, { name, args }, progress);
    if (called) return called.result;
  }
  const lock = isSandbox ? await lockData(config.dataDir) : undefined;
  try {
    const context = await createContext(config, log);
    try {
      if (isSandbox) await context.outside.store.senders.endAll();
      const isWorking = isSandbox && commands[name].needsWorkers === true;
      const workers = isWorking ? await startWorkers(context) : undefined;
      const caller = progress ? { ...CLI, progress } : CLI;
      try {
        return await runCommand(context.outside, { name, args }, caller);
      } finally {
        await workers?.stop(GRACE_MS);
      }
    } finally {
      await context.close();
    }
  } finally {
    await lock?.release();
  }
};
