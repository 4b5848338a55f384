import { z } from 'zod';
import { deliveryKinds } from '../../core/letter/delivery.ts';
import { deliveryStates, failureCauses } from '../../core/letter/delivery-filter.ts';
import { type Fate, fates } from '../../core/letter/resend.ts';
import { type Exclusion, exclusions } from '../../core/reader/subscription.ts';
import { count, shape, time } from './shape.ts';

export const deliveryState = z.enum(deliveryStates);
export const failureCause = z.enum(failureCauses);
export const exclusion = z.enum(Object.keys(exclusions) as Exclusion[]);
const fate = z.enum(Object.keys(fates) as Fate[]);

const listed = {
  id: z.int(),
  kind: z.enum(deliveryKinds),
  notice: z.string().nullable(),
  edition: z.string().nullable(),
  announcementId: z.int().nullable().describe('Which announcement it brings.'),
  address: z.string().nullable().describe('Null where the reader was erased.'),
  state: deliveryState,
  cause: failureCause.nullable(),
  resend: count.describe('0 for the first; second copies count up.'),
  attempts: count,
  composedAt: time,
  acceptedAt: time.nullable(),
  nextAt: time.nullable(),
  lastReply: z.string().nullable(),
  refersTo: z.string().nullable(),
  messageId: z.string(),
  subscriptionId: z.int().nullable(),
};

/** A line of the list of deliveries. */
export const delivery = shape('Delivery', z.object(listed));

/** One delivery with every try. */
export const wholeDelivery = shape(
  'WholeDelivery',
  z.object({
    ...listed,
    tries: z.array(
      z.object({
        startedAt: time,
        endedAt: time,
        relay: z.string(),
        outcome: z.string(),
        code: z.int().nullable(),
        enhancedCode: z.string().nullable(),
        reply: z.string().nullable().describe("The server's own words."),
      }),
    ),
  }),
);

/** How many deliveries stand so. */
export const stateCount = shape(
  'StateCount',
  z.object({ state: deliveryState, cause: failureCause.nullable(), count }),
);

/** What became of who was due: a delivery's state, or why there is none. */
export const outcomeCount = shape(
  'OutcomeCount',
  z.object({ state: deliveryState.nullable(), exclusion: exclusion.nullable(), count }),
);

/** A delivery of which nobody knows whether it arrived. */
export const doubt = shape(
  'Doubt',
  z.object({
    id: z.int(),
    address: z.string().nullable(),
    kind: z.enum(deliveryKinds),
    edition: z.string().nullable(),
    messageId: z.string(),
    inFlightAt: time.nullable(),
    lastReply: z.string().nullable(),
  }),
);

/** An order that nothing begins. */
export const pause = shape(
  'Pause',
  z.object({
    scope: z.enum(['all', 'notices', 'items', 'edition', 'announcement']),
    edition: z.string().nullable(),
    announcementId: z.int().nullable(),
    cancels: z.boolean(),
    actor: z.string(),
    reason: z.string(),
    at: time,
  }),
);

/** Of how many places or domains confirmations wait, and until when the last of them do. */
export const slowdownCount = shape(
  'SlowdownCount',
  z.object({ scope: z.enum(['place', 'domain', 'all']), count, until: time }),
);

/** A refused address of a paused edition, which waits for a decision. */
export const heldSuppression = shape(
  'HeldSuppression',
  z.object({
    edition: z.string().nullable(),
    address: z.string().nullable(),
    note: z.string().nullable(),
    at: time,
  }),
);

/** What a resend would come to. */
export const resendPlan = shape(
  'ResendPlan',
  z.object({
    asOf: z.int(),
    total: count,
    going: count.describe('How many would go out, second copies among them.'),
    copies: count,
    fates: z.array(
      z.object({
        fate,
        count,
        samples: z.array(
          z.object({ id: z.int(), address: z.string().nullable(), state: deliveryState }),
        ),
      }),
    ),
  }),
);

/** One pressing of "resend", and how far it is. */
export const press = shape(
  'Press',
  z.object({
    pressId: z.int(),
    isEnded: z.boolean(),
    left: count.describe('How many are still to be done.'),
    made: count.describe('How many went out, or will.'),
    fates: z.array(z.object({ fate, count })),
  }),
);

/** A press as it is listed: who, when, why. */
export const listedPress = shape(
  'ListedPress',
  z.object({
    id: z.int(),
    kind: z.string(),
    edition: z.string().nullable(),
    actor: z.string(),
    reason: z.string(),
    allowsCopies: z.boolean(),
    at: time,
    endedAt: time.nullable(),
  }),
);

/** What handing over one delivery came to. */
export const handedOver = shape(
  'HandedOver',
  z.object({
    delivery: z.int(),
    state: z.string(),
    messageId: z.string().optional(),
  }),
);

/** A relay as a process that sends uses it now, or what all of them hold to of a provider. */
export const usedRelay = shape(
  'UsedRelay',
  z.object({
    name: z.string(),
    by: z.string().optional().describe('The process that says so.'),
    state: z.string(),
    isDown: z.boolean(),
  }),
);
