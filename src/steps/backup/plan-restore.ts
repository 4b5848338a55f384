import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isRingCovering, type KeyRing } from '../../core/reader/keys.ts';
import type { Config } from '../../process/config.ts';
import type { Store } from '../../store/store.ts';
import { BackupRefused } from './archive.ts';
import { findRing, hasFiles, type LaidFiles, layFiles } from './files.ts';
import type { CheckedArchive } from './read-archive.ts';
import type { RestoreOrder } from './restore.ts';

const LAST_LOOK = 15;
const LOOK_AGAIN_MS = 200;

/** What the host says of a restore. */
export interface RestoreWish {
  readonly file: string;
  /** It, read to its end. */
  readonly archive: CheckedArchive;
  readonly isMoved: boolean;
  readonly keepsTargetKeys: boolean;
  readonly actor: string;
  /** Asked where something is here: whether the backup may take its place. */
  mayReplace(): Promise<boolean>;
}

/** A restore that nothing speaks against, and what the host has to put in place by hand. */
export interface RestorePlan {
  readonly order: RestoreOrder;
  readonly laid: LaidFiles | undefined;
}

/**
 * Decides whether this installation can take a backup. Throws BackupRefused, before anything
 * of the installation is touched, where it cannot.
 */
export async function planRestore(
  { store, config }: { store: Store; config: Config },
  wish: RestoreWish,
  targetKeys: KeyRing | undefined,
): Promise<RestorePlan> {
  const { file, archive, isMoved, actor } = wish;
  const { head, files } = archive;
  refuseNewer(store, wish);
  if (isMoved && head.isSending) {
    throw new BackupRefused(
      `${file} was made while something was sending, so mail may have gone out after it: --moved needs a backup that was made after everything had been stopped. Without --moved it can be restored`,
    );
  }
  await refuseTarget(store, { isService: config.mode === 'service', mayReplace: wish.mayReplace });
  const backupKeys = findRing(files);
  const folder = join(dirname(wish.file), `restored-${head.at.slice(0, 19).replaceAll(':', '-')}`);
  const keys = await chooseKeys({ config, wish, targetKeys, backupKeys, files, folder });
  const isComplete = await hasFiles(config, files);
  const laid = isComplete ? undefined : await layFiles(folder, files, undefined);
  return { order: { file, archive, isMoved, actor, keys, backupKeys }, laid };
}

function refuseNewer(store: Store, { file, archive: { head } }: RestoreWish): void {
  const unknown = store.backups.findUnknown(head.migrations.map(({ name }) => name));
  if (!unknown) return;
  throw new BackupRefused(
    `${file} was made by a newer Paperround (${head.version}: it has ${unknown}, which this version does not know). Nothing was written. Restore it with that version or a later one`,
  );
}

async function chooseKeys(given: {
  config: Config;
  wish: RestoreWish;
  targetKeys: KeyRing | undefined;
  backupKeys: KeyRing | undefined;
  files: ReadonlyMap<string, Buffer>;
  folder: string;
}): Promise<KeyRing> {
  const { config, wish, targetKeys, backupKeys, files, folder } = given;
  if (wish.keepsTargetKeys) {
    if (targetKeys) return targetKeys;
    throw new BackupRefused('there are no keys here to keep: leave --keep-keys-of-target out');
  }
  if (!backupKeys) {
    throw new BackupRefused(
      `${wish.file} was made --without-keys. Put the SECRET_KEYS that its installation had in place, and say --keep-keys-of-target`,
    );
  }
  // The sandbox's own file is written anew; what the environment says is not ours to change.
  if (!config.keys && config.mode === 'sandbox') return backupKeys;
  if (targetKeys && isRingCovering(targetKeys, backupKeys)) return targetKeys;
  const { envFile } = await layFiles(folder, files, backupKeys);
  throw new BackupRefused(
    `SECRET_KEYS here are not those of the backup: links in mail already sent would break, "unsubscribe" among them, and suppressed addresses would not be known again. Nothing was restored. Put the line from ${envFile} into .env (a newer key may stand before it) and restore again; or, if no mail of that installation has to work any more, say --keep-keys-of-target`,
  );
}

/** Whoever was stopped a moment ago may still be on its way out. */
async function countOthers(store: Store): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const others = await store.backups.countOthers();
    if (others === 0 || tries === LAST_LOOK) return others;
    await wait(LOOK_AGAIN_MS);
  }
}

/** Refuses a place that is in use, or filled without a word that it may be replaced. */
async function refuseTarget(
  store: Store,
  { isService, mayReplace }: { isService: boolean; mayReplace: () => Promise<boolean> },
): Promise<void> {
  const others = isService ? await countOthers(store) : 0;
  if (others > 0) {
    throw new BackupRefused(
      `${others} other ${others === 1 ? 'connection uses' : 'connections use'} this database: stop server, workers and whatever else works on it first`,
    );
  }
  if ((await store.backups.isEmpty()) || (await mayReplace())) return;
  throw new BackupRefused(
    'this installation is not empty. Back it up; then --replace puts the backup in its place',
  );
}
