import { rename, writeFile } from 'node:fs/promises';
import {
  buildRingText,
  hashAddress,
  isRingCovering,
  type KeyRing,
} from '../../core/reader/keys.ts';
import type { Config } from '../../process/config.ts';
import type { Kept } from '../../store/backup/keep.ts';
import type { Loading } from '../../store/backup/load.ts';
import type { RestoreMoment, Settled } from '../../store/backup/settle.ts';
import type { Store } from '../../store/store.ts';
import { type ArchiveHead, BackupRefused } from './archive.ts';
import { flightsPath, ringPath } from './files.ts';
import { type CheckedArchive, readArchive } from './read-archive.ts';
import { type Restored, recordRestored } from './restored.ts';

/** How a backup is to be restored. */
export interface RestoreOrder {
  readonly file: string;
  readonly archive: CheckedArchive;
  /** The host's word that nothing was sent since the backup: what is open goes on. */
  readonly isMoved: boolean;
  readonly actor: string;
  /** The ring that the installation has afterwards. */
  readonly keys: KeyRing;
  /** That of the backup; undefined in one without keys. */
  readonly backupKeys: KeyRing | undefined;
}

/** What a restore came to. */
export interface RestoreReport {
  readonly head: ArchiveHead;
  readonly rows: Readonly<Record<string, number>>;
  readonly migrated: readonly string[];
  /** Absent where it was a move: then nothing had to be decided. */
  readonly settled?: Settled;
  /** Absent where the installation was empty. */
  readonly kept?: Kept;
  /** False where the backup is none of this installation's own past, so that erasures cannot be told. */
  readonly isOwnPast: boolean;
}

type RestoreOutside = { readonly store: Store; readonly config: Config; readonly now: () => Date };

const FROM = 'restored_from';
/** Far more ids than are given in the days that a restore may lose, far below 2^53. */
const ID_GAP = 1_000_000_000;
const ERASED_PAGE = 200;

/**
 * Puts a checked backup in the place of what is there, in one transaction: killed at any
 * moment, the database is as it was. Nothing is sent by it, and unless it is a move nothing
 * that is in it goes out without a person's word.
 */
export function restoreBackup(
  { store, config, now }: RestoreOutside,
  order: RestoreOrder,
): Promise<RestoreReport> {
  const { archive, isMoved } = order;
  const { head } = archive;
  const restoredAt = now();
  return store.transaction(async (tx) => {
    const replaces = await beginReplacing(tx, head);
    const loading = await tx.backups.beginLoading(head.migrations);
    await loadRows(loading, order);
    const migrated = await loading.migrateOn();
    await loading.recordNextIds(nextIdsAfter(head, isMoved));
    await tx.backups.endSenders(restoredAt);
    // This past is known to be another one, and settled here.
    await tx.heartbeats.forget();
    const moment = { backupAt: new Date(head.at), restoredAt };
    const kept = replaces ? await keepRefused(tx, order, replaces.isOwnPast) : undefined;
    const settled = isMoved ? undefined : await settle(tx, moment);
    await adoptKeys(tx, order);
    await tx.records.recordSetting(FROM, {
      backupAt: head.at,
      restoredAt: restoredAt.toISOString(),
    });
    await tx.records.recordAudit({
      at: restoredAt,
      actor: order.actor,
      action: 'restore',
      subject: `backup of ${head.at}`,
      detail: { moved: isMoved, ...(settled ? { settled } : {}), ...(kept ? { kept } : {}) },
    });
    // Before the commit: an empty database with keys is harmless, one without its keys is not.
    if (config.mode === 'sandbox') await writeSandboxFiles(config, order);
    const report = { head, rows: archive.rows, migrated, isOwnPast: replaces?.isOwnPast ?? true };
    return { ...report, ...(settled ? { settled } : {}), ...(kept ? { kept } : {}) };
  });
}

/** Looks at what will be replaced; undefined where nobody would miss it. */
async function beginReplacing(tx: Store, head: ArchiveHead) {
  const [first] = await tx.backups.listApplied();
  if (!first || (await tx.backups.isEmpty())) return undefined;
  await tx.backups.keepRefusals();
  // After an earlier restore the present knows nothing of what the backup may have seen.
  const from = await tx.records.findSetting<Restored>(FROM);
  const isSame = first.name === head.migrations[0]?.name && first.at === head.migrations[0]?.at;
  const nextIds = await tx.backups.readNextIds();
  // Only what came after the backup can tell who was erased since.
  const isLater = (nextIds['subscriber'] ?? 0) >= (head.nextIds['subscriber'] ?? 0);
  return { isOwnPast: isSame && isLater && (!from || from.restoredAt < head.at) };
}

async function loadRows(loading: Loading, { file, archive }: RestoreOrder): Promise<void> {
  const shapes = new Map(archive.head.tables.map((table) => [table.name, table]));
  for await (const entry of readArchive(file)) {
    if (entry.kind !== 'rows') continue;
    const shape = shapes.get(entry.table);
    if (!shape) throw new BackupRefused(`${file} has rows of an unknown table "${entry.table}"`);
    await loading.insertLines(shape, entry.lines);
  }
}

/** An id that was given after the backup stands in links and Message-IDs: it is not given again. */
function nextIdsAfter({ nextIds }: ArchiveHead, isMoved: boolean): Record<string, number> {
  const gap = isMoved ? 0 : ID_GAP;
  return Object.fromEntries(Object.entries(nextIds).map(([table, next]) => [table, next + gap]));
}

async function settle(tx: Store, moment: RestoreMoment): Promise<Settled> {
  const settled = await tx.backups.settle(moment);
  const backupAt = moment.backupAt.toISOString();
  const restoredAt = moment.restoredAt.toISOString();
  await tx.pauses.insert(
    { kind: 'all' },
    { actor: 'restore', reason: `restored from a backup of ${backupAt}`, at: moment.restoredAt },
  );
  await recordRestored(tx, { backupAt, restoredAt, setAside: settled.setAside });
  return settled;
}

/** Who left, was suppressed or erased since the backup stays so. */
async function keepRefused(tx: Store, order: RestoreOrder, isOwnPast: boolean): Promise<Kept> {
  const kept = await tx.backups.recordKept();
  let erased = 0;
  while (isOwnPast) {
    const gone = await tx.backups.listErased(ERASED_PAGE);
    if (gone.length === 0) break;
    for (const { id, addressKey } of gone) {
      await tx.erasures.eraseSubscriber(
        id,
        hashAddress(order.backupKeys ?? order.keys, addressKey),
      );
    }
    erased += gone.length;
  }
  return { ...kept, erased };
}

/** Under other keys than its own, what a backup keeps of suppressed readers is hashed anew where their address is known. */
async function adoptKeys(tx: Store, { keys, backupKeys }: RestoreOrder): Promise<void> {
  if (!backupKeys || isRingCovering(keys, backupKeys)) return;
  await tx.backups.replaceKeys([...keys.secrets.keys()], keys.newest);
  await tx.backups.forgetHashes();
  for (let afterId = 0; ; ) {
    const page = await tx.backups.listAddresses({ afterId, most: 1_000 });
    const last = page.at(-1);
    if (!last) return;
    afterId = last.id;
    const pairs = page.map(({ addressKey }) => ({
      before: hashAddress(backupKeys, addressKey),
      after: hashAddress(keys, addressKey),
    }));
    await tx.backups.copySuppressions(pairs);
  }
}

async function writeSandboxFiles(config: Config, { archive, keys }: RestoreOrder): Promise<void> {
  const { dataDir } = config;
  if (!config.keys) await replaceFile(ringPath({ dataDir }), `${buildRingText(keys)}\n`);
  const flights = archive.files.get('flights');
  // What was begun here since stays begun.
  if (flights) await writeFile(flightsPath({ dataDir }), flights, { mode: 0o600, flag: 'a' });
}

async function replaceFile(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, text, { mode: 0o600, flush: true });
  await rename(fresh, path);
}
