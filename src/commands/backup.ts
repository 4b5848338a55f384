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

/** What the last restore to an earlier time set aside; or lets digests bring it after all. */
export const restored = defineCommand({
  right: 'operate',
  args: z.object({ bring: z.boolean().default(false) }),
  answers: z
    .object({
      backupAt: z.string(),
      restoredAt: z.string(),
      setAside: z.int(),
      editions: z.array(z.object({ id: z.int(), name: z.string(), papers: count })),
    })
    .nullable(),
  async run({ store, now }, { bring }, { actor }) {
    const found = await findRestored(store);
    if (!found) return { lines: ['nothing was restored to an earlier time here'], data: null };
    const editions = await store.editions.listReleased(new Date(0));
    const aside = editions.filter(({ id }) => id <= found.setAside).map(({ id }) => id);
    const named = await store.editions.listNames(aside.slice(0, MOST_NAMED));
    if (bring && found.setAside > 0) {
      await store.transaction(async (tx) => {
        await recordRestored(tx, { ...found, setAside: 0 });
        const detail = { editions: aside.length };
        await tx.records.recordAudit({ at: now(), actor, action: 'bring', subject: 'all', detail });
      });
    }
    const names = named.map(({ name, papers }) => `  ${name}  ${papers} papers`);
    return {
      lines: [
        `restored at ${found.restoredAt} from a backup of ${found.backupAt}`,
        ...tellAside(names, { isBrought: bring || found.setAside === 0 }),
      ],
      data: { ...found, setAside: bring ? 0 : found.setAside, editions: named },
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
