import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import {
  type ArchiveFile,
  type ArchiveHead,
  archiveHead,
  BackupRefused,
  FORMAT,
  marks,
} from './archive.ts';

/** What stands in a backup, in its order; rows some hundred a piece. */
export type Entry =
  | { readonly kind: 'head'; readonly head: ArchiveHead }
  | ({ readonly kind: 'file' } & ArchiveFile)
  | { readonly kind: 'rows'; readonly table: string; readonly lines: readonly string[] };

/** A backup that was read to its end and found whole. */
export interface CheckedArchive {
  readonly head: ArchiveHead;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly rows: Readonly<Record<string, number>>;
}

const PAGE = 500;
const PAGE_LENGTH = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
const ARRAY = '['.charCodeAt(0);

/** Reads a whole backup before anything is done with it. Throws BackupRefused where a byte of it is wrong. */
export async function checkArchive(path: string): Promise<CheckedArchive> {
  const files = new Map<string, Buffer>();
  const rows: Record<string, number> = {};
  let head: ArchiveHead | undefined;
  for await (const entry of readArchive(path)) {
    if (entry.kind === 'head') head = entry.head;
    else if (entry.kind === 'file') files.set(entry.name, entry.bytes);
    else rows[entry.table] = (rows[entry.table] ?? 0) + entry.lines.length;
  }
  if (!head) throw damaged(path, 'it has no head');
  return { head, files, rows };
}

/**
 * Reads a backup piece by piece. Whoever uses the pieces may trust them only once it has come
 * to its end: a fault throws BackupRefused, at the latest there.
 */
export async function* readArchive(path: string): AsyncGenerator<Entry> {
  const hash = createHash('sha256');
  const counts: Record<string, number> = {};
  const state: { table: string | undefined; hasHead: boolean; isEnded: boolean } = {
    table: undefined,
    hasHead: false,
    isEnded: false,
  };
  let page: string[] = [];
  let length = 0;
  const flush = (): Entry[] => {
    const lines = page;
    page = [];
    length = 0;
    return lines.length > 0 && state.table ? [{ kind: 'rows', table: state.table, lines }] : [];
  };
  for await (const line of readLines(path)) {
    if (state.isEnded) throw damaged(path, 'it goes on after its end');
    if (line[0] !== ARRAY) {
      if (!state.table) throw damaged(path, 'it has a row outside of a table');
      hash.update(line).update('\n');
      counts[state.table] = (counts[state.table] ?? 0) + 1;
      page.push(line.toString());
      length += line.length;
      if (page.length >= PAGE || length >= PAGE_LENGTH) yield* flush();
      continue;
    }
    yield* flush();
    const mark = parseMark(path, line);
    if (mark[0] === 'end') {
      const [, rows, sum] = read(path, marks.end, mark);
      checkEnd(path, { rows, counts, isSame: hash.digest('hex') === sum });
      state.isEnded = true;
      continue;
    }
    hash.update(line).update('\n');
    if (!state.hasHead) {
      yield { kind: 'head', head: readHead(path, mark) };
      state.hasHead = true;
    } else if (mark[0] === 'file') {
      const [, name, bytes] = read(path, marks.file, mark);
      yield { kind: 'file', name, bytes: Buffer.from(bytes, 'base64') };
    } else {
      [, state.table] = read(path, marks.table, mark);
      counts[state.table] = 0;
    }
  }
  if (!state.isEnded) throw damaged(path, 'its end is missing');
}

function checkEnd(
  path: string,
  end: { rows: Record<string, number>; counts: Record<string, number>; isSame: boolean },
): void {
  if (!end.isSame) throw damaged(path, 'its checksum is wrong');
  for (const table of new Set([...Object.keys(end.rows), ...Object.keys(end.counts)])) {
    if (end.rows[table] !== end.counts[table]) {
      throw damaged(
        path,
        `it has ${end.counts[table] ?? 0} rows of ${table}, not ${end.rows[table] ?? 0}`,
      );
    }
  }
}

function readHead(path: string, mark: readonly unknown[]): ArchiveHead {
  const isOurs = marks.head.safeParse(mark);
  if (!isOurs.success) throw damaged(path, 'it is no backup of Paperround');
  const given = isOurs.data[1] as { format?: unknown; version?: unknown } | null;
  if (typeof given?.format === 'number' && given.format > FORMAT) {
    throw new BackupRefused(
      `${path} was made by Paperround ${String(given.version)} in a format (${given.format}) that this version does not know: restore it with that version or a later one`,
    );
  }
  const head = archiveHead.safeParse(given);
  if (!head.success) throw damaged(path, 'its head is not as it should be');
  return head.data;
}

function parseMark(path: string, line: Buffer): readonly unknown[] {
  try {
    return JSON.parse(line.toString()) as unknown[];
  } catch {
    throw damaged(path, 'a line of it is not JSON');
  }
}

function read<Schema extends z.ZodType>(path: string, schema: Schema, mark: readonly unknown[]) {
  const parsed = schema.safeParse(mark);
  if (!parsed.success) throw damaged(path, 'it has a mark that is unknown');
  return parsed.data;
}

/** The lines of a gzip file, each without its end. Readline would also end one at U+2028. */
async function* readLines(path: string): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  let rest: Buffer[] = [];
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
        const part = piece.subarray(from, at);
        yield rest.length > 0 ? Buffer.concat([...rest, part]) : part;
        rest = [];
        from = at + 1;
      }
      if (from < piece.length) rest.push(piece.subarray(from));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall) throw Object.assign(error as Error, { path });
    if (error instanceof BackupRefused) throw error;
    const isZlib = (error as NodeJS.ErrnoException).code?.startsWith('Z_') === true;
    throw isZlib ? damaged(path, (error as Error).message) : error;
  } finally {
    file.destroy();
  }
  if (rest.length > 0) throw damaged(path, 'its last line is cut off');
  if (gunzip.bytesWritten !== size) throw damaged(path, 'something stands after its end');
}

function damaged(path: string, how: string): BackupRefused {
  return new BackupRefused(
    `${path} cannot be restored: ${how}. Nothing was written. Take another copy or an older backup`,
  );
}
