import { z } from 'zod';
import { eventNames } from '../../core/webhooks/event.ts';
import { count, shape, time } from './shape.ts';

export const webhookEvent = z.enum(eventNames, `an event is one of ${eventNames.join(', ')}`);

/** A webhook with how it goes, without its address and secret. */
export const webhook = shape(
  'Webhook',
  z.object({
    name: z.string(),
    to: z.string().describe('Where it goes, without the path, which may be a secret.'),
    events: z.array(webhookEvent),
    withAddresses: z.boolean(),
    createdAt: time,
    offBecause: z
      .enum(['hand', 'gone', 'failing', 'restored'])
      .nullable()
      .describe('Null while it is on.'),
    offAt: time.nullable(),
    takenAt: time.nullable().describe('When it took something last.'),
    waiting: z
      .object({
        batch: z.int(),
        since: z.string(),
        tries: count,
        nextAt: z.string().nullable(),
        words: z.string().nullable(),
      })
      .nullable()
      .describe('The batch that waits; nothing overtakes it.'),
  }),
);

/** What came of one post. */
export const postAnswer = shape(
  'PostAnswer',
  z.object({
    taken: z.boolean(),
    status: z.int().nullable().describe('Null where no answer came.'),
    words: z.string(),
  }),
);

/** A batch with every try, the newest first. */
export const webhookBatch = shape(
  'WebhookBatch',
  z.object({
    batch: z.int(),
    webhook: z.string(),
    events: count,
    isTest: z.boolean(),
    madeAt: time,
    outcome: z
      .enum(['taken', 'left_out', 'failed'])
      .nullable()
      .describe('Null while it waits; "failed" is of tests alone.'),
    nextAt: time.nullable(),
    tries: z.array(
      z.object({
        at: z.string(),
        tookMs: count,
        status: z.int().nullable(),
        words: z.string().describe("The answer's status and the beginning of its text."),
      }),
    ),
  }),
);
