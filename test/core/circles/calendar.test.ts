import { type CalendarEvent, writeCalendar } from '../../../src/core/circles/calendar.ts';

const event: CalendarEvent = {
  uid: 'circle-meeting-7@papers.example',
  startsAt: new Date('2026-03-12T13:00:00Z'),
  changedAt: new Date('2026-03-02T09:05:07.123Z'),
  sequence: 2,
  isCancelled: false,
  summary: 'Tidal Lab: Reefs, gulls; and \\ more',
  description: 'Reefs\nhttps://papers.example/circles/1',
  place: 'Room 4',
  link: 'https://papers.example/circles/1',
};

/** Lines as a program reads them again (RFC 5545, 3.1). */
const unfold = (text: string) => text.replace(/\r\n /g, '').split('\r\n');

describe('a calendar of meetings', () => {
  it('says all that Outlook, Google and Proton import nothing without', () => {
    const lines = unfold(writeCalendar('Tidal Lab', [event]));
    expect(lines.slice(0, 5)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Paperround//Circles//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'UID:circle-meeting-7@papers.example',
        'DTSTAMP:20260302T090507Z',
        'SEQUENCE:2',
        'DTSTART:20260312T130000Z',
        'DTEND:20260312T140000Z',
        'STATUS:CONFIRMED',
        'LOCATION:Room 4',
      ]),
    );
    expect(lines.at(-1)).toBe('');
  });

  it('escapes what stands for something else, and keeps links as they are', () => {
    const lines = unfold(writeCalendar('A; B', [event]));
    expect(lines).toContain('X-WR-CALNAME:A\\; B');
    expect(lines).toContain('SUMMARY:Tidal Lab: Reefs\\, gulls\\; and \\\\ more');
    expect(lines).toContain('DESCRIPTION:Reefs\\nhttps://papers.example/circles/1');
    expect(lines).toContain('URL:https://papers.example/circles/1');
  });

  it('folds lines at 75 octets, between letters of any script', () => {
    const summary = `${'Rechnen mit Wörtern über Zeit — 時間の言葉 🌊 '.repeat(9)}end`;
    const text = writeCalendar('A', [{ ...event, summary }]);
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\ufffd');
    }
    expect(unfold(text)).toContain(`SUMMARY:${summary}`);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('lets nobody write lines of their own', () => {
    const text = writeCalendar('A', [{ ...event, place: 'x\r\nATTENDEE:mailto:eve@example.org' }]);
    expect(unfold(text).filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
  });

  it('says of a meeting that is off that it is', () => {
    const lines = unfold(writeCalendar('A', [{ ...event, isCancelled: true, place: '' }]));
    expect(lines).toContain('STATUS:CANCELLED');
    expect(lines.some((line) => line.startsWith('LOCATION'))).toBe(false);
  });
});
