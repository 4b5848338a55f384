#!/usr/bin/env node
import { readFile, writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runWorkers } from '../workers/main.ts';
import { startWorkers } from '../workers/start.ts';
import { addBackupCommands } from './cli-backup.ts';
import { addDeliveryCommands, addDeskCommands } from './cli-desk.ts';
import { addSubscriberFiles } from './cli-subscriber-files.ts';
import { addTemplateCommands, watchPreview } from './cli-templates.ts';
import type { Answer } from './commands/command.ts';
import { type CommandName, commands, runCommand } from './commands/commands.ts';
import { type Config, findPackage, readConfig } from './config.ts';
import { createContext, migrateDatabase } from './context.ts';
import { makeDkimKeys } from './dkim.ts';
import { createLog } from './log.ts';
import { beginProcess, explain } from './process.ts';
import { startServer } from './server.ts';
import { callService, lockData } from './socket.ts';

const GRACE_MS = 10_000;

const program = new Command('paperround')
  .version(findPackage().version)
  .description('Delivers new science papers by email: a personal daily digest, self-hosted.')
  // Subcommands take this over, so it comes before them.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .option('--json', 'print data for scripts instead of lines for people')
  .showSuggestionAfterError()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Examples:
  paperround start                                   everything in one process
  paperround feeds add arxiv:cs.CL+cs.LG             watch two arXiv categories
  paperround subscribers add ada@example.org --topic "reward models" --zone Europe/London
  paperround editions cut                            cut today's edition now
  paperround preview 2025-05-07 --format text        read the digest before anyone gets it
  paperround try --feed arxiv:cs.CL --to me@example.org
  paperround today                                   the morning on one screen; exit 1: a person is needed
  paperround resend 2025-05-07 --failed --dry-run    what resending all that failed would do
  paperround why ada@example.org 2025-05-07          what became of a reader's date, and why

Exit codes: 0 done, 1 refused or failed (the reason is on standard error), 2 mistyped.`,
  );

program
  .command('start')
  .description('run everything in this process (what npm start does)')
  .action(async () => {
    await import('./main.ts');
  });
program.command('server').description('run the pages alone (service)').action(startServer);
program.command('workers').description('run the workers alone (service)').action(runWorkers);
program
  .command('migrate')
  .description('bring the database up to this version (service; the sandbox does it at start)')
  .action(migrateService);

program
  .command('dkim')
  .description('make keys that sign your mail, and say what to put into DNS')
  .option('--domain <domain>', 'that signs (DKIM_DOMAIN, else the domain of MAIL_FROM)')
  .option('--selector <name>', 'the name of the key in DNS (by its kind and the month)')
  .addOption(
    new Option('--type <type>', 'of key').choices(['rsa', 'ed25519', 'both']).default('both'),
  )
  .option('--folder <folder>', 'where the files go', 'dkim')
  .action(makeDkim);

program
  .command('import <file>')
  .description(
    'read papers from a text file: title, blank line, abstract, blank line ("-" reads standard input)',
  )
  .option('--date <date>', "the papers' own date, such as 2025-05-07")
  .action(async (file: string, options: { date?: string }) => {
    const source = file === '-' ? 0 : file;
    await execute('import', async () => ({ ...options, text: await readSource(source) }));
  });

const feeds = program.command('feeds').description('the feeds that are watched');
feeds
  .command('add <feed>')
  .description(
    'add a feed: arxiv:cs.CL+cs.LG, huggingface:daily, biorxiv:neuroscience, or a URL of RSS or Atom',
  )
  .option('--name <name>', 'what to call it')
  .action((feed: string, options: { name?: string }) => execute('feeds add', { feed, ...options }));
feeds
  .command('list')
  .description('the feeds and how they are')
  .action(() => execute('feeds list', {}));
feeds
  .command('remove <name>')
  .description('stop watching a feed; its papers stay')
  .action((name: string) => execute('feeds remove', { name }));
feeds
  .command('fetch [name]')
  .description('fetch one feed, or all, now')
  .action((name?: string) => execute('feeds fetch', name === undefined ? {} : { name }));
feeds
  .command('show <name>')
  .description('one feed: how it stands, its last runs, what was refused and why')
  .action((name: string) => execute('feeds show', { name }));
feeds
  .command('import <file>')
  .description('add the feeds of an OPML file ("-" reads standard input)')
  .action((file: string) =>
    execute('feeds import', async () => ({ text: await readSource(file === '-' ? 0 : file) })),
  );
feeds
  .command('export')
  .description('print the feeds as OPML')
  .option('--out <file>', 'write it to a file')
  .action(({ out }: { out?: string }) => execute('feeds export', {}, out));

const editions = program.command('editions').description('the dated runs for everyone');
editions
  .command('cut')
  .description('cut the open draft now')
  .option('--date <date>', "the edition's date, instead of today's")
  .action((options: { date?: string }) => execute('editions cut', options));
editions
  .command('show [edition]')
  .description('list the editions, or show one')
  .action((edition?: string) => execute('editions show', edition === undefined ? {} : { edition }));

program
  .command('preview [edition] [address]')
  .description(
    'the digest of an edition (without one, of the newest), as a reader gets it or as someone without wishes would',
  )
  .option('--format <format>', 'html, text or message (the whole letter)', 'text')
  .option('--out <file>', 'write it to a file')
  .option('--watch', 'show it in a browser of this machine while its templates are edited')
  .option('--port <port>', 'where --watch listens (any that is free)', parseNumber)
  .action(preview);

program
  .command('try')
  .description("send today's real digest of one feed to one address; no subscription is made")
  .requiredOption('--feed <feed>', 'a feed as in "feeds add"')
  .requiredOption('--to <address>', 'who gets it')
  .option('--topic <words>', 'choose by these words (may be repeated)', collect, [])
  .action((options: { feed: string; to: string; topic: string[] }) =>
    execute('try', { feed: options.feed, to: options.to, topics: options.topic }),
  );

const deliveries = program.command('deliveries').description('digests on their way');
deliveries
  .command('run')
  .description('send what is due now')
  .option('--everyone', 'do not wait for the hour: every reader without a digest today is due now')
  .action((options: { everyone?: boolean }) => execute('deliveries run', options));

addDeliveryCommands(deliveries, execute);
deliveries
  .command('status')
  .description('how sending stands: health, alarms, pauses, deliveries by state')
  .action(() => execute('deliveries status', {}));
deliveries
  .command('pause <what>')
  .description('stop at once: "all", "notices" or an edition')
  .option('--reason <reason>', 'why, for the record')
  .action((what: string, options: { reason?: string }) =>
    execute('deliveries pause', { what, ...options }),
  );
deliveries
  .command('resume <what>')
  .description('go on: "all", "notices" or an edition')
  .action((what: string) => execute('deliveries resume', { what }));
deliveries
  .command('cancel <what>')
  .description('cancel what has not begun: "all" that waits now, or an edition')
  .action((what: string) => execute('deliveries cancel', { what }));
deliveries
  .command('doubt')
  .description('what may or may not have arrived, by name')
  .option('--after <id>', 'go on after this one', parseNumber)
  .option('--most <count>', 'at most so many', parseNumber)
  .action((options: Record<string, unknown>) => execute('deliveries doubt', options));
deliveries
  .command('resolve <delivery> <as>')
  .description('decide a delivery in doubt: "accepted", or "failed" (its papers come again)')
  .action((delivery: string, as: string) =>
    execute('deliveries resolve', { delivery: Number(delivery), as }),
  );
deliveries
  .command('bounced [edition] [decision]')
  .description(
    'addresses refused while so many were that the server is in question: list them, or "suppress" or "spare" those of an edition',
  )
  .action((what?: string, as?: string) =>
    execute('deliveries bounced', { ...(what ? { what } : {}), ...(as ? { as } : {}) }),
  );

const subscribers = program.command('subscribers').description('who reads');
subscribers
  .command('add <address>')
  .description('subscribe someone who asked you to')
  .option('--topic <words>', 'what they follow (may be repeated)', collect, [])
  .option('--exclude <words>', 'what they never want to see (may be repeated)', collect, [])
  .option('--author <name>', 'whom they follow (may be repeated)', collect, [])
  .option('--days <days>', 'weekdays as numbers, Monday is 1 (default: 1,2,3,4,5)', parseNumbers)
  .option('--hour <hour>', 'by quarter hours, such as 07:15 (default: 07:00)')
  .option('--zone <zone>', 'time zone, such as Europe/Berlin (default: Etc/UTC)')
  .option('--papers <count>', 'at most so many papers a mail (default: 10)', parseNumber)
  .action(
    (
      address: string,
      options: { topic: string[]; exclude: string[]; author: string[] } & Record<string, unknown>,
    ) => {
      const { topic, author, ...rest } = options;
      return execute('subscribers add', { address, topics: topic, authors: author, ...rest });
    },
  );
subscribers
  .command('list')
  .description('who reads, oldest first')
  .option('--after <id>', 'go on after this one', parseNumber)
  .option('--most <count>', 'at most so many', parseNumber)
  .action((options: Record<string, unknown>) => execute('subscribers list', options));

program
  .command('why <address> <date>')
  .description('why a reader did or did not get mail on a date of theirs, such as 2026-11-20')
  .action((address: string, date: string) => execute('why', { address, date }));
subscribers
  .command('show <address>')
  .description('one reader: state, wishes, and when, where and to what they agreed')
  .action((address: string) => execute('subscribers show', { address }));
addSubscriberFiles(subscribers, execute);
subscribers
  .command('pause <address>')
  .description('send a reader nothing before a date of theirs; without one, go on')
  .option('--until <date>', 'such as 2026-12-24')
  .action((address: string, options: { until?: string }) =>
    execute('subscribers pause', { address, ...options }),
  );
subscribers
  .command('erase <address>')
  .description('erase a reader and everything kept of them; for good')
  .action((address: string) => execute('subscribers erase', { address }));

const suppressions = program
  .command('suppressions')
  .description('addresses that get no mail, and why');
suppressions
  .command('list')
  .description('the newest first; an address only where a subscriber still has it')
  .option('--reason <reason>', 'bounce, complaint or operator')
  .option('--most <count>', 'at most so many', parseNumber)
  .action((options: Record<string, unknown>) => execute('suppressions list', options));
suppressions
  .command('add <address>')
  .description('never mail an address again')
  .requiredOption('--reason <text>', 'why, for the record')
  .action((address: string, options: { reason: string }) =>
    execute('suppressions add', { address, ...options }),
  );
suppressions
  .command('lift <address>')
  .description('let an address be mailed again')
  .requiredOption('--reason <text>', 'why, for the record')
  .action((address: string, options: { reason: string }) =>
    execute('suppressions lift', { address, ...options }),
  );

const inbound = program.command('inbound').description('what came back and waits for a person');
inbound
  .command('list')
  .description('what was not understood, and what people wrote that was not forwarded')
  .option('--verdict <verdict>', 'all of one kind instead, such as bounce or auto_reply')
  .option('--after <id>', 'go on after this one', parseNumber)
  .option('--most <count>', 'at most so many', parseNumber)
  .action((options: Record<string, unknown>) => execute('inbound list', options));
inbound
  .command('show <id>')
  .description('one of them')
  .option('--raw', 'byte for byte')
  .action((id: string, options: { raw?: boolean }) =>
    execute('inbound show', { id: Number(id), ...options }),
  );
inbound
  .command('done <id>')
  .description('you have looked at it: it may go with its age')
  .action((id: string) => execute('inbound done', { id: Number(id) }));
addDeskCommands(program, execute);
addTemplateCommands(program, report);
addBackupCommands(program, execute, report);

const sample = program.command('sample').description('the bundled sample');
sample
  .command('remove')
  .description('remove its papers, readers and digests for good')
  .action(() => execute('sample remove', {}));

await program.parseAsync();

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

function parseNumbers(text: string): number[] {
  return text.split(',').map(parseNumber);
}

async function readSource(source: string | 0): Promise<string> {
  if (source === 0) {
    const { text } = await import('node:stream/consumers');
    return text(process.stdin);
  }
  return readFile(source, 'utf8').catch((error: Error) => {
    // Reading a folder fails without saying which.
    throw Object.assign(error, { path: source });
  });
}

/** Runs a command where it belongs and prints its answer; a fault becomes a sentence and exit code 1. */
async function execute(
  name: CommandName,
  given: unknown | (() => Promise<unknown>),
  out?: string | null,
): Promise<void> {
  try {
    const args = typeof given === 'function' ? await given() : given;
    const answer = await runWhereItBelongs(name, args);
    const text = tell(answer);
    if (answer.exitCode) process.exitCode = answer.exitCode;
    if (out === undefined) process.stdout.write(`${text}\n`);
    else if (out !== null) {
      await writeFile(out, text);
      process.stderr.write(`written to ${out}\n`);
    }
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

/** In the running sandbox if there is one; else here, with workers of our own where the command needs them. */
async function runWhereItBelongs(
  name: CommandName,
  args: unknown,
  config: Config = readConfig(),
): Promise<Answer> {
  const log = createLog(config.logLevel);
  const isSandbox = config.mode === 'sandbox';
  if (isSandbox) {
    const called = await callService<Answer>(config.dataDir, { name, args });
    if (called) return called.result;
  }
  const lock = isSandbox ? await lockData(config.dataDir) : undefined;
  try {
    const context = await createContext(config, log);
    try {
      if (isSandbox) await context.outside.store.senders.endAll();
      const isWorking = isSandbox && commands[name].needsWorkers === true;
      const workers = isWorking ? await startWorkers(context) : undefined;
      try {
        return await runCommand(context.outside, { name, args });
      } finally {
        await workers?.stop(GRACE_MS);
      }
    } finally {
      await context.close();
    }
  } finally {
    await lock?.release();
  }
}

function tell(answer: Answer): string {
  const isJson = program.opts<{ json?: boolean }>().json === true;
  return isJson ? JSON.stringify(answer.data, null, 2) : answer.lines.join('\n');
}

interface DkimOptions {
  readonly domain?: string;
  readonly selector?: string;
  readonly type: 'rsa' | 'ed25519' | 'both';
  readonly folder: string;
}

function makeDkim({ domain, selector, type, folder }: DkimOptions): Promise<void> {
  return report(async () =>
    makeDkimKeys({
      domain: domain ?? readConfig().sending.dkim.domain,
      types: type === 'both' ? ['rsa', 'ed25519'] : [type],
      selector,
      folder,
      now: new Date(),
    }),
  );
}

interface PreviewOptions {
  readonly format: string;
  readonly out?: string;
  readonly watch?: boolean;
  readonly port?: number;
}

async function preview(
  edition: string | undefined,
  address: string | undefined,
  { format, out, watch, port }: PreviewOptions,
): Promise<void> {
  if (watch) return endWithFault(() => watchPreview(runWhereItBelongs, { edition, address, port }));
  const asked = { ...(edition ? { edition } : {}), ...(address ? { address } : {}) };
  return execute('preview', { ...asked, format }, out);
}

/** Prints an answer that needs neither a database nor a service. */
function report(make: () => Promise<Answer>): Promise<void> {
  return endWithFault(async () => {
    const answer = await make();
    if (answer.exitCode) process.exitCode = answer.exitCode;
    process.stdout.write(`${tell(answer)}\n`);
  });
}

/** A fault becomes a sentence and exit code 1. */
async function endWithFault(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

async function migrateService(): Promise<void> {
  try {
    const { config, log } = beginProcess();
    const ran = await migrateDatabase(config, log);
    process.stdout.write(
      ran.length > 0 ? `migrated: ${ran.join(', ')}\n` : 'the database is up to date\n',
    );
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}
