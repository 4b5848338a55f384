import { z } from 'zod';
import { serviceNames } from '../../core/channels/place.ts';
import { deliveryStates } from '../../core/letter/delivery-filter.ts';
import { count, shape, time } from './shape.ts';

export const serviceName = z.enum(serviceNames, `a service is one of ${serviceNames.join(', ')}`);
const state = z.enum(deliveryStates);

/** A channel with how it goes, without its address and key. */
export const channel = shape(
  'Channel',
  z.object({
    name: z.string(),
    service: serviceName,
    to: z.string().describe('Its host, and no more than the end of its address.'),
    fields: z.array(z.string()),
    topics: z.array(z.string()),
    days: z.array(z.int()),
    hour: z.string(),
    zone: z.string(),
    papers: count,
    nextDue: time.describe('When it is brought something next.'),
    createdAt: time,
    offBecause: z.enum(['hand', 'gone']).nullable().describe('Null while it is on.'),
    offAt: time.nullable(),
    provedAt: time.nullable().describe('When a test stood there last.'),
    inDoubt: count.describe('Posts of which nobody knows whether they stand.'),
    last: z
      .object({
        delivery: z.int(),
        edition: z.string().nullable(),
        state,
        at: z.string(),
        words: z.string().nullable(),
      })
      .nullable()
      .describe('The newest post.'),
  }),
);

/** A post of a channel. */
export const channelPost = shape(
  'ChannelPost',
  z.object({
    delivery: z.int(),
    edition: z.string().nullable(),
    copy: count.describe('0 for the first, else which further one.'),
    state,
    composedAt: time,
    nextAt: time.nullable(),
    attempts: count,
    words: z.string().nullable().describe('What was answered last.'),
  }),
);

/** What a service answered a test. */
export const channelAnswer = shape(
  'ChannelAnswer',
  z.object({
    stands: z.boolean(),
    verdict: z.enum(['accepted', 'later', 'refused', 'in_doubt']),
    status: z.int().nullable().describe('Null where no answer came.'),
    words: z.string(),
  }),
);
