import type { MeetingTime } from '../circles/meeting.ts';
import { dateIn, timeIn } from '../reader/schedule.ts';
import { zoneForPeople } from '../reader/zones.ts';
import type { Words } from '../words/words.ts';

type Told = Pick<MeetingTime, 'startsAt' | 'zone'> & { readonly place?: string };

/** `Thursday, 12 March 2026, 14:00 (Europe/Berlin), room 4`. */
export function sayMeeting({ startsAt, zone, place = '' }: Told, words: Words): string {
  const date = words.date(dateIn(zone, startsAt));
  const when = { date, time: timeIn(zone, startsAt), zone: zoneForPeople(zone) };
  return place === ''
    ? words.say('meeting.when', when)
    : words.say('meeting.whenAndWhere', { ...when, place });
}
