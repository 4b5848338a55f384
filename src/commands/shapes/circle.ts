import { z } from 'zod';
import { count, shape, time } from './shape.ts';

/** A circle as operators see it. */
export const circleCounts = shape(
  'Circle',
  z.object({
    id: z.int(),
    name: z.string().nullable().describe('Null where a reader opened it: its name is theirs.'),
    openedAt: time,
    closedAt: time.nullable(),
    members: count,
    papers: count,
    notes: count.describe('Lines that members wrote, and marks without one.'),
    reports: count,
  }),
);
