import { z } from 'zod';
import { deliveryState, failureCause } from './delivery.ts';
import { count, shape, time } from './shape.ts';

export const audience = z.object({
  field: z.string().optional().describe('Who reads a field, by its id.'),
  address: z.string().optional().describe('Whose address has these letters in it.'),
});

const listed = {
  id: z.int(),
  subject: z.string(),
  isService: z.boolean().describe('False where only readers who asked for such get it.'),
  audience,
  state: z.enum(['draft', 'discarded', 'sending', 'sent', 'cancelled']),
  writtenBy: z.string(),
  writtenAt: time,
  releasedAt: time.nullable(),
  releasedBy: z.string().nullable(),
  readers: count.nullable().describe('How many it went to; null before it is sent.'),
};

/** A line of the list of announcements. */
export const announcement = shape('Announcement', z.object(listed));

/** One announcement with its words and what became of it. */
export const wholeAnnouncement = shape(
  'WholeAnnouncement',
  z.object({
    ...listed,
    body: z.string().describe('Markdown.'),
    wouldReach: count.nullable().describe('How many it would go to now; null once it is sent.'),
    pausedBy: z.string().nullable().describe('Why nothing of it goes out.'),
    waiting: count.describe('How many of it wait for their turn in a warm-up.'),
    lastOn: z.iso
      .date()
      .nullable()
      .describe('About when the last of it goes, where a warm-up goes on.'),
    outcomes: z.array(z.object({ state: deliveryState, cause: failureCause.nullable(), count })),
    complaints: count,
  }),
);
