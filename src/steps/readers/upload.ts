import {
  findSourceFault,
  type UnconfirmedChoice,
  unconfirmedChoices,
} from '../../core/reader/import.ts';
import type { ImportReport, RefusedRow } from '../../core/reader/import-report.ts';
import type { ImportFile } from '../../store/readers/imports.ts';
import type { Outside } from '../steps.ts';
import { auditBegun, auditEnd, finishImport } from './import.ts';
import { readSubscribers } from './import-run.ts';

const PIECE = 256 * 1024;

type UploadOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/** What an operator says of a file that they send. */
export type FileTerms = Pick<ImportFile, 'source' | 'unconfirmed' | 'actor'> & {
  readonly reading?: ImportFile['reading'];
};

/** Reads what was typed beside a file; what is wrong with it, in a sentence. */
export function parseFileTerms(
  typed: {
    readonly source: string;
    readonly unconfirmed: string;
    readonly stateColumn: string;
    readonly active: string;
  },
  actor: string,
): FileTerms | { readonly fault: string } {
  const { source, unconfirmed, stateColumn: column } = typed;
  const fault = findSourceFault(source);
  if (fault) return { fault };
  if (!Object.hasOwn(unconfirmedChoices, unconfirmed)) {
    return { fault: 'Choose what becomes of rows without a date of confirmation.' };
  }
  const active = typed.active.split(',').map((word) => word.trim());
  const reading = column.trim() === '' ? null : { column, active: active.filter(Boolean) };
  return { source: source.trim(), unconfirmed: unconfirmed as UnconfirmedChoice, reading, actor };
}

/** Keeps a file in parts, for whichever process is asked for it next; its id. It goes after a day, or once it was read. */
export async function keepFile(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  chunks: AsyncIterable<Buffer>,
  terms: FileTerms,
): Promise<number> {
  const id = await store.imports.insertFile({ ...terms, at: now() });
  let position = 0;
  let waiting: Buffer[] = [];
  const flush = async () => {
    if (waiting.length > 0) await store.imports.insertPiece(id, position, Buffer.concat(waiting));
    position += 1;
    waiting = [];
  };
  let size = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= PIECE) {
      await flush();
      size = 0;
    }
  }
  await flush();
  await store.imports.recordWhole(id);
  return id;
}

/** What a kept file would come to, written nowhere. */
export function tryFile(
  outside: UploadOutside,
  { id, ...file }: ImportFile,
  onRefused?: (row: RefusedRow) => Promise<void>,
): Promise<ImportReport> {
  const order = { ...orderOf(file), isDryRun: true, ...(onRefused ? { onRefused } : {}) };
  return readSubscribers(outside, () => readPieces(outside, id), { ...order, importId: null });
}

const orderOf = ({ source, unconfirmed, reading, actor }: FileTerms) => ({
  source,
  unconfirmed,
  reading: reading ?? undefined,
  actor,
});

/** Has a kept file read into the subscribers, once: a second press changes nothing. */
export async function beginFile(
  { store, queue, now }: Pick<Outside, 'store' | 'queue' | 'now'>,
  { id, source }: ImportFile,
  actor: string,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    if (await tx.imports.recordBegun(id, actor, at))
      await auditBegun(tx, { source, actor, importId: id }, at);
  });
  await queue.enqueue('import', { fileId: id });
}

/** This process stops, or another one reads the same file: what it kept is whole. */
class LeftToOthers extends Error {
  override readonly name = 'LeftToOthers';
}

/**
 * Reads a file that was begun into the subscribers, from where the last process came to. Several
 * may do it at once: each row is taken once. Undefined where it is left to others, or done.
 */
export async function takeFile(
  outside: UploadOutside,
  fileId: number,
  isStopping: () => boolean,
): Promise<ImportReport | undefined> {
  const { store, now } = outside;
  const file = await store.imports.findFile(fileId);
  if (!file?.begunAt || file.endedAt) return undefined;
  const { begunBy, report: before } = file;
  const actor = begunBy ?? file.actor;
  // Who pressed has seen whom the file brings, also where they are people who left alone.
  const order = { ...orderOf(file), actor, isDryRun: false, isMeant: true, importId: fileId };
  let rows = before?.rows ?? 0;
  const keep = async (tx: Outside['store'], report: ImportReport) => {
    const isKept = !isStopping() && (await tx.imports.recordRead(fileId, rows, report));
    if (!isKept) throw new LeftToOthers();
    rows = report.rows;
  };
  try {
    const open = () => readPieces(outside, fileId);
    const report = await readSubscribers(outside, open, { ...order, before, keep });
    const isEnded = await store.transaction(async (tx) => {
      if (!(await tx.imports.recordEnd(fileId, report, now()))) return false;
      await auditEnd(tx, { ...order, report }, now());
      return true;
    });
    if (isEnded) await finishImport(outside, report);
    return isEnded ? report : undefined;
  } catch (error) {
    if (error instanceof LeftToOthers) return undefined;
    throw error;
  }
}

async function* readPieces({ store }: Pick<Outside, 'store'>, id: number) {
  for (let position = 0; ; position += 1) {
    const piece = await store.imports.findPiece(id, position);
    if (!piece) return;
    yield piece;
  }
}
