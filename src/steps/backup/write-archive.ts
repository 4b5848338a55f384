import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Snapshot } from '../../store/backup/snapshot.ts';
import type { ArchiveFile, ArchiveHead } from './archive.ts';

/** What was written. */
export interface WrittenArchive {
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: number;
}

const PIECE = 64 * 1024;
/** Whoever else may read it reads keys and addresses. */
const MODE = 0o600;
const UNFINISHED = '.paperround-backup-';
const DEAD_AFTER_MS = 24 * 3_600_000;

/**
 * Writes a backup under another name, brings it to the disk (fsync) and only then gives it its
 * own: what bears that name is whole. Never writes over a file. Memory does not grow with it.
 */
export async function writeArchive(
  path: string,
  content: { head: ArchiveHead; files: readonly ArchiveFile[]; snapshot: Snapshot },
  onTable: (table: string) => void = () => {},
): Promise<WrittenArchive> {
  const folder = dirname(path);
  await refuseExisting(path);
  await removeUnfinished(folder);
  const name = `${UNFINISHED}${process.pid}-${randomBytes(4).toString('hex')}`;
  const unfinished = join(folder, name);
  const rows: Record<string, number> = {};
  try {
    const pieces = toPieces(writeLines(content, rows, onTable));
    const out = createWriteStream(unfinished, { flags: 'wx', mode: MODE });
    await pipeline(Readable.from(pieces), createGzip(), out);
    await sync(unfinished);
    const { size } = await stat(unfinished);
    await rename(unfinished, path);
    await sync(folder);
    return { rows, bytes: size };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function refuseExisting(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there) throw Object.assign(new Error(`${path} is there already`), { code: 'EEXIST', path });
}

/** What a killed backup left behind. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!basename(name).startsWith(UNFINISHED)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > DEAD_AFTER_MS) await rm(path, { force: true });
  }
}

/** Brings a file, or the names in a folder, to the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* writeLines(
  {
    head,
    files,
    snapshot,
  }: { head: ArchiveHead; files: readonly ArchiveFile[]; snapshot: Snapshot },
  rows: Record<string, number>,
  onTable: (table: string) => void,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const write = (line: string) => {
    const ended = `${line}\n`;
    hash.update(ended);
    return ended;
  };
  yield write(JSON.stringify(['paperround-backup', head]));
  for (const { name, bytes } of files) {
    yield write(JSON.stringify(['file', name, bytes.toString('base64')]));
  }
  for (const { name } of snapshot.tables) {
    onTable(name);
    rows[name] = 0;
    yield write(JSON.stringify(['table', name]));
    for await (const line of snapshot.readLines(name)) {
      rows[name] += 1;
      yield write(line);
    }
  }
  yield `${JSON.stringify(['end', rows, hash.digest('hex')])}\n`;
}

async function* toPieces(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: string[] = [];
  let size = 0;
  for await (const line of lines) {
    held.push(line);
    size += line.length;
    if (size < PIECE) continue;
    yield Buffer.from(held.join(''));
    held = [];
    size = 0;
  }
  if (held.length > 0) yield Buffer.from(held.join(''));
}
