import { z } from 'zod';
import { findField } from '../../core/reader/fields.ts';
import { clockOf } from '../../core/reader/schedule.ts';
import {
  announcementWishes,
  freshWishes,
  MOST_PAPERS,
  type Wishes,
} from '../../core/reader/subscription.ts';
import { canonicalZone, isZone } from '../../core/reader/zones.ts';
import { isLanguage } from '../../core/words/languages.ts';

const MOST_LINES = 50;
const LONGEST_LINE = 80;

const list = z.union([z.array(z.string()), z.string().transform((one) => [one])]);
const lines = (what: string) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(/\r\n|[\n\r]/))])
    .default([])
    .transform((all) => [...new Set(all.map(cleanLine).filter(Boolean))])
    .pipe(
      z
        .array(z.string().max(LONGEST_LINE, `A ${what} has at most ${LONGEST_LINE} characters.`))
        .max(MOST_LINES, `There may be at most ${MOST_LINES} ${what}s.`),
    );
/** A box of a form is there or not; a script says true or false. */
const box = z.union([z.boolean(), z.string().transform(() => true)]).default(false);

/** What a form or a script says of its wishes. */
export const wishesShape = z.object({
  fields: list
    .default([])
    .transform((ids) => [...new Set(ids)])
    .refine((ids) => ids.every(findField), 'Choose fields from the list.'),
  topics: lines('topic'),
  exclude: lines('word'),
  authors: lines('name'),
  crossLists: box,
  surprise: box,
  quietNote: box,
  itemsOnly: box,
  language: z
    .union([
      z.literal('').transform(() => undefined),
      z.string().refine(isLanguage, 'Choose a language from the list.'),
    ])
    .optional(),
  days: z
    .union([list, z.array(z.number())])
    .default([])
    .transform((days) => [...new Set(days.map(Number))].sort())
    .pipe(
      z
        .array(z.literal([1, 2, 3, 4, 5, 6, 7], 'A day is a weekday.'))
        .min(1, 'Choose at least one day.'),
    ),
  hour: z
    .string('Choose an hour.')
    .regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, 'Choose an hour from the list.')
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))),
  zone: z
    .string('Choose a time zone.')
    .refine(isZone, 'Choose a time zone from the list.')
    .transform(canonicalZone),
  count: z.coerce
    .number('Choose how many papers.')
    .int()
    .min(1, 'There is at least one paper in a mail.')
    .max(MOST_PAPERS, `There are at most ${MOST_PAPERS} papers in a mail.`),
  pausedUntil: z
    .union([z.literal(''), z.iso.date()], 'A pause ends on a date such as 2026-12-24.')
    .default(''),
  announcements: z
    .union([z.literal(''), z.enum(announcementWishes)], 'Choose which announcements.')
    .default('')
    .transform((wish) => wish || undefined),
});

/** The fields of the form as they stand in it, right or wrong. */
export interface TypedWishes {
  readonly fields: readonly string[];
  readonly topics: string;
  readonly exclude: string;
  readonly authors: string;
  readonly crossLists: boolean;
  readonly surprise: boolean;
  readonly quietNote: boolean;
  readonly itemsOnly: boolean;
  /** Empty for the site's. */
  readonly language: string;
  readonly days: readonly string[];
  readonly hour: string;
  readonly zone: string;
  readonly count: string;
  readonly pausedUntil: string;
  /** Empty where nothing is said of them. */
  readonly announcements: string;
}

export type ParsedWishes =
  | { readonly wishes: Wishes; readonly pausedUntil: string | null }
  | { readonly errors: readonly WishFault[] };

/** What is wrong with one field, in a sentence for whoever filled it in. */
export interface WishFault {
  readonly field: string;
  readonly message: string;
}

/** Reads a whole posted form: wishes, or every fault in it. */
export function parseWishes(body: unknown): ParsedWishes {
  const parsed = wishesShape.safeParse(body ?? {});
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      field: String(path[0] ?? ''),
      message,
    }));
    // One sentence a fault, however many lines have it.
    const errors = faults.filter(
      ({ message }, at) => faults.findIndex((other) => other.message === message) === at,
    );
    return { errors };
  }
  const { days, hour, zone, count, pausedUntil, announcements, ...asked } = parsed.data;
  const { language, itemsOnly, ...profile } = asked;
  return {
    wishes: {
      profile: {
        ...profile,
        ...(itemsOnly ? { itemsOnly } : {}),
        ...(language === undefined ? {} : { language }),
      },
      papersPerDigest: count,
      schedule: { days, minuteOfDay: hour, zone },
      ...(announcements ? { announcements } : {}),
    },
    pausedUntil: pausedUntil || null,
  };
}

/** Reads what need not be said in full: what is absent is as in `base`. */
export function parseSomeWishes(body: unknown, base: Wishes = freshWishes): ParsedWishes {
  const given = typeof body === 'object' && body !== null ? body : {};
  return parseWishes({ ...typedOf(base), ...base.profile, ...given });
}

/** Wishes as the form has them. */
export function typedOf(wishes: Wishes & { readonly pausedUntil?: string | null }): TypedWishes {
  const { profile, schedule, papersPerDigest, pausedUntil, announcements } = wishes;
  return {
    ...profile,
    itemsOnly: profile.itemsOnly ?? false,
    topics: profile.topics.join('\n'),
    language: profile.language ?? '',
    exclude: profile.exclude.join('\n'),
    authors: profile.authors.join('\n'),
    days: schedule.days.map(String),
    hour: clockOf(schedule.minuteOfDay),
    zone: schedule.zone,
    count: String(papersPerDigest),
    pausedUntil: pausedUntil ?? '',
    announcements: announcements ?? '',
  };
}

const text = z.string().catch('');
const texts = list.catch([]);
const given = z.object({
  fields: texts,
  topics: text,
  exclude: text,
  authors: text,
  crossLists: box.catch(false),
  surprise: box.catch(false),
  quietNote: box.catch(false),
  itemsOnly: box.catch(false),
  language: text,
  days: texts,
  hour: text,
  zone: text,
  count: text,
  pausedUntil: text,
  announcements: text,
});

/** What was typed, so that nothing is lost where it has faults. */
export function readTyped(body: unknown): TypedWishes {
  return given.parse(typeof body === 'object' && body !== null ? body : {});
}

function cleanLine(line: string): string {
  return line.replace(/\p{Cc}+/gu, ' ').trim();
}
