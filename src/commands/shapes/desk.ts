import { z } from 'zod';
import { boundedCount, count, shape, time } from './shape.ts';

export const role = z.enum(['look', 'operate'], 'a role is "look" or "operate"');

/** Somebody who may sign in. */
export const operator = shape(
  'Operator',
  z.object({
    id: z.int(),
    name: z.string(),
    address: z.string().nullable(),
    role,
    mayResendAll: z.boolean(),
    createdAt: time,
    seenAt: time.nullable(),
    hasFactor: z.boolean().describe('Whether they show a code beside their password.'),
  }),
);

/** A key for scripts, without what it says. */
export const apiKey = shape(
  'Key',
  z.object({
    name: z.string(),
    operator: z.string(),
    role,
    createdAt: time,
    usedAt: time.nullable(),
    revokedAt: time.nullable(),
  }),
);

/** One change, by whom and when. */
export const auditEntry = shape(
  'AuditEntry',
  z.object({
    id: z.int(),
    at: time,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
  }),
);

const arrived = {
  id: z.int(),
  source: z.enum(['smtp', 'spool', 'webhook']),
  mailFrom: z.string().nullable(),
  rcptTo: z.array(z.string()),
  receivedAt: time,
  state: z.enum(['waiting', 'handled', 'kept', 'done']),
  verdict: z.string().nullable(),
  reason: z.string().nullable(),
  sender: z.string().nullable(),
  subject: z.string().nullable(),
  deliveryId: z.int().nullable(),
};

/** Something that came back. */
export const inbound = shape('Inbound', z.object(arrived));

/** The same with its text. */
export const wholeInbound = shape(
  'WholeInbound',
  z.object({ ...arrived, text: z.string(), raw: z.string().optional() }),
);

/** How many of what came back stand so. */
export const inboundCount = shape(
  'InboundCount',
  z.object({ state: arrived.state, verdict: z.string().nullable(), count }),
);

/** Whether the service does its work, and why not. */
export const health = shape(
  'Health',
  z.object({
    isHealthy: z.boolean(),
    reasons: z.array(z.string()),
    workers: count,
    open: boundedCount,
  }),
);
