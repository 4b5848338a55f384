import { z } from 'zod';
import type { PreferencesPage } from '../core/letter/pages.ts';
import { isZone } from '../core/reader/schedule.ts';
import { MOST_PAPERS, type Subscription } from '../core/reader/subscription.ts';
import { countOf } from '../core/text/words.ts';
import type { Wishes } from '../store/subscribers.ts';

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const counts = [3, 5, 10, 15, 20, MOST_PAPERS];
const MOST_TOPICS = 50;
const LONGEST_TOPIC = 80;

const list = z.union([z.array(z.string()), z.string().transform((one) => [one])]);
const typed = z.object({
  topics: z.string().catch(''),
  days: list.catch([]),
  hour: z.string().catch(''),
  zone: z.string().catch(''),
  count: z.string().catch(''),
});
const form = z.object({
  topics: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(/\r\n|[\n\r]/)
        .map((line) => line.trim())
        .filter(Boolean),
    )
    .pipe(
      z
        .array(z.string().max(LONGEST_TOPIC, `A topic has at most ${LONGEST_TOPIC} characters.`))
        .max(MOST_TOPICS, `There may be at most ${MOST_TOPICS} topics.`),
    ),
  days: list
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
  zone: z.string('Choose a time zone.').refine(isZone, 'Choose a time zone from the list.'),
  count: z.coerce
    .number('Choose how many papers.')
    .int()
    .min(1, 'There is at least one paper in a mail.')
    .max(MOST_PAPERS, `There are at most ${MOST_PAPERS} papers in a mail.`),
});

/** The fields of the form as they stand in it, right or wrong. */
export interface TypedPreferences {
  readonly topics: string;
  readonly days: readonly string[];
  readonly hour: string;
  readonly zone: string;
  readonly count: string;
}

/** Reads the posted form: new wishes, or what was typed with the errors, so that nothing is lost. */
export function parsePreferences(
  body: unknown,
  reader: Subscription,
): { wishes: Wishes } | { typed: TypedPreferences; errors: readonly string[] } {
  const parsed = form.safeParse(body ?? {});
  if (!parsed.success) {
    const errors = [...new Set(parsed.error.issues.map(({ message }) => message))];
    return { typed: typed.parse(body ?? {}), errors };
  }
  const { topics, days, hour, zone, count } = parsed.data;
  return {
    wishes: {
      profile: { ...reader.profile, topics },
      papersPerDigest: count,
      schedule: { days, minuteOfDay: hour, zone },
    },
  };
}

/** What a reader asks for now, as the form has it. */
export function typedOf({ profile, schedule, papersPerDigest }: Wishes): TypedPreferences {
  return {
    topics: profile.topics.join('\n'),
    days: schedule.days.map(String),
    hour: clock(schedule.minuteOfDay),
    zone: schedule.zone,
    count: String(papersPerDigest),
  };
}

type PreferenceFields = Pick<
  PreferencesPage,
  'topics' | 'days' | 'hours' | 'zones' | 'counts' | 'freshness'
>;

/** The form filled with what was typed. `age` is how old an edition is at the reader's hour, in hours. */
export function viewPreferences(given: TypedPreferences, age: number): PreferenceFields {
  const zones = [...new Set(['Etc/UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
  const choice = (value: string, label: string, isChosen: boolean) => ({ value, label, isChosen });
  return {
    topics: given.topics,
    days: dayNames.map((name, at) => {
      const value = String(at + 1);
      return choice(value, name, given.days.includes(value));
    }),
    hours: quarters.map((hour) => choice(hour, hour, hour === given.hour)),
    zones: zones.map((zone) => choice(zone, nameOfZone(zone), zone === given.zone)),
    counts: [
      ...new Set([...counts.map(String), ...(/^\d{1,2}$/.test(given.count) ? [given.count] : [])]),
    ]
      .sort((a, b) => Number(a) - Number(b))
      .map((count) => choice(count, count, count === given.count)),
    freshness: `At this hour the newest edition is about ${countOf(age, 'hour')} old.`,
  };
}

const quarters = Array.from({ length: 96 }, (_, quarter) => clock(quarter * 15));

function nameOfZone(zone: string): string {
  return zone === 'Etc/UTC' ? 'UTC' : zone.replaceAll('_', ' ');
}

function clock(minuteOfDay: number): string {
  const hour = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
  return `${hour}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}
