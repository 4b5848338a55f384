import type { Background } from '../../core/ranking/background.ts';
import { layOutOthers, type Others } from '../../core/ranking/regression.ts';
import { vectorOf } from '../../core/ranking/taste.ts';
import type { TermVector } from '../../core/ranking/terms.ts';
import type { Work } from '../../core/reading/work.ts';
import type { Store } from '../../store/store.ts';
import { breathe } from '../breathe.ts';
import { findBackground } from '../editions/learned.ts';

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
export function findOthers(store: Store, at: Date): Promise<Others> {
  const known = kept.get(store.whole);
  if (known && at.getTime() < known.until) return known.others;
  const others = readOthers(store);
  kept.set(store.whole, { until: at.getTime() + KEPT_MS, others });
  // What could not be read is asked for again.
  others.catch(() => kept.delete(store.whole));
  return others;
}

async function readOthers(store: Store): Promise<Others> {
  const papers = await store.papers.listSome(OTHERS, NEWEST);
  const background = await findBackground(store);
  return layOutOthers(await breathe(vectorsOf(papers, background)), background);
}

function* vectorsOf(
  papers: readonly { readonly title: string; readonly abstract: string }[],
  background: Background | undefined,
): Work<TermVector[]> {
  const vectors: TermVector[] = [];
  for (const { title, abstract } of papers) {
    vectors.push(vectorOf({ title, abstract: abstract.slice(0, LONGEST_ABSTRACT) }, background));
    yield;
  }
  return vectors;
}
