import { z } from 'zod';
import { deliveryState } from './delivery.ts';
import { judgedFeed } from './feed.ts';
import { count, shape, time } from './shape.ts';
import { warmUpState } from './warm-up.ts';

const need = shape(
  'Need',
  z.object({
    kind: z.enum([
      'health',
      'paused',
      'held',
      'in_doubt',
      'bounced',
      'inbox',
      'reported',
      'feed',
      'refused',
      'channel',
      'webhook',
      'alerts',
      'citations',
    ]),
    words: z.string(),
    command: z.string().describe('What to type next.'),
    of: z.string().optional(),
  }),
);

/** The morning on one screen. */
export const todayShape = shape(
  'Today',
  z.object({
    date: z.string(),
    feeds: z.array(judgedFeed),
    draft: z.object({ papers: count, cutDueAt: time.nullable(), words: z.string() }).nullable(),
    edition: z
      .object({
        name: z.string(),
        state: z.string(),
        stateWords: z.string().describe('With what stops it.'),
        papers: count,
        groups: count,
        cutAt: time.nullable(),
        releasedAt: time.nullable(),
      })
      .nullable(),
    accounts: z
      .object({
        candidates: count,
        deliveries: count,
        exclusions: count,
        erased: count,
        openRounds: count,
        isBalanced: z.boolean(),
      })
      .describe('candidates = deliveries + exclusions, once no round is open.'),
    states: z.record(deliveryState, count),
    copies: count,
    excluded: z.array(z.object({ words: z.string(), count })),
    failures: z.array(
      z.object({
        words: z.string(),
        count,
        state: deliveryState,
        cause: z.string().nullable(),
        reply: z.string().nullable(),
      }),
    ),
    progress: z.object({
      ended: count,
      total: count,
      perMinute: z.number(),
      secondsLeft: z.number().optional(),
    }),
    warmUp: warmUpState.nullable().describe('Null where no warm-up goes on.'),
    needs: z.array(need),
    unfinished: z
      .array(z.object({ name: z.string(), words: z.string(), command: z.string() }))
      .describe('Editions besides the newest that are not at their end, and what ends that.'),
  }),
);
