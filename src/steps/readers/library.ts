import {
  LONGEST_LIBRARY,
  MOST_ENTRIES,
  parseLibrary,
  type ReadLibrary,
} from '../../core/ranking/library.ts';
import { breathe } from '../breathe.ts';
import type { Outside } from '../steps.ts';
import { changeTaste } from './taste.ts';

type LibraryOutside = Pick<Outside, 'store' | 'now'>;

/** What became of a pasted library. */
export interface AddedLibrary extends ReadLibrary {
  /** How many papers the library did not have before. */
  readonly added: number;
  /** How many found no room. */
  readonly leftOut: number;
}

/** Adds what a reader pasted and learns from it. Undefined where it is too long to be read, or the reader is gone. */
export async function addLibrary(
  outside: LibraryOutside,
  subscriberId: number,
  pasted: string,
): Promise<AddedLibrary | undefined> {
  if (Buffer.byteLength(pasted) > LONGEST_LIBRARY) return undefined;
  const read = await breathe(parseLibrary(pasted));
  if (read.entries.length === 0) return { ...read, added: 0, leftOut: 0 };
  const detail = { entries: read.entries.length };
  return changeTaste(outside, { subscriberId, action: 'add_library', detail }, async (tx, at) => {
    const had = await tx.libraries.listKeys(subscriberId);
    const fresh = read.entries.filter(({ key }) => !had.has(key));
    const fitting = new Set(fresh.slice(0, Math.max(0, MOST_ENTRIES - had.size)));
    const entries = read.entries
      .filter((entry) => had.has(entry.key) || fitting.has(entry))
      .map(({ key, title, abstract }) => ({ key, title, abstract }));
    const isChanged = await tx.libraries.upsert(subscriberId, entries, at);
    return { ...read, isChanged, added: fitting.size, leftOut: fresh.length - fitting.size };
  });
}

/** Removes one paper of a reader's library, or all of them, and what was learned from it. */
export async function removeLibrary(
  outside: LibraryOutside,
  subscriberId: number,
  key?: string,
): Promise<void> {
  await changeTaste(outside, { subscriberId, action: 'remove_library' }, async (tx) => ({
    isChanged: await (key === undefined
      ? tx.libraries.clear(subscriberId)
      : tx.libraries.remove(subscriberId, key)),
  }));
}
