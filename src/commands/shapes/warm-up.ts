import { z } from 'zod';
import { warmUpChanges } from '../../core/letter/warm-up.ts';
import { count, date, shape, time } from './shape.ts';

/** Where the warm-up stands; what it is on Today, too. */
export const warmUpState = shape(
  'WarmUp',
  z.object({
    startedAt: time,
    startedBy: z.string(),
    stage: z.int().min(1).describe('The stage that it began on.'),
    dayNumber: z.int().min(1).describe('The day of the warm-up, counted from 1.'),
    day: date.describe("The date, in the cut's zone, that the numbers are of."),
    waiting: count.describe('Readers whose papers wait for their turn now.'),
    spreadUntil: time
      .nullable()
      .describe('Until when the digests of that date leave, evenly; null where none waits.'),
    providers: z.array(
      z.object({
        provider: z.string(),
        step: z.int().min(0).describe('The day of its own schedule, counted from 0.'),
        change: z.enum(warmUpChanges),
        ceiling: count.nullable().describe('The most messages on the day; null where it is warm.'),
        used: count,
        waiting: count,
        slowed: z
          .object({ sign: z.enum(['bounces', 'complaints']), count, of: count })
          .nullable()
          .describe('Why its schedule was held or put back.'),
      }),
    ),
  }),
);

/** The table that a warm-up goes by. */
export const warmUpSchedule = z.object({
  stages: z.array(z.object({ ceiling: count, source: z.string() })),
  groups: z.array(
    z.object({
      name: z.string(),
      providers: z.array(z.string()),
      daysAStage: z.int().min(1),
      source: z.string(),
    }),
  ),
});
