import type { Others } from '../../core/ranking/regression.ts';
import type { Store } from '../../store/store.ts';
import { findBackground } from '../editions/learned.ts';
import type { Outside } from '../steps.ts';

type OthersOutside = Pick<Outside, 'store' | 'threads'>;

/** So many stored papers stand for what a reader does not ask for: more say hardly more. */
const OTHERS = 1_000;
/** They are taken from so many of the newest. */
const NEWEST = 30_000;
/** Of an abstract the beginning, which bounds what they take up. */
const LONGEST_ABSTRACT = 3_000;
const KEPT_MS = 24 * 3_600_000;

interface Kept {
  readonly until: number;
  readonly others: Promise<Others>;
}

const kept = new WeakMap<Store['whole'], Kept>();

/** Papers beside which tastes are learned: the same for all readers, for a day in a process. */
export function findOthers({ store, threads }: OthersOutside, at: Date): Promise<Others> {
  const known = kept.get(store.whole);
  if (known && at.getTime() < known.until) return known.others;
  const others = readOthers({ store, threads });
  kept.set(store.whole, { until: at.getTime() + KEPT_MS, others });
  // What could not be read is asked for again.
  others.catch(() => kept.delete(store.whole));
  return others;
}

async function readOthers({ store, threads }: OthersOutside): Promise<Others> {
  const papers = await store.papers.listSome(OTHERS, NEWEST);
  const texts = papers.map(({ title, abstract }) => ({
    title,
    abstract: abstract.slice(0, LONGEST_ABSTRACT),
  }));
  return threads.run('others', [texts, await findBackground(store)]);
}
