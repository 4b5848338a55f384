import { setImmediate as breathe } from 'node:timers/promises';
import type { AskedWork, CitedAnswer } from '../../core/citations/asked.ts';
import type { Source } from '../fetched.ts';

/** An adapter: asks for some works, as many at most as its source takes, one answer a work. */
export type AskCitations = (
  works: readonly AskedWork[],
  source: Source,
) => Promise<readonly CitedAnswer[]>;

const ITEMS_A_BREATH = 100;

/** Reads items one by one; what cannot be read is no paper, and left out. */
export async function readEach<Item, Read>(
  items: readonly Item[],
  read: (item: Item) => Read,
): Promise<Read[]> {
  const all: Read[] = [];
  for (const [index, item] of items.entries()) {
    if (index % ITEMS_A_BREATH === ITEMS_A_BREATH - 1) await breathe();
    all.push(...readOne(item, read));
  }
  return all;
}

/** The same for one: none for a data set, a grant, a paper without a title. */
export function readOne<Item, Read>(item: Item, read: (item: Item) => Read): Read[] {
  try {
    return [read(item)];
  } catch {
    return [];
  }
}
