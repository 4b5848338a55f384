import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startWorkers } from '../workers/start.ts';
import { CLI } from './commands/command.ts';
import { runCommand } from './commands/commands.ts';
import { createApp } from './http/app.ts';
import { openHealthPort } from './http/signals/signals.ts';
import type { Config } from './process/config.ts';
import { type Context, createContext, openInbound } from './process/context.ts';
import { findPackage } from './process/package.ts';
import { beginProcess, endGracefully, runProcess } from './process/process.ts';
import { lockData } from './process/socket.ts';
import { loadSample, SAMPLE_DATE } from './steps/editions/sample.ts';
import { planWork } from './steps/plan.ts';

/** `npm start`: everything in one process; in the sandbox, with the sample's whole morning at the first start. */
await runProcess(async () => {
  const { config, log } = beginProcess();
  const isSandbox = config.mode === 'sandbox';
  say(
    isSandbox ? introduction(config) : `${config.site.name} ${config.version} starts as a service.`,
  );
  const lock = isSandbox ? await lockData(config.dataDir) : undefined;
  const context = await createContext(config, log);
  // The embedded database has one user: whoever sent before us is gone.
  if (isSandbox) await context.outside.store.senders.endAll();
  const app = await createApp(context);
  const health = await openHealthPort(context.outside, app);
  await app.listen({ host: config.http.host, port: config.http.port });
  const inbound = await openInbound(context);
  const sample = isSandbox ? await openSample(context) : undefined;
  const workers = await startWorkers(context, (step, line) => say(`  ${step.padEnd(8)} ${line}`));
  lock?.answer((call, progress) => runCommand(context.outside, call, { ...CLI, progress }));
  endGracefully({ log, graceMs: config.process.graceMs }, async (graceMs) => {
    await app.close();
    await health?.close();
    await inbound.close();
    await workers.stop(graceMs);
    await context.close();
    await lock?.release();
  });
  if (sample) await waitForMorning(context, sample.editionId);
  say(whereToLook(config, context));
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function introduction({ site, version, sending }: Config): string {
  const mail =
    sending.relays.length > 0
      ? 'Mail goes out through SMTP_URL.'
      : 'Mail is caught on this machine and reaches nobody.';
  return [
    `${site.name} ${version}: the sandbox, for trying it out on one machine, not for running a service.`,
    `Database and queue are embedded in one folder. ${mail}`,
    'To leave it, set DATABASE_URL, REDIS_URL and SMTP_URL: docs/running.md says how.',
    '',
  ].join('\n');
}

/** Loads the sample at the very first start. */
async function openSample(context: Context) {
  const { config } = context.outside;
  const file = join(config.root, 'sample', `${SAMPLE_DATE}.txt`);
  const sample = await loadSample(context.outside, await readFile(file, 'utf8'));
  if (sample) {
    say(`One morning on the bundled sample (${SAMPLE_DATE}):`);
    say(
      `  ingest   ${sample.papers} sample papers read, ${sample.readers} sample readers with different interests`,
    );
  }
  return sample;
}

/** The planner looks only twice a minute; a newcomer should not have to wait for it. */
async function waitForMorning({ outside }: Context, editionId: number): Promise<void> {
  const { store } = outside;
  for (let tries = 0; tries < 300; tries += 1) {
    const states = await store.deliveries.countByStateOfEdition(editionId);
    const isOpen = states.some(({ state }) => state === 'ready' || state === 'sending');
    if (states.length > 0 && !isOpen) return;
    if (tries % 10 === 9) await planWork(outside);
    await wait(100);
  }
}

function whereToLook({ http }: Config, { outbox }: Context): string {
  const at = `http://${http.host === '127.0.0.1' ? 'localhost' : http.host}:${http.port}`;
  return [
    '',
    'Look here:',
    `  ${at}/                     what readers see first`,
    ...(outbox ? [`  ${at}/outbox               the digests, as they arrived`] : []),
    `  ${at}/editions/${SAMPLE_DATE}  the sample's web edition`,
    '',
    `Go on: ${findPackage().command} --help      Stop: Ctrl+C`,
  ].join('\n');
}
