import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Answer } from '../commands/command.ts';
import { type Config, readConfig } from '../config.ts';
import { openBare } from '../context.ts';
import { type KeyRing, parseKeyRing } from '../core/reader/keys.ts';
import { createLog } from '../log.ts';
import { lockData } from '../socket.ts';
import { ringPath } from '../steps/backup/files.ts';
import { planRestore } from '../steps/backup/plan-restore.ts';
import { checkArchive } from '../steps/backup/read-archive.ts';
import { restoreBackup } from '../steps/backup/restore.ts';
import { tellChecked, tellRestore } from '../steps/backup/tell.ts';
import type { Execute } from './run.ts';

interface RestoreOptions {
  readonly check?: boolean;
  readonly moved?: boolean;
  readonly replace?: boolean;
  readonly keepKeysOfTarget?: boolean;
  readonly yes?: boolean;
}

/** What the CLI knows of backups. A restore runs in its own process, with everything else stopped. */
export function addBackupCommands(
  program: Command,
  execute: Execute,
  report: (make: () => Promise<Answer>) => Promise<void>,
): void {
  program
    .command('backup [file]')
    .description(
      'everything into one file (or into a folder, named after its moment): all tables, keys, own templates',
    )
    .option('--without-keys', 'leave keys and templates out: you keep them apart')
    .action((file: string | undefined, options: { withoutKeys?: boolean }) =>
      execute('backup', { file: resolve(file ?? '.'), ...options }),
    );
  program
    .command('restore <file>')
    .description('put a backup into this installation, which must be stopped and empty')
    .option('--check', 'only read it to its end and say what is in it')
    .option('--moved', 'nothing was sent since it was made: go on exactly where it stopped')
    .option(
      '--replace',
      'put it in the place of what is here; who left or is suppressed here stays so',
    )
    .option('--keep-keys-of-target', 'keep the keys here: links in mail already sent break')
    .option('--yes', 'do not ask')
    .action((file: string, options: RestoreOptions) =>
      report(() => restore(resolve(file), options)),
    );
  program
    .command('restored')
    .description('what a restore to an earlier time set aside and put in doubt')
    .option('--bring', 'let digests bring it all the same')
    .option('--decide <state>', 'all that it put in doubt at once: accepted, or failed')
    .action((options: Record<string, unknown>) => execute('restored', options));
}

async function restore(file: string, options: RestoreOptions): Promise<Answer> {
  const archive = await checkArchive(file);
  if (options.check) {
    const { head, rows, files } = archive;
    return { lines: tellChecked(file, archive), data: { head, rows, files: [...files.keys()] } };
  }
  const config = readConfig();
  const lock = config.mode === 'sandbox' ? await lockData(config.dataDir) : undefined;
  try {
    const bare = await openBare(config, createLog(config.logLevel));
    const outside = { store: bare.store, config, now: () => new Date() };
    try {
      const wish = {
        file,
        archive,
        isMoved: options.moved ?? false,
        keepsTargetKeys: options.keepKeysOfTarget ?? false,
        actor: 'cli',
        mayReplace: () => askReplace(options),
      };
      const { order, laid } = await planRestore(outside, wish, findTargetKeys(config));
      const done = await restoreBackup(outside, order);
      return { lines: tellRestore(done, laid), data: { ...done, laid: laid ?? null } };
    } finally {
      await bare.close();
    }
  } finally {
    await lock?.release();
  }
}

/** The ring of this installation; undefined in a sandbox that has none yet. */
function findTargetKeys(config: Config): KeyRing | undefined {
  const path = ringPath(config);
  if (config.keys || config.mode === 'service' || !existsSync(path)) return config.keys;
  return parseKeyRing(readFileSync(path, 'utf8').trim());
}

async function askReplace({ replace, yes }: RestoreOptions): Promise<boolean> {
  if (!replace) return false;
  if (yes) return true;
  if (!process.stdin.isTTY)
    throw new Error('--replace asks first; say --yes where nobody can answer');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(
    'Everything in this installation is replaced by the backup. Type "replace" to go on: ',
  );
  terminal.close();
  return answer.trim() === 'replace';
}
