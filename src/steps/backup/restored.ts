import type { Store } from '../../store/store.ts';

/** That a backup of an earlier time was put in the place of what was sent since. */
export interface Restored {
  readonly backupAt: string;
  readonly restoredAt: string;
  /** Editions up to this id are in no scheduled digest: their papers may have been sent. */
  readonly setAside: number;
}

const SETTING = 'restored';

/** The last restore to an earlier time; undefined where there was none. */
export function findRestored(store: Pick<Store, 'records'>): Promise<Restored | undefined> {
  return store.records.findSetting<Restored>(SETTING);
}

/** Writes down what a restore, or an operator after it, sets aside. */
export async function recordRestored(tx: Pick<Store, 'records'>, restored: Restored) {
  await tx.records.recordSetting(SETTING, restored);
}

/** A draft that was set aside and got no paper is a draft like any other. */
export async function releaseEmpty(tx: Store, draftId: number): Promise<void> {
  const restored = await findRestored(tx);
  if (restored?.setAside !== draftId) return;
  await recordRestored(tx, { ...restored, setAside: draftId - 1 });
}

/**
 * The edition that papers of a feed join: the draft, unless the feed only now brings what it
 * had before a restore, which may have been sent: then what was set aside.
 */
export async function findPlace(
  tx: Store,
  { draftId, feedId }: { draftId: number; feedId?: number | undefined },
): Promise<number> {
  const restored = feedId === undefined ? undefined : await findRestored(tx);
  if (!restored || draftId <= restored.setAside || restored.setAside === 0) return draftId;
  const restoredAt = new Date(restored.restoredAt);
  const feed = (await tx.feeds.list()).find(({ id }) => id === feedId);
  if (!feed || feed.createdAt > restoredAt) return draftId;
  const isUnread = !feed.lastAnswerAt || feed.lastAnswerAt < restoredAt;
  const isBehind = feed.isBehind && (!feed.readUntil || feed.readUntil < restoredAt);
  return isUnread || isBehind ? restored.setAside : draftId;
}
