import { foldName, isOpen, readLine, readName } from '../../../src/core/circles/circle.ts';
import { readMeeting } from '../../../src/core/circles/meeting.ts';
import { daysOfWeek, weekOf } from '../../../src/core/circles/week.ts';

describe('a name in a circle', () => {
  it.each([
    ['Ada', { name: 'Ada' }],
    ['  Zoë   van  Dyk ', { name: 'Zoë van Dyk' }],
    ['Лаборатория', { name: 'Лаборатория' }],
    ['', { fault: 'A name has at least one letter.' }],
    ['\u200b—', { fault: 'A name has at least one letter.' }],
    ['ada@example.org', { fault: 'A name is words: no address, and no link.' }],
    ['Free at shop.example', { fault: 'A name is words: no address, and no link.' }],
    ['x'.repeat(61), { fault: 'A name has at most 60 letters.' }],
    ['x'.repeat(1_000_000), { fault: 'A name has at most 60 letters.' }],
  ])('reads %j', (typed, read) => {
    expect(readName(typed)).toEqual(read);
  });

  it('is another one only by its letters and digits', () => {
    expect(foldName('Ada L.')).toBe(foldName('àda l'));
    expect(foldName('Ada 1')).not.toBe(foldName('Ada 2'));
  });
});

describe('a line on a paper', () => {
  it('is one line of plain text, of 500 characters at most', () => {
    expect(readLine(' See\n\tfigure <b>3</b> & 4 ')).toEqual({ text: 'See figure 3 & 4' });
    expect(readLine('')).toEqual({ text: '' });
    expect(readLine('🌊'.repeat(500))).toEqual({ text: '🌊'.repeat(500) });
    const long = { fault: 'A line has at most 500 characters.' };
    expect(readLine('x'.repeat(501))).toEqual(long);
    expect(readLine('x'.repeat(1_000_000))).toEqual(long);
  });
});

describe('an invitation', () => {
  it('lets in until its day, and fifty', () => {
    const expiresAt = new Date('2026-03-15T00:00:00Z');
    const before = new Date('2026-03-14T23:59:59Z');
    expect(isOpen({ expiresAt, uses: 49, mostUses: 50 }, before)).toBe(true);
    expect(isOpen({ expiresAt, uses: 50, mostUses: 50 }, before)).toBe(false);
    expect(isOpen({ expiresAt, uses: 0, mostUses: 50 }, expiresAt)).toBe(false);
  });
});

describe('a week', () => {
  it.each([
    ['2026-03-11', '2026-W11', '2026-03-09', '2026-03-15'],
    ['2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'],
    ['2027-01-03', '2026-W53', '2026-12-28', '2027-01-03'],
  ])('of %s is %s', (date, name, from, to) => {
    expect(weekOf(date)).toBe(name);
    expect(daysOfWeek(name)).toEqual({ from, to });
  });

  it.each(['2025-W53', '2026-W00', '2026-W54', '2026-3', ''])('is none: %j', (name) => {
    expect(daysOfWeek(name)).toBeUndefined();
  });
});

describe('the time of a meeting', () => {
  const now = new Date('2026-03-02T12:00:00Z');
  const read = (date: string, time: string, place = '') =>
    readMeeting({ date, time, place }, 'Europe/Berlin', now);

  it('is read by the clock of whoever sets it', () => {
    expect(read('2026-03-12', '14:00', ' Room 4 ')).toEqual({
      startsAt: new Date('2026-03-12T13:00:00Z'),
      zone: 'Europe/Berlin',
      place: 'Room 4',
    });
    expect(read('2026-04-02', '14:00')).toMatchObject({
      startsAt: new Date('2026-04-02T12:00:00Z'),
    });
    // An hour that the clock skips is the one after it.
    expect(read('2026-03-29', '02:30')).toMatchObject({
      startsAt: new Date('2026-03-29T01:30:00Z'),
    });
  });

  it.each([
    ['2026-02-30', '14:00', 'such as'],
    ['2026-03-12', '24:00', 'such as'],
    ['next Friday', '2 pm', 'such as'],
    ['2026-03-02', '12:59', 'to come'],
    ['2028-03-02', '12:00', 'at most 400 days ahead'],
  ])('refuses %s %s', (date, time, says) => {
    expect(read(date, time)).toEqual({ fault: expect.stringContaining(says) });
  });

  it('bounds the place', () => {
    const long = { fault: 'A place has at most 200 characters.' };
    expect(read('2026-03-12', '14:00', 'x'.repeat(201))).toEqual(long);
    expect(read('2026-03-12', '14:00', 'x'.repeat(1_000_000))).toEqual(long);
  });
});
