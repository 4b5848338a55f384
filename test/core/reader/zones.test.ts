import { clockIn, nextDue } from '../../../src/core/reader/schedule.ts';
import {
  canonicalZone,
  isZone,
  offeredZones,
  rulesOf,
  zoneForPeople,
} from '../../../src/core/reader/zones.ts';

/** What Debian 13 took out of tzdata: its package tzdata-legacy lists these. */
const LEGACY =
  `Africa/Asmera America/Argentina/ComodRivadavia America/Buenos_Aires America/Catamarca
  America/Cordoba America/Fort_Wayne America/Godthab America/Indianapolis America/Jujuy
  America/Knox_IN America/Louisville America/Mendoza America/Rosario Antarctica/South_Pole
  Asia/Ashkhabad Asia/Calcutta Asia/Choibalsan Asia/Chungking Asia/Dacca Asia/Katmandu Asia/Macao
  Asia/Rangoon Asia/Saigon Asia/Thimbu Asia/Ujung_Pandang Asia/Ulan_Bator Atlantic/Faeroe
  Australia/ACT Australia/LHI Australia/NSW Australia/North Australia/Queensland Australia/South
  Australia/Tasmania Australia/Victoria Australia/West Brazil/Acre Brazil/East CET CST6CDT
  Canada/Pacific Chile/Continental Cuba EET EST EST5EDT Egypt Eire Europe/Kiev Europe/Uzhgorod
  Europe/Zaporozhye GB GB-Eire GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica
  Japan Kwajalein Libya MET MST MST7MDT Mexico/General NZ NZ-CHAT Navajo PRC PST8PDT
  Pacific/Enderbury Pacific/Ponape Pacific/Truk Poland Portugal ROC ROK Singapore Turkey UCT
  US/Eastern US/Pacific US/Samoa Universal W-SU WET Zulu`
    .trim()
    .split(/\s+/);

const offered = new Set(offeredZones.map(({ name }) => name));
const clocks = (zone: string) =>
  ['2026-01-15T12:00:00Z', '2026-07-15T22:30:00Z'].map((at) => clockIn(zone, new Date(at)));

describe('the name of a zone', () => {
  it.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['US/Pacific-New', 'America/Los_Angeles'],
    ['SystemV/EST5EDT', 'America/New_York'],
    ['CET', 'Europe/Brussels'],
    ['WET', 'Europe/Lisbon'],
    ['GMT', 'Etc/UTC'],
    ['UTC', 'Etc/UTC'],
    ['etc/gmt-3', 'Etc/GMT-3'],
    ['Europe/Oslo', 'Europe/Oslo'],
    ['Atlantic/Reykjavik', 'Atlantic/Reykjavik'],
  ])('that was written %s is %s today', (written, today) => {
    expect(isZone(written)).toBe(true);
    expect(canonicalZone(written)).toBe(today);
  });

  it.each(LEGACY)('%s is one that tzdata has without its old names, with the same clock', (old) => {
    const today = canonicalZone(old);
    expect(LEGACY).not.toContain(today);
    expect(isZone(old)).toBe(true);
    expect(offered.has(today)).toBe(true);
    expect(clocks(today)).toEqual(clocks(old));
  });

  it.each([
    'Etc/Unknown',
    'Factory',
    '+03:00',
    '2026-01-01T00:00Z[Europe/Berlin]',
    'PST',
    'BST',
    'IST',
    'Mars/Base',
    'localtime',
    'Etc/GMT-15',
    '',
  ])('is not %p', (written) => {
    expect(isZone(written)).toBe(false);
    expect(offered.has(written)).toBe(false);
  });

  it('is today’s for every zone that is offered', () => {
    expect(offered.size).toBe(offeredZones.length);
    expect([...offered].filter((name) => canonicalZone(name) !== name || !isZone(name))).toEqual(
      [],
    );
    const called = new Map(
      offeredZones.flatMap(({ name, alsoCalled }) => alsoCalled.map((each) => [each, name])),
    );
    // What Chromium says of India, of a machine without a place, and of one that has none at all.
    expect(called.get('Asia/Calcutta')).toBe('Asia/Kolkata');
    expect(called.get('+03:00')).toBe('Etc/GMT-3');
    expect(called.get('Etc/Unknown')).toBeUndefined();
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([]);
  });

  it('is told to people with the sign that they use', () => {
    expect(['Etc/GMT-3', 'Etc/GMT+10', 'Etc/UTC', 'America/New_York'].map(zoneForPeople)).toEqual([
      'UTC+3',
      'UTC-10',
      'UTC',
      'America/New York',
    ]);
  });
});

describe('a zone that this runtime does not know', () => {
  it('is UTC, so that its readers have a date and an hour', () => {
    expect(rulesOf('Mars/Base')).toBe('Etc/UTC');
    const schedule = { days: [1, 2, 3, 4, 5, 6, 7], minuteOfDay: 420, zone: 'Mars/Base' };
    const { at, date } = nextDue(schedule, new Date('2026-03-08T12:00:00Z'));
    expect([at.toISOString(), date]).toEqual(['2026-03-09T07:00:00.000Z', '2026-03-09']);
  });

  it('is none of those that it knows by an older name', () => {
    expect(rulesOf('Asia/Calcutta')).toBe('Asia/Calcutta');
    expect(rulesOf('SystemV/EST5EDT')).toMatch(/EST5EDT|New_York/);
  });
});
