import { openHealthPort } from '../src/http/signals/signals.ts';
import { createContext } from '../src/process/context.ts';
import { assertQueue, beginProcess, endGracefully, runProcess } from '../src/process/process.ts';
import { needsService } from '../src/server.ts';
import { startWorkers } from './start.ts';

/** The workers alone: any number of these processes, on any number of machines. */
export function runWorkers(): Promise<void> {
  return runProcess(async () => {
    const { config, log } = beginProcess();
    if (config.mode === 'sandbox') throw new Error(needsService('workers'));
    const context = await createContext(config, log);
    assertQueue(context);
    const health = await openHealthPort(context.outside);
    const workers = await startWorkers(context);
    log.info('the workers run');
    endGracefully({ log, graceMs: config.process.graceMs }, async (graceMs) => {
      await workers.stop(graceMs);
      await health?.close();
      await context.close();
    });
  });
}
