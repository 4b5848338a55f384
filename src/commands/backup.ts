import { z } from 'zod';
import { makeBackup } from '../steps/backup/backup.ts';
import { findRestored, recordRestored } from '../steps/backup/restored.ts';
import { tellBackup } from '../steps/backup/tell.ts';
import { defineCommand } from './command.ts';
import { count } from './shapes/shape.ts';

/** Everything into one file, written by whoever answers on the socket: the same machine and user. */
export const backup = defineCommand({
  right: 'operate',
  args: z.object({ file: z.string(), withoutKeys: z.boolean().default(false) }),
  answers: z.object({
    file: z.string(),
    bytes: count,
    rows: z.record(z.string(), count),
    files: z.array(z.string()),
    isSending: z.boolean(),
  }),
  async run(outside, { file, withoutKeys }, { actor }) {
    const report = await makeBackup(outside, { file, withoutKeys });
    const at = outside.now();
    const detail = { file: report.file, bytes: report.bytes };
    await outside.store.records.recordAudit({
      at,
      actor,
      action: 'backup',
      subject: 'all',
      detail,
    });
    return { lines: tellBackup(report), data: report };
  },
});

const MOST_NAMED = 20;

const decisions = ['accepted', 'failed'] as const;

/**
 * What the last restore to an earlier time set aside and put in doubt; lets digests bring the
 * one after all, or decides all of the other at once.
 */
export const restored = defineCommand({
  right: 'operate',
  args: z.object({
    bring: z.boolean().default(false),
    decide: z.enum(decisions, `must be ${decisions.join(' or ')}`).optional(),
  }),
  answers: z
    .object({
      backupAt: z.string(),
      restoredAt: z.string(),
      setAside: z.int(),
      editions: z.array(z.object({ id: z.int(), name: z.string(), papers: count })),
      decided: count.nullable(),
    })
    .nullable(),
  async run({ store, now }, { bring, decide }, { actor }) {
    const found = await findRestored(store);
    if (!found) return { lines: ['nothing was restored to an earlier time here'], data: null };
    const record = (tx: typeof store, action: string, detail: Record<string, unknown>) =>
      tx.records.recordAudit({ at: now(), actor, action, subject: 'restore', detail });
    const decided =
      decide &&
      (await store.transaction(async (tx) => {
        const count = await tx.backups.recordDecided(new Date(found.restoredAt), decide, now());
        await record(tx, 'resolve', { state: decide, deliveries: count });
        return count;
      }));
    const editions = await store.editions.listReleased(new Date(0));
    const aside = editions.filter(({ id }) => id <= found.setAside).map(({ id }) => id);
    const named = await store.editions.listNames(aside.slice(0, MOST_NAMED));
    if (bring && found.setAside > 0) {
      await store.transaction(async (tx) => {
        await recordRestored(tx, { ...found, setAside: 0 });
        await tx.items.bringBack(new Date(found.restoredAt));
        await record(tx, 'bring', { editions: aside.length });
      });
    }
    const names = named.map(({ name, papers }) => `  ${name}  ${papers} papers`);
    const setAside = bring ? 0 : found.setAside;
    return {
      lines: [
        `restored at ${found.restoredAt} from a backup of ${found.backupAt}`,
        ...(decided === undefined ? [] : [`${decided} deliveries in doubt are ${decide} now`]),
        ...tellAside(names, { isBrought: setAside === 0 }),
      ],
      data: { ...found, setAside, editions: named, decided: decided ?? null },
    };
  },
});

function tellAside(names: readonly string[], { isBrought }: { isBrought: boolean }): string[] {
  if (isBrought) {
    return [
      'Digests bring what no delivery covers, as ever; those of the lost time may come twice.',
    ];
  }
  return [
    'No scheduled digest brings these editions, since their papers may have been sent (newest first):',
    ...(names.length > 0 ? names : ['  none is cut yet']),
    'To let the next digests bring them all the same, to some readers twice: paperround restored --bring',
    'To send one to one reader: paperround resend EDITION ADDRESS',
  ];
}
