import { z } from 'zod';

const LONGEST_TEXT = 2_000;

const told = z.object({
  type: z.enum(['bounce', 'complaint', 'unsubscribe', 'delivered']),
  /** A signed id: of a return path, of the header `X-Entity-Ref-ID`, of an address for leaving. */
  reference: z.string().max(200).optional(),
  messageId: z.string().max(998).optional(),
  enhancedCode: z
    .string()
    .regex(/^[245]\.\d{1,3}\.\d{1,3}$/, 'must look like 5.1.1')
    .optional(),
  code: z.number().int().min(400).max(599).optional(),
  text: z.string().max(LONGEST_TEXT).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
});
const whole = z.object({
  /** A whole mail in base64, read like one that came by SMTP. */
  raw: z.base64().min(1),
  at: z.iso.datetime({ offset: true }).optional(),
});
const named = told.refine(
  ({ reference, messageId }) => reference !== undefined || messageId !== undefined,
  'must have a reference or a messageId',
);
const event = z.union([whole, named]);

/** What `POST /hooks/feedback` takes: one event or up to a thousand. */
export const feedbackEvents = z
  .union([z.array(event).min(1).max(1000), event])
  .transform((given) => (Array.isArray(given) ? given : [given]));

export type FeedbackEvent = z.infer<typeof event>;
