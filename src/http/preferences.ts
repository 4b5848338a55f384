import { z } from 'zod';
import type { PreferencesPage } from '../core/pages.ts';
import { isZone } from '../core/schedule.ts';
import { MOST_PAPERS, type Subscription } from '../core/subscription.ts';
import type { Wishes } from '../store/subscribers.ts';

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const counts = [3, 5, 10, 15, 20, MOST_PAPERS];
const MOST_TOPICS = 50;
const LONGEST_TOPIC = 80;

const list = z.union([z.array(z.string()), z.string().transform((one) => [one])]);
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

/** Reads the posted form; where something is wrong, the reader's old wishes stand and the errors say what. */
export function parsePreferences(
  body: unknown,
  reader: Subscription,
): { wishes: Wishes; errors: readonly string[] } {
  const parsed = form.safeParse(body ?? {});
  if (!parsed.success) {
    const { profile, papersPerDigest, schedule } = reader;
    const errors = [...new Set(parsed.error.issues.map(({ message }) => message))];
    return { wishes: { profile, papersPerDigest, schedule }, errors };
  }
  const { topics, days, hour, zone, count } = parsed.data;
  return {
    wishes: {
      profile: { ...reader.profile, topics },
      papersPerDigest: count,
      schedule: { days, minuteOfDay: hour, zone },
    },
    errors: [],
  };
}

/** The form filled with what a reader asks for now. */
export function viewPreferences(
  reader: Subscription,
  cut: { minuteOfDay: number; zone: string },
): Pick<PreferencesPage, 'topics' | 'days' | 'hours' | 'zones' | 'counts' | 'freshness'> {
  const { schedule, profile, papersPerDigest } = reader;
  const zones = [...new Set(['Etc/UTC', schedule.zone, ...Intl.supportedValuesOf('timeZone')])];
  const choice = (value: string, label: string, isChosen: boolean) => ({ value, label, isChosen });
  return {
    topics: profile.topics.join('\n'),
    days: dayNames.map((name, at) => choice(String(at + 1), name, schedule.days.includes(at + 1))),
    hours: Array.from({ length: 96 }, (_, quarter) => quarter * 15).map((minute) =>
      choice(clock(minute), clock(minute), minute === schedule.minuteOfDay),
    ),
    zones: zones
      .sort()
      .map((zone) => choice(zone, zone.replaceAll('_', ' '), zone === schedule.zone)),
    counts: [...new Set([...counts, papersPerDigest])]
      .sort((a, b) => a - b)
      .map((count) => choice(String(count), String(count), count === papersPerDigest)),
    freshness: `Each day's edition is cut at ${clock(cut.minuteOfDay)} in ${cut.zone.replaceAll('_', ' ')}; your digest brings what was cut since your last one.`,
  };
}

function clock(minuteOfDay: number): string {
  const hour = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
  return `${hour}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}
