import { watchAlarms } from '../workers/alarms.ts';
import { createApp } from './http/app.ts';
import { openHealthPort } from './http/signals/signals.ts';
import { createContext, openInbound } from './process/context.ts';
import { assertQueue, beginProcess, endGracefully, runProcess } from './process/process.ts';

/** The pages alone, beside any number of worker processes. */
export function startServer(): Promise<void> {
  return runProcess(async () => {
    const { config, log } = beginProcess();
    if (config.mode === 'sandbox') throw new Error(needsService('server'));
    const context = await createContext(config, log);
    assertQueue(context);
    const app = await createApp(context);
    const health = await openHealthPort(context.outside, app);
    await app.listen({ host: config.http.host, port: config.http.port });
    const inbound = await openInbound(context);
    // Where no worker runs, nobody else could say so.
    const alarms = watchAlarms(context);
    log.info({ host: config.http.host, port: config.http.port }, 'the server listens');
    endGracefully({ log, graceMs: config.process.graceMs }, async () => {
      alarms.stop();
      await app.close();
      await health?.close();
      await inbound.close();
      await context.close();
    });
  });
}

/** Why a part of the service cannot run on the embedded database. */
export function needsService(part: string): string {
  return `"${part}" runs beside other processes and needs DATABASE_URL, REDIS_URL and SMTP_URL; the sandbox is one process: npm start`;
}
