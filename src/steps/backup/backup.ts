import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outside } from '../steps.ts';
import { type ArchiveHead, BackupRefused, FORMAT } from './archive.ts';
import { collectFiles } from './files.ts';
import { writeArchive } from './write-archive.ts';

/** A backup that was made. */
export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly rows: Readonly<Record<string, number>>;
  /** Names of the keys and files in it. */
  readonly files: readonly string[];
  readonly isSending: boolean;
}

/** Where a backup goes and what it holds. */
export interface BackupOrder {
  /** A file that is not there yet, or a folder. */
  readonly file: string;
  readonly withoutKeys: boolean;
  readonly onTable?: (table: string) => void;
}

/**
 * Writes one file with every row as of one moment, the keys and own templates. It may run
 * beside what sends. Throws BackupRefused where a key cannot be read or the file is there.
 */
export async function makeBackup(
  { store, config, keys, now }: Pick<Outside, 'store' | 'config' | 'keys' | 'now'>,
  { file, withoutKeys, onTable }: BackupOrder,
): Promise<BackupReport> {
  const files = withoutKeys ? [] : await collectFiles(config, keys);
  const path = await namePath(file, now());
  return store.backups.read(async (snapshot) => {
    const { migrations, tables, nextIds, isSending } = snapshot;
    const head: ArchiveHead = {
      format: FORMAT,
      version: config.version,
      mode: config.mode,
      at: now().toISOString(),
      isSending,
      hasKeys: !withoutKeys,
      publicUrl: config.http.publicUrl,
      migrations: [...migrations],
      tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
      nextIds,
    };
    const { rows, bytes } = await writeArchive(path, { head, files, snapshot }, onTable);
    return { file: path, bytes, rows, files: files.map(({ name }) => name), isSending };
  });
}

/** In a folder a backup is named after its moment. */
async function namePath(file: string, at: Date): Promise<string> {
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) {
    const moment = at.toISOString().slice(0, 19).replaceAll(':', '-');
    return join(file, `paperround-${moment}Z.backup.gz`);
  }
  if (there) throw new BackupRefused(`${file} is there already, and is not overwritten`);
  return file;
}
