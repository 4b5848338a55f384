import { z } from 'zod';
import { parseAddress } from '../core/reader/address.ts';
import { liftSuppression, listSuppressions, suppressAddress } from '../steps/readers/suppress.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';

const reasons = ['bounce', 'complaint', 'operator'] as const;
const order = z.object({
  address: z.string(),
  reason: z.string('--reason must say why, for the record').trim().min(3, 'must say why'),
});

export const suppressionsList = defineCommand({
  args: z.object({
    reason: z.enum(reasons, `must be ${reasons.join(', ')}`).optional(),
    most: z.number().int().min(1).max(10_000).default(100),
  }),
  async run(outside, { reason, most }) {
    const listed = await listSuppressions(outside, { reason: reason ?? null, most });
    const rows = listed.map(({ at, reason: why, address, hash, note }) => [
      at.toISOString().slice(0, 16).replace('T', ' '),
      why,
      address ?? `(nobody has it now: ${hash.slice(0, 12)})`,
      note ?? '',
    ]);
    const none = 'No address is suppressed.';
    return { lines: buildTable(['SINCE', 'REASON', 'ADDRESS', 'NOTE'], rows, none), data: listed };
  },
});

export const suppressionsAdd = defineCommand({
  args: order,
  async run(outside, { address, reason }) {
    await suppressAddress(outside, { address: parseAddress(address), reason, actor: 'operator' });
    return {
      lines: [`${address} gets no mail any more, until "paperround suppressions lift ${address}".`],
      data: { suppressed: true },
    };
  },
});

export const suppressionsLift = defineCommand({
  args: order,
  async run(outside, { address, reason }) {
    const parsed = parseAddress(address);
    if (!(await liftSuppression(outside, { address: parsed, reason, actor: 'operator' }))) {
      throw new CommandError(`${address} is not suppressed`);
    }
    const reader = await outside.store.subscribers.findByAddress(parsed.key);
    const next =
      reader?.state === 'active'
        ? 'They get mail again from their next date on.'
        : 'They have no active subscription: they may sign up again.';
    return { lines: [`${address} may be mailed again. ${next}`], data: { lifted: true } };
  },
});
