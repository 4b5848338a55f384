import { z } from 'zod';
import type { Place } from '../core/desk/cursor.ts';
import { parseAddress } from '../core/reader/address.ts';
import { suppressionReasons } from '../core/reader/sign-up.ts';
import {
  liftedWords,
  liftImport,
  liftSuppression,
  listSuppressions,
  suppressAddress,
} from '../steps/readers/suppress.ts';
import type { Outside } from '../steps/steps.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, pageArgs, pageOf, tellMore } from './page.ts';
import { reason } from './reason.ts';
import { listedSuppression } from './shapes/reader.ts';

const reasons = suppressionReasons;
const order = z.object({
  address: z.string(),
  reason,
});

const list = 'suppressions';
/** When it was recorded, and the hash of its address. */
const isSuppression = ([at, hash]: Place) =>
  typeof at === 'string' && typeof hash === 'string' && !Number.isNaN(Date.parse(at));

export const suppressionsList = defineCommand({
  right: 'look',
  args: z.object({
    reason: z.enum(reasons, `must be ${reasons.join(', ')}`).optional(),
    ...pageArgs(list, isSuppression),
  }),
  answers: pageOf(listedSuppression),
  async run(outside, { reason, limit, cursor }) {
    const [at, hash] = cursor ?? [];
    const listed = await listSuppressions(outside, {
      reason: reason ?? null,
      most: limit + 1,
      ...(cursor ? { before: new Date(at ?? 0), past: String(hash) } : {}),
    });
    const page = cutPage(listed, {
      list,
      limit,
      placeOf: (row) => [row.at.toISOString(), row.hash],
    });
    const rows = page.items.map(({ at, reason: why, address, hash, note }) => [
      at.toISOString().slice(0, 16).replace('T', ' '),
      why,
      address ?? `(nobody has it now: ${hash.slice(0, 12)})`,
      note ?? '',
    ]);
    const none = 'No address is suppressed.';
    const lines = buildTable(['SINCE', 'REASON', 'ADDRESS', 'NOTE'], rows, none);
    return { lines: [...lines, ...tellMore(page)], data: page };
  },
});

export const suppressionsAdd = defineCommand({
  right: 'operate',
  args: order,
  answers: z.object({ suppressed: z.boolean() }),
  async run(outside, { address, reason }, { actor }) {
    await suppressAddress(outside, { address: parseAddress(address), reason, actor });
    return {
      lines: [`${address} gets no mail any more, until "paperround suppressions lift ${address}".`],
      data: { suppressed: true },
    };
  },
});

export const suppressionsLift = defineCommand({
  right: 'operate',
  args: order.extend({
    address: z.string().optional(),
    import: z.int().optional().describe('Instead of an address: all that an import kept.'),
  }),
  answers: z.object({ lifted: z.boolean(), count: z.int() }),
  async run(outside, { address, reason, import: importId }, { actor }) {
    if ((address === undefined) === (importId === undefined)) {
      throw new CommandError('name an address, or an import');
    }
    if (address === undefined) return liftAll(outside, { importId: importId ?? 0, reason, actor });
    const order = { address: parseAddress(address), reason, actor };
    const lifted = await liftSuppression(outside, order);
    if (lifted === 'none') throw new CommandError(`${address} is not suppressed`, 'missing');
    const next = liftedWords[lifted];
    const lines = [`${address} may be mailed again. ${next}`];
    return { lines, data: { lifted: true, count: 1 } };
  },
});

async function liftAll(
  outside: Pick<Outside, 'store' | 'now'>,
  order: { importId: number; reason: string; actor: string },
) {
  const count = await liftImport(outside, order);
  if (count === 0) {
    throw new CommandError(`import ${order.importId} keeps no address suppressed`, 'missing');
  }
  const lines = [
    `${count} addresses that import ${order.importId} kept are not suppressed any more.`,
    'The file can be imported again; with --dry-run it says first how it is read.',
  ];
  return { lines, data: { lifted: true, count } };
}
