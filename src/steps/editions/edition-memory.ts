import { type LoadedEditions, loadEdition } from '../digests/choose.ts';
import type { Outside } from '../steps.ts';

/** The newest editions, read and indexed once in a process for all who look at them. */
export interface EditionMemory {
  /** The newest released editions, newest first. */
  newest(most: number): Promise<LoadedEditions[]>;
}

/** What a released edition shows never changes, so it is read once; the oldest are let go. */
export function createEditionMemory({ store }: Pick<Outside, 'store'>): EditionMemory {
  const known = new Map<number, Promise<LoadedEditions>>();
  const load = (id: number) => {
    const loading = known.get(id) ?? loadEdition(store, id);
    known.set(id, loading);
    // What could not be read is asked for again.
    loading.catch(() => known.delete(id));
    return loading;
  };
  return {
    async newest(most) {
      const shown = await store.editions.listShown(most);
      const loaded = await Promise.all(shown.map(({ id }) => load(id)));
      const isShown = new Set(shown.map(({ id }) => id));
      for (const id of known.keys()) if (!isShown.has(id) && known.size > most) known.delete(id);
      return loaded;
    },
  };
}
