import { z } from 'zod';
import { countOf } from '../core/text/words.ts';
import { planReconciling, type Reconciled, reconcile } from '../steps/deliveries/reconcile.ts';
import { defineCommand } from './command.ts';
import { count } from './shapes/shape.ts';

/** As many as one call takes; a longer log is given in pieces. */
const MOST_IDS = 200_000;

export const deliveriesReconcile = defineCommand({
  right: 'operate',
  args: z.object({
    messageIds: z
      .array(z.string().max(998))
      .max(MOST_IDS)
      .default([])
      .describe('Message-IDs of ours that a relay took, by its log.'),
    hold: z
      .boolean()
      .default(false)
      .describe('Hold every other open digest in doubt, since it may have gone out as well.'),
    yes: z.boolean().default(false).describe('That you want it; without it the counts are told.'),
  }),
  answers: z.object({ accepted: count, unknown: count, held: count, isDone: z.boolean() }),
  async run(outside, { messageIds, hold, yes }, { actor }) {
    const order = { messageIds, isHeld: hold, actor };
    const came = await (yes ? reconcile(outside, order) : planReconciling(outside, order));
    return { lines: tell(came, yes), data: { ...came, isDone: yes } };
  },
});

function tell({ accepted, unknown, held }: Reconciled, isDone: boolean): string[] {
  const said = [
    `${countOf(accepted, 'message')} that a relay took and the ledger does not know of: recorded as accepted`,
    `${countOf(held, 'open digest')} held in doubt; "paperround deliveries doubt" lists them`,
    ...(unknown > 0
      ? [
          `${countOf(unknown, 'message')} of the lost time without a row here: their readers may get these papers once more`,
        ]
      : []),
  ];
  const next = isDone
    ? 'When you have looked, this lets sending go on: paperround deliveries resume all'
    : 'Nothing was changed: with --yes it is done.';
  return [...said, next];
}
