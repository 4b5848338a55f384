import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type KeyRing, parseKeyRing } from '../../src/core/reader/keys.ts';
import { readConfig } from '../../src/process/config.ts';
import { openBare } from '../../src/process/context.ts';
import { createLog } from '../../src/process/log.ts';
import { planRestore } from '../../src/steps/backup/plan-restore.ts';
import { checkArchive } from '../../src/steps/backup/read-archive.ts';
import { type RestoreReport, restoreBackup } from '../../src/steps/backup/restore.ts';
import type { Clock, Place } from './context.ts';

/** Restores a file into a place as `paperround restore` does, at the clock's moment. */
export async function restoreInto(
  place: Place,
  clock: Clock,
  wish: { file: string; isMoved?: boolean; replaces?: boolean; keepsTargetKeys?: boolean },
): Promise<RestoreReport> {
  const config = readConfig(place.env);
  const archive = await checkArchive(wish.file);
  const bare = await openBare(config, createLog('silent'));
  const outside = { store: bare.store, config, now: clock.now };
  try {
    const given = {
      file: wish.file,
      archive,
      isMoved: wish.isMoved ?? false,
      keepsTargetKeys: wish.keepsTargetKeys ?? false,
      actor: 'test',
      mayReplace: async () => wish.replaces ?? false,
    };
    const { order } = await planRestore(outside, given, ringOf(place));
    return await restoreBackup(outside, order);
  } finally {
    await bare.close();
  }
}

function ringOf({ env }: Place): KeyRing | undefined {
  const text = env['SECRET_KEYS'];
  return text === undefined ? undefined : parseKeyRing(text);
}

/** Writes a backup anew with other lines, whole in itself. */
export async function rewrite(
  file: string,
  to: string,
  change: (lines: string[]) => string[],
): Promise<void> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n');
  const end = JSON.parse(lines.at(-1) ?? '') as [string, Record<string, number>, string];
  const changed = change(lines.slice(0, -1)).map((line) => `${line}\n`);
  const sum = createHash('sha256').update(changed.join('')).digest('hex');
  const text = `${changed.join('')}${JSON.stringify([end[0], end[1], sum])}\n`;
  await writeFile(to, gzipSync(text));
}
