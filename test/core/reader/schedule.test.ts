import fc from 'fast-check';
import {
  type Due,
  dateIn,
  dueUntil,
  nextCut,
  nextDue,
  type Schedule,
  startOfDay,
} from '../../../src/core/reader/schedule.ts';

const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;
const start = new Date('2026-01-01T00:00:00Z');
const end = start.getTime() + 730 * DAY;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const zones = Intl.supportedValuesOf('timeZone');
/** Where clocks change at midnight, by half an hour, by two hours, or at a quarter to. */
const odd = [
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Santiago',
  'America/Havana',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Antarctica/Troll',
  'Asia/Kathmandu',
];

/** The local date and minute of the day, by the runtime's own calendar and not by the code's library. */
function createWallClock(zone: string) {
  const format = new Intl.DateTimeFormat('en-CA-u-hc-h23', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (at: number) => {
    const [date = '', time = ''] = format.format(at).split(', ');
    return { date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
  };
}
type WallClock = ReturnType<typeof createWallClock>;

/** The local dates of the two years on which a zone's clock is changed, found by looking. */
function findChanges(wallClock: WallClock): string[] {
  const offsetAt = (at: number) => {
    const { date, minute } = wallClock(at);
    return Date.parse(date) + minute * 60_000 - at;
  };
  const changes: string[] = [];
  for (let before = start.getTime(); before < end; before += 7 * DAY) {
    let [low, high] = [before, before + 7 * DAY];
    if (offsetAt(low) === offsetAt(high)) continue;
    while (high - low > 15 * 60_000) {
      const middle = (low + high) / 2;
      if (offsetAt(middle) === offsetAt(low)) low = middle;
      else high = middle;
    }
    changes.push(wallClock(high).date);
  }
  return changes;
}

/** Throws unless a run of dates has one instant each: at the hour, or later by what the clock skips, the first of two. */
function checkRun(schedule: Schedule, wallClock: WallClock, run: { from: string; days: number }) {
  const { minuteOfDay } = schedule;
  let last: Due = { date: run.from, at: new Date(0) };
  for (let days = 0; days < run.days; days += 1) {
    const due = nextDue(schedule, start, last.date);
    const at = due.at.getTime();
    const shown = wallClock(at);
    const skipped = shown.minute - minuteOfDay;
    const isGap = wallClock(at - skipped * 60_000).minute === (minuteOfDay - skipped + 1440) % 1440;
    const isOnTime = skipped === 0 || (skipped > 0 && skipped <= 120 && isGap);
    const isFirst = [30, 60, 120].every((minutes) => {
      const earlier = wallClock(at - minutes * 60_000);
      return earlier.date !== due.date || earlier.minute !== minuteOfDay;
    });
    const isNext = Date.parse(due.date) - Date.parse(last.date) === DAY;
    if (!isNext || due.at <= last.at || shown.date !== due.date || !isOnTime || !isFirst) {
      throw new Error(JSON.stringify({ schedule, due, last, shown }));
    }
    last = due;
  }
}

const shift = (date: string, days: number) =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);

describe('nextDue', () => {
  it('knows every zone of this runtime', () => {
    expect(zones.length).toBeGreaterThan(400);
    for (const zone of odd)
      expect(() => nextDue({ days: [1], minuteOfDay: 0, zone }, start)).not.toThrow();
  });

  it('gives each date of two years one instant, where the clocks are odd', () => {
    for (const zone of odd) {
      const wallClock = createWallClock(zone);
      const schedule = { days: everyDay, minuteOfDay: 0, zone };
      checkRun(schedule, wallClock, { from: '2025-12-31', days: 730 });
    }
  });

  it('gives one instant to each date around every change of a clock, in every zone', () => {
    let changes = 0;
    zones.forEach((zone, index) => {
      const wallClock = createWallClock(zone);
      // Every quarter hour where the clocks are odd; elsewhere those of the night by turns.
      const [first, most, step] = odd.includes(zone) ? [0, 96, 1] : [index % 3, 14, 3];
      for (const date of findChanges(wallClock)) {
        changes += 1;
        for (let quarter = first; quarter < most; quarter += step) {
          const schedule = { days: everyDay, minuteOfDay: quarter * 15, zone };
          checkRun(schedule, wallClock, { from: shift(date, -2), days: 3 });
        }
      }
    });
    expect(changes).toBeGreaterThan(500);
  });

  it.each([
    ['Africa/Cairo', '2026-04-24', 15, '2026-04-23T22:15:00.000Z'],
    ['Asia/Beirut', '2026-03-29', 0, '2026-03-28T22:00:00.000Z'],
    ['America/Santiago', '2026-09-06', 30, '2026-09-06T04:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', 120, '2026-10-03T15:30:00.000Z'],
    ['Pacific/Chatham', '2026-09-27', 165, '2026-09-26T14:00:00.000Z'],
    ['Antarctica/Troll', '2026-10-25', 150, '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', 150, '2026-10-25T00:30:00.000Z'],
  ])('moves on over a gap and takes the first of two: %s on %s', (zone, date, minuteOfDay, at) => {
    const before = new Date(Date.parse(date) - 3 * DAY);
    const schedule = { days: everyDay, minuteOfDay, zone };
    expect(nextDue(schedule, before, shift(date, -1))).toEqual({ date, at: new Date(at) });
  });

  it('gives only the weekdays that were asked for, and the first of them not before now', () => {
    const schedules = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      minuteOfDay: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
      zone: fc.constantFrom(...zones),
    });
    const instants = fc.date({
      min: start,
      max: new Date(end),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(schedules, instants, (schedule, now) => {
        const due = nextDue(schedule, now);
        const weekday = new Date(due.date).getUTCDay() || 7;
        expect(schedule.days).toContain(weekday);
        expect(due.at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(due.at.getTime() - now.getTime()).toBeLessThanOrEqual(7 * DAY + 2 * HOUR);
        expect(dateIn(schedule.zone, due.at)).toBe(due.date);
        expect(nextDue(schedule, due.at)).toEqual(due);
      }),
    );
  });
});

describe('dueUntil', () => {
  it('gives each date once, whenever it is asked and however long it was not', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 5 * 24 * 60 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.constantFrom(...odd),
        fc.integer({ min: 0, max: 95 }),
        waits,
        (zone, quarter, minutes) => {
          const schedule = { days: everyDay, minuteOfDay: quarter * 15, zone };
          let next = nextDue(schedule, start);
          let now = start.getTime();
          const seen: string[] = [next.date];
          const given: string[] = [];
          for (const wait of minutes) {
            now += wait * 60_000;
            const due = dueUntil(schedule, next, new Date(now));
            given.push(...due.past.map(({ date }) => date));
            expect(due.next.at.getTime()).toBeGreaterThan(now);
            for (const { at } of due.past) expect(at.getTime()).toBeLessThanOrEqual(now);
            next = due.next;
          }
          while (seen.length < given.length) seen.push(nextDue(schedule, start, seen.at(-1)).date);
          expect(given).toEqual(seen.slice(0, given.length));
        },
      ),
    );
  });
});

describe('nextCut', () => {
  it('gives one cut a day, within the day that it names', () => {
    for (const zone of odd) {
      let at = start;
      const dates = new Set<string>();
      for (let days = 0; days < 200; days += 1) {
        const next = nextCut({ minuteOfDay: 60, zone }, at);
        expect(next.getTime() > at.getTime()).toBe(true);
        dates.add(dateIn(zone, next));
        expect(startOfDay(zone, next).getTime() <= next.getTime()).toBe(true);
        at = next;
      }
      expect(dates.size).toBe(200);
    }
  });
});
