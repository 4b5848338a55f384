import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  type Due,
  dateBegunNear,
  dateIn,
  dueAfterChange,
  dueOn,
  dueUntil,
  isDate,
  nextCut,
  nextDue,
  publicationDate,
  type Schedule,
  startOfDate,
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

/** A zone's offsets over the two years: the first, and each that follows with its instant. */
function findOffsets(zone: string): (string | number)[] {
  let at = Temporal.Instant.fromEpochMilliseconds(start.getTime() - 3 * DAY).toZonedDateTimeISO(
    zone,
  );
  const offsets: (string | number)[] = [at.offset];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > end + 3 * DAY) return offsets;
    offsets.push(next.epochMilliseconds, next.offset);
    at = next;
  }
}

/** Throws unless a run of dates has one instant each: at the hour, or later by what the clock skips, the first of two. */
function checkRun(schedule: Schedule, wallClock: WallClock, run: { from: string; days: number }) {
  const { minuteOfDay } = schedule;
  let last: Due = { date: run.from, at: new Date(0) };
  for (let days = 0; days < run.days; days += 1) {
    const due = nextDue(schedule, start, last.date);
    const at = due.at.getTime();
    const shown = wallClock(at);
    // Greenland skips the last hour of a day: what is due in it is due in the first of the next.
    const daysOn = (Date.parse(shown.date) - Date.parse(due.date)) / DAY;
    const skipped = daysOn * 1440 + shown.minute - minuteOfDay;
    const isGap = wallClock(at - skipped * 60_000).minute === (minuteOfDay - skipped + 1440) % 1440;
    const isOnTime = skipped === 0 || (skipped > 0 && skipped <= 120 && isGap);
    const isFirst = [30, 60, 120].every((minutes) => {
      const earlier = wallClock(at - minutes * 60_000);
      return earlier.date !== due.date || earlier.minute !== minuteOfDay;
    });
    const isNext = Date.parse(due.date) - Date.parse(last.date) === DAY;
    if (!isNext || due.at <= last.at || !isOnTime || !isFirst) {
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

  /*
   * Exhaustive for every zone of this runtime, every quarter of an hour and every date of the two
   * years: what a due time is depends on a zone by its offsets alone, so zones with one history of
   * offsets are one zone. Between two changes that zone is a fixed offset, where a date's due
   * time is a sum: it is checked on every date at three quarters, and at all of them once. On
   * the dates beside a change every quarter is checked against the runtime's own calendar.
   */
  it('gives each date of two years one instant, in every zone at every quarter of an hour', () => {
    const histories = new Map(zones.map((zone) => [JSON.stringify(findOffsets(zone)), zone]));
    let checked = 0;
    for (const zone of histories.values()) {
      const wallClock = createWallClock(zone);
      const near = new Set(
        findChanges(wallClock).flatMap((date) => [-1, 0, 1].map((days) => shift(date, days))),
      );
      for (const date of near) {
        for (let quarter = 0; quarter < 96; quarter += 1) {
          const schedule = { days: everyDay, minuteOfDay: quarter * 15, zone };
          checkRun(schedule, wallClock, { from: shift(date, -1), days: 1 });
        }
      }
      checked += near.size;
      let before: number | undefined;
      for (let day = start.getTime(); day < end; day += DAY) {
        const date = new Date(day).toISOString().slice(0, 10);
        if (near.has(date)) continue;
        const offset =
          day - (dueOn({ days: everyDay, minuteOfDay: 0, zone }, date)?.getTime() ?? 0);
        const quarters = offset === before ? [0, 28, 95] : Array.from({ length: 96 }, (_, q) => q);
        before = offset;
        for (const quarter of quarters) {
          const schedule = { days: everyDay, minuteOfDay: quarter * 15, zone };
          const due = nextDue(schedule, start, shift(date, -1));
          const isSum = due.at.getTime() === day + quarter * 15 * 60_000 - offset;
          if (due.date !== date || !isSum) throw new Error(JSON.stringify({ schedule, date, due }));
        }
        checked += 1;
      }
    }
    expect(histories.size).toBeGreaterThan(30);
    expect(checked).toBe(histories.size * 730);
  });

  it.each([
    ['Pacific/Apia', '2011-12-20', ['2011-12-30']],
    ['Pacific/Fakaofo', '2011-12-20', ['2011-12-30']],
    ['Pacific/Kwajalein', '1993-08-10', ['1993-08-21']],
    ['Pacific/Kiritimati', '1994-12-20', ['1994-12-31']],
    ['Asia/Manila', '1844-12-20', ['1844-12-31']],
    // These had one date twice: it is due once, the first time.
    ['Pacific/Apia', '1892-06-25', []],
    ['America/Juneau', '1867-10-10', []],
    // Changes a minute after midnight, back into the day before.
    ['America/St_Johns', '2010-10-30', []],
  ])(
    'gives no instant to a date that %s skipped after %s, and one to all others',
    (zone, from, skipped) => {
      const dates = Array.from({ length: 25 }, (_, days) => shift(from, days + 1));
      for (let quarter = 0; quarter < 96; quarter += 1) {
        const schedule = { days: everyDay, minuteOfDay: quarter * 15, zone };
        const first = nextDue(schedule, start, from);
        const { past } = dueUntil(
          schedule,
          first,
          new Date(Date.parse(dates.at(-1) ?? '') + 3 * DAY),
        );
        const given = past.map(({ date }) => date).filter((date) => dates.includes(date));
        expect(given).toEqual(dates.filter((date) => !skipped.includes(date)));
        past.forEach(({ at }, index) => {
          const last = past[index - 1];
          if (last && at <= last.at) throw new Error(`${at.toISOString()} is not after the last`);
        });
      }
    },
  );

  it('lets a reader of one weekday wait two weeks where a zone skips it', () => {
    const fridays = { days: [5], minuteOfDay: 420, zone: 'Pacific/Apia' };
    expect(nextDue(fridays, start, '2011-12-23').date).toBe('2012-01-06');
    expect(nextDue(fridays, new Date('2011-12-24T00:00:00Z')).date).toBe('2012-01-06');
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

describe('changed wishes', () => {
  const anySchedule = fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    minuteOfDay: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
    zone: fc.constantFrom(...odd, 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Tokyo'),
  });
  const changes = fc.array(
    fc.record({ schedule: anySchedule, afterMinutes: fc.integer({ min: 0, max: 12 * 24 * 60 }) }),
    { minLength: 1, maxLength: 12 },
  );

  it('give each date one outcome, none twice and none missing, whenever zone, days or hour change', () => {
    fc.assert(
      fc.property(anySchedule, changes, (first, later) => {
        const recorded: Due[] = [];
        let [now, schedule] = [start.getTime(), first];
        let next = nextDue(schedule, start);
        const steps = [...later, { schedule: first, afterMinutes: 0 }];
        for (const { schedule: wished, afterMinutes } of steps) {
          const [from, lastBefore] = [now, recorded.at(-1)?.date ?? ''];
          now += afterMinutes * 60_000;
          // What a planner or the change itself does: all that fell due, by the old schedule.
          const due = dueUntil(schedule, next, new Date(now));
          recorded.push(...due.past);
          // Looked for by every date on its own, not by a walk.
          const dates = Array.from({ length: 18 }, (_, days) =>
            shift(new Date(from).toISOString().slice(0, 10), days - 2),
          );
          const expected = dates.filter((date) => {
            const at = dueOn(schedule, date)?.getTime();
            return at !== undefined && at >= from && at <= now && date > lastBefore;
          });
          expect(due.past.map(({ date }) => date)).toEqual(expected);
          schedule = wished;
          next = dueAfterChange(schedule, new Date(now), recorded.at(-1)?.date);
          expect(next.at.getTime()).toBeGreaterThanOrEqual(now);
        }
        const given = recorded.map(({ date }) => date);
        expect(given).toEqual([...new Set(given)].sort());
      }),
      { seed: 5, numRuns: 400 },
    );
  });
});

describe('the date of publication', () => {
  const cut = { minuteOfDay: 60, zone: 'America/New_York' };
  it.each([
    ['2026-11-20T05:59:00Z', '2026-11-19'],
    ['2026-11-20T06:00:00Z', '2026-11-20'],
    ['2026-11-21T04:59:00Z', '2026-11-20'],
    ['2026-07-10T05:00:00Z', '2026-07-10'],
  ])('at %s is %s', (at, date) => {
    expect(publicationDate(cut, new Date(at))).toBe(date);
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

describe('the beginning of a date', () => {
  it('is of that date, in every zone, and still is where the zone is moved by some hours', () => {
    for (const zone of zones) {
      for (let day = 0; day < 730; day += 7) {
        const date = Temporal.PlainDate.from('2026-01-01').add({ days: day }).toString();
        const at = startOfDate(zone, date).getTime();
        const found = [-3, 0, 3].map((hours) => dateBegunNear(zone, new Date(at + hours * HOUR)));
        if (found.some((other) => other !== date)) expect([zone, ...found]).toEqual([zone, date]);
      }
    }
  });
});

it.each([
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['2026-12-24T00:00:00Z', false],
  ['', false],
])('whether %j is a date: %s', (text, is) => expect(isDate(text)).toBe(is));

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
