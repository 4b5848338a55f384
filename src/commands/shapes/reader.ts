import { z } from 'zod';
import { deliveryKinds } from '../../core/letter/delivery.ts';
import { type RefusalKind, refusals } from '../../core/reader/import.ts';
import { suppressionReasons } from '../../core/reader/sign-up.ts';
import { readerStandings } from '../../core/reader/standing.ts';
import { announcementWishes } from '../../core/reader/subscription.ts';
import { deliveryState, exclusion, failureCause } from './delivery.ts';
import { judgedFeed } from './feed.ts';
import { count, date, shape, time } from './shape.ts';

export const suppressionReason = z.enum(suppressionReasons);

const texts = z.array(z.string());

const profile = shape(
  'Profile',
  z.object({
    fields: texts,
    topics: texts,
    exclude: texts,
    authors: texts,
    crossLists: z.boolean(),
    surprise: z.boolean(),
    quietNote: z.boolean(),
    itemsOnly: z.boolean().optional().describe('True where they get no editions.'),
    language: z.string().optional().describe('Absent where it is the site’s.'),
  }),
);

const schedule = shape(
  'Schedule',
  z.object({
    days: z.array(z.int().min(1).max(7)).describe('Weekdays; Monday is 1.'),
    minuteOfDay: count,
    zone: z.string(),
  }),
);

const wishes = { profile, papersPerDigest: count, schedule };

const subscribed = {
  id: z.int(),
  subscriberId: z.int(),
  address: z.string(),
  state: z.enum(['pending', 'active', 'ended']),
  ...wishes,
  pausedUntil: date.nullable().describe('The date before which they get nothing.'),
  announcements: z
    .enum(announcementWishes)
    .describe('Which announcements they take; all but those about the service by their consent.'),
  confirmedAt: time.nullable(),
  isSample: z.boolean(),
  endedAt: time.nullable(),
  endReason: z.string().nullable(),
};

/** A reader with their standing request. */
export const subscriber = shape('Subscriber', z.object(subscribed));

/** The same with how they stand to the mail. */
export const standingSubscriber = shape(
  'StandingSubscriber',
  z.object({ ...subscribed, standing: z.enum(readerStandings) }),
);

/** How many readers stand how, and how many came and left on each of the last days. */
export const growth = shape(
  'Growth',
  z.object({
    standings: z.record(z.enum(readerStandings), count),
    days: z.array(z.object({ date: z.string(), came: count, left: count, readers: count })),
  }),
);

/** That an address gets no mail. */
export const suppressed = shape('Suppressed', z.object({ reason: suppressionReason, at: time }));

/** When, from where and in which words somebody agreed. */
export const consent = shape(
  'Consent',
  z.object({
    id: z.int(),
    form: z.string(),
    text: z.string().nullable(),
    textHash: z.string().nullable(),
    wishes: z.object(wishes).nullable(),
    askedAt: time,
    askedFrom: z.string().nullable(),
    remindedAt: time.nullable(),
    expiresAt: time,
    confirmedAt: time.nullable(),
    confirmedFrom: z.string().nullable(),
  }),
);

const dueDate = z.object({
  localDate: z.string(),
  dueAt: time,
  exclusion: exclusion.nullable(),
  state: deliveryState.nullable(),
});

/** One reader with state, consents and every date on which they were due. */
export const wholeSubscriber = shape(
  'WholeSubscriber',
  z.object({
    ...subscribed,
    suppression: suppressed.nullable(),
    consents: z.array(consent),
    dates: z.array(dueDate),
  }),
);

/** An order that an address gets no mail, with whose it is where a subscriber still has it. */
export const listedSuppression = shape(
  'Suppression',
  z.object({
    hash: z.string().describe('The keyed hash of the address: all that is kept of it.'),
    reason: suppressionReason,
    note: z.string().nullable(),
    at: time,
    deliveryId: z.int().nullable(),
    address: z.string().optional(),
    subscriptionId: z.int().optional(),
  }),
);

const refusalKinds = Object.keys(refusals) as RefusalKind[];

/** What a file of subscribers came to, or would. */
export const importReport = shape(
  'ImportReport',
  z.object({
    rows: count,
    active: count,
    asked: count.describe('How many got a mail that asks them to confirm.'),
    refused: z.partialRecord(z.enum(refusalKinds), count),
    samples: z
      .array(z.object({ line: z.int(), kind: z.enum(refusalKinds), reason: z.string() }))
      .describe('The first of the refused rows.'),
    reading: z
      .object({
        importId: z.int().nullable().describe('By it its suppressions are lifted.'),
        tool: z.string().nullable().describe('Whose export it looks like.'),
        by: z.string(),
        columns: z.array(z.object({ head: z.string(), became: z.string() })),
        left: count.describe('How many rows say that they left there.'),
        kept: count.describe('How many of those are kept as suppressions.'),
      })
      .optional()
      .describe('How the file was read.'),
    ignored: texts.describe('Columns that nothing was read from.'),
    fault: z.string().nullable().describe('Why the file was not read to its end.'),
  }),
);

const letter = shape(
  'Letter',
  z.object({
    delivery: z.int(),
    kind: z.enum(deliveryKinds),
    notice: z.string().nullable(),
    resend: count,
    editions: texts,
    extent: z.string().optional(),
    state: deliveryState,
    cause: failureCause.nullable(),
    composedAt: time,
    acceptedAt: time.nullable(),
    nextAt: time.nullable(),
    attempts: z.array(
      z.object({
        at: time,
        relay: z.string(),
        outcome: z.string(),
        reply: z.string().nullable(),
      }),
    ),
    stops: texts.describe('What keeps it from going out.'),
    feedback: z.array(z.object({ at: time, kind: z.string(), text: z.string().nullable() })),
  }),
);

/** Everything that is known of a reader and a date, and what it means in sentences. */
export const dateFacts = shape(
  'DateFacts',
  z.object({
    address: z.string(),
    date: z.string(),
    now: time,
    subscription: subscriber.optional(),
    suppression: z.object({ reason: z.string(), at: time }).optional(),
    dueAt: time.optional(),
    outcome: z
      .object({
        dueAt: time,
        round: z.int(),
        exclusion: exclusion.nullable(),
        lookedAt: z
          .object({
            editions: z.array(z.int()),
            papers: count,
            hidden: z.array(z.object({ word: z.string(), papers: count })),
          })
          .nullable(),
        lookedAtEditions: texts,
        feeds: z.array(judgedFeed.omit({ id: true })),
        letter: letter.optional(),
      })
      .optional(),
    others: z.array(letter),
    lines: texts,
  }),
);
