import { z } from 'zod';
import type { DeskRight } from '../../core/desk/operator.ts';
import { feedbackEvents } from '../../core/feedback/events.ts';
import { wishesShape } from '../forms/wishes.ts';

/** A route that is no door to a command, as the document has it. */
export interface OtherRoute {
  readonly method: 'GET' | 'POST';
  /** From the root of the site. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly status: 200 | 202;
  readonly body?: z.ZodType;
  readonly answers: z.ZodType;
  /** The type of the answer, where it is not JSON. */
  readonly type?: string;
  /** The right of the API key that it takes; absent where it takes none. */
  readonly right?: DeskRight;
}

const asked = { address: z.string().describe('Who wants to read.') };
const paper = z.object({
  title: z.string(),
  authors: z.string().optional(),
  link: z.string().optional(),
  summary: z.string().optional(),
  reason: z.string().optional(),
});

/** What readers' forms and mail providers call, what a key is, and what is too large for one answer. */
export const otherRoutes: readonly OtherRoute[] = [
  {
    method: 'POST',
    path: '/api/v1/subscriptions',
    tag: 'Readers',
    summary: 'Ask for a subscription',
    description:
      'Its owner confirms it by mail. The answer is the same for every address. What is left out takes its default. Any site may call it; it takes no key.',
    status: 202,
    body: wishesShape.partial().extend(asked),
    answers: z.object({ status: z.literal('asked'), message: z.string() }),
  },
  {
    method: 'POST',
    path: '/api/v1/previews',
    tag: 'Readers',
    summary: 'What the last editions would have brought',
    description: 'Takes the same without an address. Nothing is stored or sent.',
    status: 200,
    body: wishesShape.partial(),
    answers: z.object({
      digests: z.array(
        z.object({
          editionName: z.string(),
          editionDate: z.string(),
          paperCount: z.int(),
          isSample: z.boolean(),
          chosen: z.array(paper),
        }),
      ),
    }),
  },
  {
    method: 'GET',
    path: '/api/v1/operator',
    tag: 'Desk',
    summary: 'For whom the key acts, and what it may do',
    status: 200,
    right: 'look',
    answers: z.object({
      name: z.string(),
      role: z.enum(['look', 'operate']),
      mayResendAll: z.boolean(),
    }),
  },
  {
    method: 'GET',
    path: '/api/v1/subscribers/export',
    tag: 'Subscribers',
    summary: 'All subscribers as CSV, as an import reads them',
    status: 200,
    right: 'operate',
    type: 'text/csv',
    answers: z.string(),
  },
  {
    method: 'GET',
    path: '/api/v1/openapi.json',
    tag: 'Desk',
    summary: 'This document',
    status: 200,
    answers: z.record(z.string(), z.unknown()),
  },
];

/** `POST /hooks/feedback`: there where webhook secrets are configured. */
export const feedbackRoute: OtherRoute = {
  method: 'POST',
  path: '/hooks/feedback',
  tag: 'Feedback',
  summary: 'Tell of bounces, complaints and leaving readers',
  description:
    'Signed as Standard Webhooks has it, with one of the WEBHOOK_SECRETS; the same `webhook-id` again does nothing.',
  status: 200,
  body: feedbackEvents,
  answers: z.object({ status: z.literal('taken') }),
};
