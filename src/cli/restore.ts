import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Answer } from '../commands/command.ts';
import { type KeyRing, parseKeyRing } from '../core/reader/keys.ts';
import { type Config, readConfig } from '../process/config.ts';
import { openBare } from '../process/context.ts';
import { createLog } from '../process/log.ts';
import { lockData } from '../process/socket.ts';
import { ringPath } from '../steps/backup/files.ts';
import { planRestore } from '../steps/backup/plan-restore.ts';
import { checkArchive } from '../steps/backup/read-archive.ts';
import { restoreBackup } from '../steps/backup/restore.ts';
import { tellChecked, tellRestore } from '../steps/backup/tell.ts';

/** How a restore is to be done, as it was typed. */
export interface RestoreOptions {
  readonly check?: boolean;
  readonly moved?: boolean;
  readonly replace?: boolean;
  readonly keepKeysOfTarget?: boolean;
  readonly yes?: boolean;
}

/** Puts a backup into this installation, or only looks at it. Rejects where it cannot be put here, with the reason. */
export async function restore(file: string, options: RestoreOptions): Promise<Answer> {
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
