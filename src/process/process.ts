import closeWithGrace from 'close-with-grace';
import { TemplateError } from '../core/letter/template.ts';
import { TemplateFolderError } from '../steps/templates/files.ts';
import { type Config, ConfigError, listStrangeSettings, readConfig } from './config.ts';
import type { Context } from './context.ts';
import { createLog, hideCredentials, type Logger } from './log.ts';
import { DataInUse } from './socket.ts';

/** Of the grace time, what closing needs after the last message. */
const CLOSING_MS = 5_000;

/** Reads the configuration and makes the log of a process. */
export function beginProcess(): { config: Config; log: Logger } {
  const config = readConfig();
  const log = createLog(config.logLevel);
  for (const sentence of listStrangeSettings()) log.warn(sentence);
  return { config, log };
}

/** What of a context is looked at before its process begins. */
interface Beginning {
  readonly outside: { readonly queue: Pick<Context['outside']['queue'], 'listFindings'> };
  readonly log: { warn(what: object, says: string): void };
}

/** Throws a ConfigError where the queue's server answers and no process may begin on it; what is only unwise is logged. */
export function assertQueue({ outside, log }: Beginning): void {
  const findings = outside.queue.listFindings();
  const faults = findings.filter(({ level }) => level === 'fail');
  if (faults.length > 0) {
    throw new ConfigError(faults.map(({ says, change }) => `REDIS_URL: ${says} ${change}`));
  }
  for (const { says, change } of findings) log.warn({ change }, says);
}

/** Runs a process's start; what a person can mend is told in a sentence and ends it with code 1. */
export async function runProcess(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/** An error in words for whoever started the program: no stack, no secrets. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) {
    return `Paperround cannot start: ${error.message}.\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}`;
  }
  if (error instanceof DataInUse)
    return `${error.message}; stop it first, or set another DATA_DIR.`;
  if (error instanceof TemplateError) return `A template has a fault: ${error.message}`;
  if (error instanceof TemplateFolderError)
    return `TEMPLATES_DIR cannot be used:\n${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const { code, port, path } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Choose another one: PORT=${Number(port) + 1} npm start`;
  if (code === 'ECONNREFUSED')
    return `Nothing answers where the configuration points: ${hideCredentials(describe(error))}`;
  const file = fileFaults[code ?? ''];
  if (file) return `${path ?? 'A file'} ${file}.`;
  return hideCredentials(describe(error));
}

const fileFaults: Readonly<Record<string, string>> = {
  EACCES: 'may not be read or written by this user',
  EEXIST: 'is there already, and is not overwritten',
  EISDIR: 'is a folder, not a file',
  ENOENT: 'does not exist',
  ENOTDIR: 'stands where a folder is needed',
  EROFS: 'cannot be written: its disk is read-only',
  ENOSPC: 'cannot be written: the disk is full',
};

/** The message, or those of the tries behind it where it has none of its own. */
function describe(error: Error): string {
  if (error.message) return error.message;
  const tries = error instanceof AggregateError ? error.errors : [];
  return (
    tries.map((each) => (each instanceof Error ? each.message : String(each))).join('; ') ||
    error.name
  );
}

/**
 * Ends the process in order at SIGTERM, SIGINT or a fault that nobody caught, within the
 * grace time: `stop` gets what is left of it for what is on the wire.
 */
export function endGracefully(
  { log, graceMs }: { log: Logger; graceMs: number },
  stop: (drainMs: number) => Promise<void>,
): void {
  closeWithGrace({ delay: graceMs, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'an error nobody caught ends the process');
    else log.info({ signal }, 'stopping');
    // A database or a queue that is away must not hold the exit: what it holds runs out.
    await Promise.race([stop(Math.max(graceMs / 2, graceMs - CLOSING_MS)), late(graceMs - 250)]);
  });
}

function late(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
