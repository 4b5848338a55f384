import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { collect } from './arguments.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of subscribers by the file. Paths are made whole here: the service may stand elsewhere. */
export function addSubscriberFiles(subscribers: Command, execute: Execute): void {
  subscribers
    .command('import <file>')
    .description(
      'take subscribers over from a CSV file, also of another tool ("-" reads standard input); nobody who left, here or there, or is suppressed comes back',
    )
    .requiredOption('--source <text>', 'where it comes from and to what its people agreed')
    .option('--unconfirmed <choice>', 'rows without confirmed_at: refuse, ask or trust', 'refuse')
    .option(
      '--state-column <name>',
      'the column that says who is subscribed, or "none": only where the command asks for it',
    )
    .option(
      '--active <value>',
      'what stands there for who is subscribed (may be repeated)',
      collect,
      [],
    )
    .option('--yes', 'keep a file of people who left alone as suppressions')
    .option('--dry-run', 'only say what would become of each row')
    .option('--refused <file>', 'write every refused row there, with its line and why')
    .action((file: string, { refused, ...options }: Record<string, unknown>) => {
      const run = (path: string) =>
        execute('subscribers import', {
          ...options,
          file: path,
          ...(typeof refused === 'string' ? { refused: resolve(refused) } : {}),
        });
      return isRereadable(file) ? run(resolve(file)) : readInput(file, run);
    });
  subscribers
    .command('export [address]')
    .description('everything that is kept of a reader, as JSON; with --csv, all subscribers')
    .option('--csv', 'all subscribers, as an import reads them')
    .option('--for <tool>', 'with --csv, as it is read by ghost, listmonk or listmonk-blocklist')
    .option('--out <file>', 'write it to a file')
    .action(
      (
        address: string | undefined,
        { csv, out, for: tool }: { csv?: boolean; out?: string; for?: string },
        own: Command,
      ) => {
        if ((csv === true) === (address !== undefined))
          own.error('Name an address, or say --csv for all.');
        if (!csv && tool !== undefined) own.error('--for needs --csv.');
        if (!csv) return execute('subscribers export', { address }, out);
        const format = tool === undefined ? {} : { for: tool };
        if (!out) return printCsv(execute, format);
        return execute('subscribers csv', { ...format, file: resolve(out) });
      },
    );
}

/** Whether a path can be read more than once, as an import does; one that is missing is told by it. */
function isRereadable(file: string): boolean {
  return file !== '-' && (statSync(file, { throwIfNoEntry: false })?.isFile() ?? true);
}

/** Standard input or a pipe by way of a file, which only this user can read: the service reads paths. */
async function readInput(from: string, run: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-'));
  try {
    const file = join(folder, 'subscribers.csv');
    const input = from === '-' ? process.stdin : createReadStream(from);
    await pipeline(input, createWriteStream(file, { mode: 0o600 }));
    await run(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By way of a file, so that no message over the socket grows with the number of subscribers. */
async function printCsv(execute: Execute, format: { for?: string }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-'));
  try {
    const file = join(folder, 'subscribers.csv');
    await execute('subscribers csv', { ...format, file }, null);
    if (!process.exitCode) await pipeline(createReadStream(file), process.stdout, { end: false });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
