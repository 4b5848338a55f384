import { z } from 'zod';
import { readLanguage } from '../words/languages.ts';
import { type Address, parseAddress } from './address.ts';
import { findField } from './fields.ts';
import { dateBegunNear, isDate } from './schedule.ts';
import {
  emptyProfile,
  isPaused,
  MOST_PAPERS,
  readerDefaults,
  type Wishes,
} from './subscription.ts';
import { parseDay } from './weekdays.ts';
import { canonicalZone, isZone } from './zones.ts';

/** The columns of a file of subscribers, as an export has them; an import needs `address` alone. */
export const fileColumns = [
  'address',
  'state',
  'confirmed_at',
  'fields',
  'topics',
  'authors',
  'exclude',
  'cross_lists',
  'surprise',
  'quiet_note',
  'items_only',
  'language',
  'papers',
  'days',
  'hour',
  'zone',
  'paused_until',
] as const;

export type FileColumn = (typeof fileColumns)[number];

/** What stands between the words of one cell. */
export const CELL_SEPARATOR = '|';

const MOST_WORDS = 50;
const LONGEST_WORDS = 80;

/** One row of a file of subscribers. */
export interface ImportRow {
  readonly address: Address;
  readonly wishes: Wishes;
  /** When they confirmed, where the file says so. */
  readonly confirmedAt: Date | null;
  /** When they came to where the file is from: the day of the operator's word, where it is needed. */
  readonly joinedAt: Date | null;
  /** Whether the file itself says that they were asked and never confirmed. */
  readonly isWaiting: boolean;
  /** A date of theirs, where it is still to come. */
  readonly pausedUntil: string | null;
  /** Whether the file itself says that they left. */
  readonly hasLeft: boolean;
}

const splitCell = (text: string) => [
  ...new Set(
    text
      .split(CELL_SEPARATOR)
      .map((part) => part.replace(/\s+/g, ' ').trim())
      .filter(Boolean),
  ),
];
const words = (name: string) =>
  z
    .string()
    .transform(splitCell)
    .pipe(
      z
        .array(z.string().max(LONGEST_WORDS, `${name}: one has over ${LONGEST_WORDS} characters`))
        .max(MOST_WORDS, `${name}: there are over ${MOST_WORDS}`),
    )
    .default([]);
const yes = (name: string, fallback: boolean) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['yes', 'no', 'true', 'false', '1', '0'], `${name}: must be yes or no`))
    .transform((text) => ['yes', 'true', '1'].includes(text))
    .default(fallback);
const moment = (name: string) =>
  z
    .union(
      [z.iso.date(), z.iso.datetime({ offset: true })],
      `${name}: must be a date such as 2026-03-31`,
    )
    .optional();

const shape = z.object({
  address: z.string('there is no address'),
  state: z
    .enum(['active', 'pending', 'ended'], 'state: must be active, pending or ended')
    .optional(),
  confirmed_at: moment('confirmed_at').transform((text) => (text ? new Date(text) : null)),
  joined_at: moment('joined_at').transform((text) => (text ? new Date(text) : null)),
  fields: words('fields').refine((ids) => ids.every(findField), 'fields: one is not in the list'),
  topics: words('topics'),
  authors: words('authors'),
  exclude: words('exclude'),
  cross_lists: yes('cross_lists', emptyProfile.crossLists),
  surprise: yes('surprise', emptyProfile.surprise),
  quiet_note: yes('quiet_note', emptyProfile.quietNote),
  items_only: yes('items_only', false),
  language: z.string().transform(readLanguage).optional(),
  papers: z.coerce
    .number(`papers: must be from 1 to ${MOST_PAPERS}`)
    .int('papers: must be a whole number')
    .min(1, `papers: must be from 1 to ${MOST_PAPERS}`)
    .max(MOST_PAPERS, `papers: must be from 1 to ${MOST_PAPERS}`)
    .default(readerDefaults.papersPerDigest),
  days: z
    .string()
    .transform((text) =>
      [
        ...new Set(
          text
            .split(/[|,; ]+/)
            .filter(Boolean)
            .map((day) => parseDay(day) ?? 0),
        ),
      ].sort(),
    )
    .pipe(
      z
        .array(
          z.literal([1, 2, 3, 4, 5, 6, 7], 'days: must be weekdays such as 1|2|3 or mon|tue|wed'),
        )
        .min(1),
    )
    .default([...readerDefaults.days]),
  hour: z
    .string()
    .regex(/^([01]?\d|2[0-3]):(00|15|30|45)$/, 'hour: must be a quarter of an hour such as 07:15')
    .transform((text) => Number(text.split(':')[0]) * 60 + Number(text.split(':')[1]))
    .default(readerDefaults.minuteOfDay),
  zone: z
    .string()
    .refine(isZone, 'zone: must be a time zone such as Europe/Berlin')
    .transform(canonicalZone)
    .default('Etc/UTC'),
  paused_until: moment('paused_until'),
});

/**
 * Reads one row by its columns; empty cells are the defaults of a reader who said nothing.
 * What is wrong with it, in a sentence, where it cannot be read; `now` is what no
 * confirmation may come after.
 */
export function readImportRow(
  cells: Readonly<Record<string, string>>,
  now: Date,
): ImportRow | { readonly fault: string } {
  const filled = Object.entries(cells)
    .map(([name, cell]) => [name, unescapeCell(cell.trim())] as const)
    .filter(([, cell]) => cell !== '');
  if (filled.some(([, cell]) => cell.includes('\ufffd'))) {
    return { fault: 'it is not UTF-8: save the file in that encoding' };
  }
  const parsed = shape.safeParse(Object.fromEntries(filled));
  if (!parsed.success)
    return { fault: parsed.error.issues.map(({ message }) => message).join('; ') };
  const { data } = parsed;
  if (data.confirmed_at && data.confirmed_at > now) {
    return { fault: 'confirmed_at: it is still to come' };
  }
  const wishes = wishesOf(data);
  const { schedule } = wishes;
  const pausedUntil = readPause(data.paused_until, schedule.zone);
  try {
    return {
      address: parseAddress(data.address),
      wishes,
      confirmedAt: data.state === 'pending' ? null : data.confirmed_at,
      pausedUntil: isPaused({ pausedUntil, schedule }, now) ? pausedUntil : null,
      joinedAt: data.joined_at && data.joined_at <= now ? data.joined_at : null,
      isWaiting: data.state === 'pending',
      hasLeft: data.state === 'ended',
    };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

/** Files of older versions, and of others, have an instant where a date is meant. */
function readPause(text: string | undefined, zone: string): string | null {
  if (text === undefined) return null;
  return isDate(text) ? text : dateBegunNear(zone, new Date(text));
}

function wishesOf(data: z.infer<typeof shape>): Wishes {
  const { fields, topics, authors, exclude, language, days, hour, zone, papers } = data;
  const { cross_lists: crossLists, surprise, quiet_note: quietNote } = data;
  const { items_only: itemsOnly } = data;
  return {
    profile: {
      ...{ fields, topics, authors, exclude, crossLists, surprise, quietNote },
      ...(itemsOnly ? { itemsOnly } : {}),
      ...(language ? { language } : {}),
    },
    papersPerDigest: papers,
    schedule: { days, minuteOfDay: hour, zone },
  };
}

/** Exports put an apostrophe before what a spreadsheet would run as a formula. */
function unescapeCell(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
