import type { Database } from '../database.ts';
import { createKeepStore } from './keep.ts';
import { createLoadStore } from './load.ts';
import { createSettleStore } from './settle.ts';
import { createSnapshotStore } from './snapshot.ts';

/** The whole database at once: read in one moment, put in the place of another, and settled. */
export function createBackupStore(db: Database) {
  return {
    ...createSnapshotStore(db),
    ...createLoadStore(db),
    ...createKeepStore(db),
    ...createSettleStore(db),
  };
}
