import { Temporal } from 'temporal-polyfill';
import { dueOn } from '../reader/schedule.ts';
import { cleanText } from '../text/text.ts';

/** When and where a circle meets. */
export interface MeetingTime {
  readonly startsAt: Date;
  /** Whose clock was meant. */
  readonly zone: string;
  /** A room, or where to call; may be empty. */
  readonly place: string;
}

const LONGEST_PLACE = 200;
const LONGEST_TYPED = 8 * LONGEST_PLACE;
const FARTHEST_DAYS = 400;
const DAY_MS = 24 * 3_600_000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

type Typed = { readonly date: string; readonly time: string; readonly place: string };

/** Reads a date and a time of day as the clock of a zone shows them; what is wrong, in a sentence. */
export function readMeeting(
  { date, time, place: typed }: Typed,
  zone: string,
  now: Date,
): MeetingTime | { readonly fault: string } {
  const startsAt = readMoment(date, time, zone);
  if (!startsAt)
    return { fault: 'A meeting needs a date such as 2026-12-24 and a time such as 14:00.' };
  if (startsAt <= now) return { fault: 'A meeting is at a time to come.' };
  if (startsAt.getTime() > now.getTime() + FARTHEST_DAYS * DAY_MS) {
    return { fault: `A meeting is at most ${FARTHEST_DAYS} days ahead.` };
  }
  const long = { fault: `A place has at most ${LONGEST_PLACE} characters.` };
  if (typed.length > LONGEST_TYPED) return long;
  const place = cleanText(typed);
  return [...place].length > LONGEST_PLACE ? long : { startsAt, zone, place };
}

function readMoment(date: string, time: string, zone: string): Date | undefined {
  const [, hours = '', minutes = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time.trim()) ?? [];
  if (hours === '' || !/^\d{4}-\d{2}-\d{2}$/.test(date.trim())) return undefined;
  const minuteOfDay = Number(hours) * 60 + Number(minutes);
  try {
    Temporal.PlainDate.from(date.trim(), { overflow: 'reject' });
  } catch {
    return undefined;
  }
  return dueOn({ days: EVERY_DAY, minuteOfDay, zone }, date.trim());
}
