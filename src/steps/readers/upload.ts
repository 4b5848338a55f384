import {
  findSourceFault,
  type UnconfirmedChoice,
  unconfirmedChoices,
} from '../../core/reader/import.ts';
import type { ImportReport, RefusedRow } from '../../core/reader/import-report.ts';
import type { ImportFile } from '../../store/readers/imports.ts';
import type { Outside } from '../steps.ts';
import { importSubscribers } from './import.ts';

const PIECE = 256 * 1024;

type UploadOutside = Parameters<typeof importSubscribers>[0];

/** What an operator says of a file that they send. */
export type FileTerms = Pick<ImportFile, 'source' | 'unconfirmed' | 'actor'>;

/** Reads what was typed beside a file; what is wrong with it, in a sentence. */
export function parseFileTerms(
  typed: { readonly source: string; readonly unconfirmed: string },
  actor: string,
): FileTerms | { readonly fault: string } {
  const { source, unconfirmed } = typed;
  const fault = findSourceFault(source);
  if (fault) return { fault };
  if (!Object.hasOwn(unconfirmedChoices, unconfirmed)) {
    return { fault: 'Choose what becomes of rows without a date of confirmation.' };
  }
  return { source: source.trim(), unconfirmed: unconfirmed as UnconfirmedChoice, actor };
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
  { id, source, unconfirmed, actor }: ImportFile,
  onRefused?: (row: RefusedRow) => Promise<void>,
): Promise<ImportReport> {
  const order = { source, unconfirmed, actor, isDryRun: true, ...(onRefused ? { onRefused } : {}) };
  return importSubscribers(outside, readPieces(outside, id), order);
}

/** Reads a kept file into the subscribers, once: a second press changes nothing. */
export async function takeFile(
  outside: UploadOutside,
  { id, source, unconfirmed }: ImportFile,
  actor: string,
): Promise<void> {
  const { store, now } = outside;
  if (!(await store.imports.claimFile(id, now()))) return;
  const order = { source, unconfirmed, actor, isDryRun: false };
  const report = await importSubscribers(outside, readPieces(outside, id), order);
  await store.imports.recordEnd(id, report, now());
}

async function* readPieces({ store }: Pick<Outside, 'store'>, id: number) {
  for (let position = 0; ; position += 1) {
    const piece = await store.imports.findPiece(id, position);
    if (!piece) return;
    yield piece;
  }
}
