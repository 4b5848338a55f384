import { z } from 'zod';
import { parseAddress } from '../core/reader/address.ts';
import { suppressionReasons } from '../core/reader/sign-up.ts';
import {
  findReasonFault,
  liftedWords,
  liftSuppression,
  listSuppressions,
  suppressAddress,
} from '../steps/readers/suppress.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';

const reasons = suppressionReasons;
const order = z.object({
  address: z.string(),
  reason: z
    .string('--reason must say why, for the record')
    .trim()
    .superRefine((reason, context) => {
      const fault = findReasonFault(reason);
      if (fault) context.addIssue(fault);
    }),
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
  async run(outside, { address, reason }, { actor }) {
    await suppressAddress(outside, { address: parseAddress(address), reason, actor });
    return {
      lines: [`${address} gets no mail any more, until "paperround suppressions lift ${address}".`],
      data: { suppressed: true },
    };
  },
});

export const suppressionsLift = defineCommand({
  args: order,
  async run(outside, { address, reason }, { actor }) {
    const order = { address: parseAddress(address), reason, actor };
    const lifted = await liftSuppression(outside, order);
    if (lifted === 'none') throw new CommandError(`${address} is not suppressed`);
    const next = liftedWords[lifted];
    return { lines: [`${address} may be mailed again. ${next}`], data: { lifted: true } };
  },
});
