/** A meeting as calendars take it. */
export interface CalendarEvent {
  /** Stays the same however often the meeting is moved. */
  readonly uid: string;
  readonly startsAt: Date;
  /** When it was last changed, and how often before. */
  readonly changedAt: Date;
  readonly sequence: number;
  readonly isCancelled: boolean;
  readonly summary: string;
  readonly description: string;
  /** May be empty. */
  readonly place: string;
  /** An http(s) address. */
  readonly link: string;
}

/** How long a meeting stands in calendars; nobody says when one ends. */
const MEETING_MS = 3_600_000;
const LONGEST_LINE = 75;

// What programs want beyond RFC 5545, and where that was seen:
//   METHOD, UID, SEQUENCE, DTSTAMP  Outlook imports nothing without (alphagov/calendars#17)
//   METHOD:PUBLISH, no other word   Proton refuses the file (mlool/workday-calendar-extension#199)
//   CRLF, times to the last digit   Google imports none of it (bjornregnell/kapten-alloc-web#10)
//   DTEND or DURATION               Google imports none of it (ical4j/ical4j#271)
//   times in UTC                    no VTIMEZONE is needed, which each program reads in its own way
//   X-PUBLISHED-TTL                 Outlook; others read REFRESH-INTERVAL (RFC 7986, 5.7)

/** Meetings as a calendar that programs subscribe to or import (RFC 5545, RFC 7986). */
export function writeCalendar(name: string, events: readonly CalendarEvent[]): string {
  return fold([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Paperround//Circles//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...events.flatMap(writeEvent),
    'END:VCALENDAR',
  ]);
}

function writeEvent(event: CalendarEvent): string[] {
  const { uid, startsAt, changedAt, sequence, isCancelled, place, link } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${inUtc(changedAt)}`,
    `LAST-MODIFIED:${inUtc(changedAt)}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${inUtc(startsAt)}`,
    `DTEND:${inUtc(new Date(startsAt.getTime() + MEETING_MS))}`,
    `SUMMARY:${escapeText(event.summary)}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    ...(place === '' ? [] : [`LOCATION:${escapeText(place)}`]),
    `URL:${link}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ];
}

/** `20260312T140000Z` (RFC 5545, 3.3.5). */
function inUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** A text as a value (RFC 5545, 3.3.11). */
function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** Lines of at most 75 octets, no letter parted (RFC 5545, 3.1). */
function fold(lines: readonly string[]): string {
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

function foldLine(line: string): string {
  const folded: string[] = [];
  let run = '';
  let bytes = 0;
  for (const letter of line) {
    const more = Buffer.byteLength(letter);
    if (bytes + more > LONGEST_LINE) {
      folded.push(run);
      run = '';
      // The blank that a line goes on with is one of its octets.
      bytes = 1;
    }
    run += letter;
    bytes += more;
  }
  return [...folded, run].join('\r\n ');
}
