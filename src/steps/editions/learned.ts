import {
  type Background,
  type PackedBackground,
  unpackBackground,
} from '../../core/ranking/background.ts';
import type { PackedBasis } from '../../core/reading/vectors.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';

/** It is kept for a week: groups of two days that are compared with it stand in one space. */
const RENEW_AFTER_MS = 7 * 24 * 3_600_000;
/** Fewer papers know less than what comes along. */
const LEAST_PAPERS = 5_000;
const MOST_PAPERS = 30_000;
/** So much of an abstract tells what it is about. */
const MOST_READ = 1_500;

/** When something was learned: of a few bytes, to see whether what is remembered is the last. */
interface Learned {
  readonly learnedAt: string;
}

interface StoredBasis extends Learned {
  readonly basis: PackedBasis;
}

interface StoredBackground extends Learned {
  readonly background: PackedBackground;
}

/** The basis that was learned from the papers stored here; undefined where none was yet. */
export async function findBasis(store: Store): Promise<PackedBasis | undefined> {
  return (await store.records.findSetting<StoredBasis>('basis'))?.basis;
}

interface Kept extends Learned {
  readonly background: Promise<Background | undefined>;
}

const kept = new WeakMap<Store['whole'], Kept>();

/**
 * How common terms are among the papers stored here, read once in a process each time that it was
 * learned; undefined where it was not yet.
 */
export async function findBackground(store: Store): Promise<Background | undefined> {
  const last = await store.records.findSetting<Learned>('background_learned');
  if (!last) return undefined;
  const known = kept.get(store.whole);
  if (known?.learnedAt === last.learnedAt) return known.background;
  const background = readBackground(store);
  kept.set(store.whole, { ...last, background });
  // What could not be read is asked for again.
  background.catch(() => kept.delete(store.whole));
  return background;
}

async function readBackground(store: Store): Promise<Background | undefined> {
  const stored = await store.records.findSetting<StoredBackground>('background');
  return stored && unpackBackground(stored.background);
}

/**
 * Learns a basis, and how common terms are, from the newest papers where there are enough of them
 * and nothing was learned for a week; whether it did. Public papers alone are read, and nothing
 * leaves the process.
 */
export async function renewLearned({
  store,
  threads,
  now,
}: Pick<Outside, 'store' | 'threads' | 'now'>): Promise<boolean> {
  const at = now();
  const last = await store.records.findSetting<Learned>('background_learned');
  if (last && at.getTime() - Date.parse(last.learnedAt) < RENEW_AFTER_MS) return false;
  const texts = await store.papers.listNewestTexts(MOST_PAPERS, MOST_READ);
  if (texts.length < LEAST_PAPERS) return false;
  const learned: Learned = { learnedAt: at.toISOString() };
  const background = await threads.run('background', [texts]);
  const basis = await threads.run('basis', [texts, learned.learnedAt]);
  await store.transaction(async ({ records }) => {
    if (basis) await records.recordSetting('basis', { ...learned, basis });
    await records.recordSetting('background', { ...learned, background });
    await records.recordSetting('background_learned', learned);
  });
  return true;
}
