import type { PackedBasis } from '../../core/reading/vectors.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';

const SETTING = 'basis';
/** One is kept for a week: groups of two days that are compared with it stand in one space. */
const RENEW_AFTER_MS = 7 * 24 * 3_600_000;
/** Fewer papers know less than the basis that comes along. */
const LEAST_PAPERS = 5_000;
const MOST_PAPERS = 30_000;
/** So much of an abstract tells what it is about. */
const MOST_READ = 1_500;

interface StoredBasis {
  readonly learnedAt: string;
  readonly basis: PackedBasis;
}

/** The basis that was learned from the papers stored here; undefined where none was yet. */
export async function findBasis(store: Store): Promise<PackedBasis | undefined> {
  return (await store.records.findSetting<StoredBasis>(SETTING))?.basis;
}

/**
 * Learns a basis from the newest papers where there are enough of them and none was learned for a
 * week; whether one was. Public papers alone are read, and nothing leaves the process.
 */
export async function renewBasis({
  store,
  threads,
  now,
}: Pick<Outside, 'store' | 'threads' | 'now'>): Promise<boolean> {
  const at = now();
  const last = await store.records.findSetting<StoredBasis>(SETTING);
  if (last && at.getTime() - Date.parse(last.learnedAt) < RENEW_AFTER_MS) return false;
  const texts = await store.papers.listNewestTexts(MOST_PAPERS, MOST_READ);
  if (texts.length < LEAST_PAPERS) return false;
  const learnedAt = at.toISOString();
  const basis = await threads.run('basis', [texts, learnedAt]);
  if (!basis) return false;
  await store.records.recordSetting(SETTING, { learnedAt, basis });
  return true;
}
