import { startWorkers } from '../../workers/start.ts';
import { type Answer, CLI, type Progress } from '../commands/command.ts';
import { type CommandName, commands, runCommand } from '../commands/commands.ts';
import { type Config, readConfig } from '../process/config.ts';
import { createContext } from '../process/context.ts';
import { createLog } from '../process/log.ts';
import { callService, lockData } from '../process/socket.ts';

const GRACE_MS = 10_000;

/** Asks for a command's answer, in the running sandbox where there is one. */
export type Run = (
  name: CommandName,
  args: unknown,
  config?: Config | undefined,
  progress?: Progress,
) => Promise<Answer>;

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
