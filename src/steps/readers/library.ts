import {
  LARGEST_LIBRARY_FILE,
  LONGEST_LIBRARY,
  MOST_ENTRIES,
  type ReadLibrary,
} from '../../core/library/library.ts';
import type { Outside } from '../steps.ts';
import { changeTaste } from './taste.ts';

type LibraryOutside = Pick<Outside, 'store' | 'threads' | 'now'>;

/** What became of a library that was given. */
export interface AddedLibrary extends ReadLibrary {
  /** How many papers the library did not have before. */
  readonly added: number;
  /** How many found no room. */
  readonly leftOut: number;
}

/** A library as it is given: pasted, or the bytes of a file; and who gives it where it is not the reader. */
export interface GivenLibrary {
  readonly given: string | Uint8Array;
  readonly actor?: string;
}

/** Adds the library that a reader gave and learns from it. Undefined where it is too long to be read, or the reader is gone. */
export async function addLibrary(
  outside: LibraryOutside,
  subscriberId: number,
  { given, actor = 'reader' }: GivenLibrary,
): Promise<AddedLibrary | undefined> {
  const isTooLong =
    typeof given === 'string'
      ? Buffer.byteLength(given) > LONGEST_LIBRARY
      : given.length > LARGEST_LIBRARY_FILE;
  if (isTooLong) return undefined;
  const read = await outside.threads.run('library', [given]);
  if (read.entries.length === 0) return { ...read, added: 0, leftOut: 0 };
  const detail = { entries: read.entries.length };
  const change = { subscriberId, action: 'add_library', actor, detail } as const;
  return changeTaste(outside, change, async (tx, at) => {
    const had = await tx.libraries.listKeys(subscriberId);
    const { kept, added, leftOut } = fitEntries(read.entries, had);
    const entries = kept.map(({ key, title, abstract }) => ({ key, title, abstract }));
    const isChanged = await tx.libraries.upsert(subscriberId, entries, { at });
    return { ...read, isChanged, added, leftOut };
  });
}

/** Of papers for a library that has these keys: those it has, and as many more as find room. */
export function fitEntries<Entry extends { readonly key: string }>(
  entries: readonly Entry[],
  had: ReadonlySet<string>,
): { readonly kept: readonly Entry[]; readonly added: number; readonly leftOut: number } {
  const fresh = entries.filter(({ key }) => !had.has(key));
  const fitting = new Set(fresh.slice(0, Math.max(0, MOST_ENTRIES - had.size)));
  return {
    kept: entries.filter((entry) => had.has(entry.key) || fitting.has(entry)),
    added: fitting.size,
    leftOut: fresh.length - fitting.size,
  };
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
