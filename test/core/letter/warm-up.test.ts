import fc from 'fast-check';
import {
  admit,
  ceilingOf,
  compareTurns,
  createTurns,
  daysOfAnnounced,
  firstStep,
  groupOfProvider,
  nextStep,
  reserveFor,
  spread,
  type TurnTaker,
  turnsOf,
  type WarmUpDay,
} from '../../../src/core/letter/warm-up.ts';
import {
  HOURS_OF_A_DAY,
  PROVIDER_GROUPS,
  SLOWINGS,
  STAGES,
} from '../../../src/core/letter/warm-up-schedule.ts';

const HOUR_MS = 3_600_000;
const day = (given: Partial<WarmUpDay>): WarmUpDay => ({
  step: 4,
  ceiling: 1_000,
  used: 1_000,
  bounces: 0,
  complaints: 0,
  ...given,
});

describe('the tables', () => {
  it('grow from stage to stage, never more than twofold, each with its source', () => {
    for (const [at, { ceiling, source }] of STAGES.entries()) {
      const before = STAGES[at - 1]?.ceiling ?? ceiling / 2;
      expect(ceiling).toBeGreaterThan(before);
      expect(ceiling).toBeLessThanOrEqual(2 * before);
      expect(source).not.toBe('');
    }
  });

  it('name each provider once, with a last group for all others', () => {
    const names = PROVIDER_GROUPS.flatMap(({ providers }) => providers);
    expect(new Set(names).size).toBe(names.length);
    expect(names.at(-1)).toBe('*');
    expect(groupOfProvider('google.com').name).toBe('Google');
    expect(groupOfProvider('uni.example').name).toBe('others');
  });

  it('slow down by the strictest sign first', () => {
    for (const sign of ['bounces', 'complaints'] as const) {
      const shares = SLOWINGS.filter((row) => row.sign === sign).map(({ share }) => share);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
    }
  });
});

describe('the schedule of a provider', () => {
  it('stays as many days on a stage as its group does, and ends', () => {
    const days = (provider: string) => [0, 1, 2, 3, 4].map((step) => ceilingOf(provider, step));
    expect(days('google.com')).toEqual([150, 250, 400, 700, 1_000]);
    expect(days('outlook.com')).toEqual([150, 150, 250, 250, 400]);
    expect(days('icloud.com')).toEqual([150, 150, 150, 150, 250]);
    expect(ceilingOf('google.com', STAGES.length)).toBeUndefined();
    expect(ceilingOf('outlook.com', firstStep('outlook.com', 5))).toBe(1_000);
  });

  it.each([
    ['goes on after a day that used its ceiling', {}, 5, 'on'],
    ['goes on after a day that used half of it', { used: 500 }, 5, 'on'],
    ['stays after a day that used less', { used: 499 }, 4, 'same'],
    ['is held at the first share of bounces', { bounces: 40 }, 4, 'hold'],
    ['goes back at the second', { bounces: 100 }, 3, 'back'],
    ['is held by two complaints of a thousand', { complaints: 2 }, 4, 'hold'],
    ['goes back by five', { complaints: 5 }, 3, 'back'],
    ['is not slowed by one bounce of few', { used: 600, bounces: 1, complaints: 1 }, 5, 'on'],
    ['is slowed although little was sent', { used: 20, bounces: 2 }, 4, 'hold'],
    ['never goes back behind its beginning', { step: 0, bounces: 500 }, 0, 'back'],
  ] as const)('%s', (_name, given, step, change) => {
    expect(nextStep('google.com', day(given))).toMatchObject({ step, change });
  });

  it('goes back by a whole stage where a stage is several days', () => {
    expect(nextStep('yahoodns.net', day({ step: 7, bounces: 100 }))).toEqual({
      step: 4,
      change: 'back',
      slowed: { sign: 'bounces', count: 100, of: 1_000 },
    });
  });
});

describe('createTurns', () => {
  const takers = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 10_000 }),
      turnOn: fc.option(fc.constantFrom('2026-03-02', '2026-03-03', '2026-03-04')),
      turnPlace: fc.integer({ min: 0, max: 20 }),
      since: fc.integer({ min: 0, max: 50 }),
    }),
    { selector: ({ id }) => id, maxLength: 200 },
  );

  it('picks the first of all, whatever order they come in', () => {
    fc.assert(
      fc.property(takers, fc.integer({ min: 0, max: 200 }), (readers, room) => {
        const turns = createTurns(room);
        for (const reader of readers) turns.offer(reader);
        const first = [...readers].sort(compareTurns).slice(0, room);
        expect(turns.pick()).toEqual(
          readers.length <= room ? undefined : first.map(({ id }) => id),
        );
      }),
    );
  });

  it('does not keep everybody', () => {
    const turns = createTurns(3);
    for (let id = 1; id <= 10_000; id += 1)
      turns.offer({ id, turnOn: null, turnPlace: 0, since: -id });
    expect(turns.pick()).toEqual([10_000, 9_999, 9_998]);
  });
});

/** A provider's days as several workers make them, in chunks of any size that come in any order. */
function playDays(given: {
  readers: number;
  ceilings: readonly number[];
  chunk: number;
  /** How many go beside rounds before each chunk. */
  beside: (day: number, chunk: number) => number;
  /** Whether there is anything for a reader on a day. */
  matches: (day: number, id: number) => boolean;
}) {
  const readers = new Map<number, TurnTaker>();
  for (let id = 1; id <= given.readers; id += 1) {
    readers.set(id, { id, turnOn: null, turnPlace: 0, since: id });
  }
  const served: number[][] = [];
  const totals: { given: number; beside: number }[] = [];
  let besideLastDay = 0;
  for (const [at, ceiling] of given.ceilings.entries()) {
    const date = `2026-03-${String(at + 1).padStart(2, '0')}`;
    const room = {
      ceiling,
      given: 0,
      beside: 0,
      reserve: reserveFor(ceiling, besideLastDay),
      outstanding: 0,
    };
    const turns = createTurns(turnsOf(room));
    for (const reader of readers.values()) turns.offer(reader);
    const picked = turns.pick() ?? [];
    for (const [turnPlace, id] of picked.entries()) {
      readers.set(id, { ...take(readers, id), turnOn: date, turnPlace });
    }
    room.outstanding = picked.length;
    const went: number[] = [];
    const order = [...readers.keys()].sort((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101));
    for (let from = 0, chunk = 0; from < order.length; from += given.chunk, chunk += 1) {
      room.beside += given.beside(at, chunk);
      const inHand = order.slice(from, from + given.chunk).map((id) => {
        const reader = take(readers, id);
        return { ...reader, hasTurn: reader.turnOn === date };
      });
      room.outstanding -= inHand.filter(({ hasTurn }) => hasTurn).length;
      const wanted = inHand.filter(({ id }) => given.matches(at, id));
      const admitted = admit(wanted, room);
      room.given += admitted.size;
      for (const { id, hasTurn } of wanted) {
        const reader = take(readers, id);
        if (admitted.has(id)) {
          went.push(id);
          const turnPlace = ceiling + went.length;
          const isExtra = picked.length > 0 && !hasTurn;
          if (isExtra) readers.set(id, { ...reader, turnOn: date, turnPlace });
        } else if (hasTurn) readers.set(id, { ...reader, turnOn: null, turnPlace: 0 });
      }
    }
    served.push(went);
    totals.push({ given: room.given, beside: room.beside });
    besideLastDay = room.beside;
  }
  return { served, totals };
}

function take(readers: ReadonlyMap<number, TurnTaker>, id: number): TurnTaker {
  const reader = readers.get(id);
  if (!reader) throw new Error(`there is no reader ${id}`);
  return reader;
}

describe('admit', () => {
  const ceilings = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });

  it('lets never more go than the ceiling, whatever goes beside rounds', () => {
    const cases = { readers: fc.nat(120), ceilings, chunk: fc.integer({ min: 1, max: 40 }) };
    fc.assert(
      fc.property(fc.record(cases), fc.nat(3), fc.nat(9), (given, most, seed) => {
        const { totals } = playDays({
          ...given,
          beside: (at, chunk) => ((at + 1) * (chunk + seed)) % (most + 1),
          matches: (at, id) => (id * (seed + 3) + at) % 4 > 0,
        });
        for (const [at, { given: sent, beside }] of totals.entries()) {
          const ceiling = given.ceilings[at] ?? 0;
          // What goes beside rounds is never held: only then may a day have more.
          expect(sent).toBeLessThanOrEqual(ceiling);
          if (beside <= ceiling) expect(sent + beside).toBeLessThanOrEqual(ceiling + beside);
          if (beside === 0) expect(sent + beside).toBeLessThanOrEqual(ceiling);
        }
      }),
    );
  });

  it('gives everybody their turn before anybody has a second more', () => {
    const cases = {
      readers: fc.integer({ min: 1, max: 120 }),
      chunk: fc.integer({ min: 1, max: 40 }),
    };
    fc.assert(
      fc.property(fc.record(cases), fc.integer({ min: 1, max: 40 }), (given, ceiling) => {
        const { served } = playDays({
          ...given,
          ceilings: Array.from({ length: 20 }, () => ceiling),
          beside: () => 0,
          matches: () => true,
        });
        const counts = new Map<number, number>();
        for (const id of served.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
        const all = Array.from({ length: given.readers }, (_, at) => counts.get(at + 1) ?? 0);
        expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
        // Nothing of the room is left while somebody waits.
        for (const went of served) expect(went).toHaveLength(Math.min(ceiling, given.readers));
      }),
    );
  });

  it('begins with the longest consent', () => {
    const { served } = playDays({
      readers: 10,
      ceilings: [3, 3, 4],
      chunk: 4,
      beside: () => 0,
      matches: () => true,
    });
    const days = served.map((ids) => [...ids].sort((a, b) => a - b));
    expect(days).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9, 10],
    ]);
  });

  it('gives a turn that its reader has nothing for to somebody else', () => {
    const { totals } = playDays({
      readers: 100,
      ceilings: [10],
      chunk: 100,
      beside: () => 0,
      matches: (_at, id) => id > 5,
    });
    expect(totals[0]?.given).toBe(10);
  });
});

describe('spread', () => {
  it('puts no more than its part of a day into any hour', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 10, max: 5_000 }), (count, ceiling) => {
        const from = new Date('2026-03-02T07:00:00Z');
        const { at, next } = spread(count, { ceiling, from });
        const times = [...at, next].map((moment) => moment.getTime());
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const time of times) {
          const within = times.filter((other) => other >= time && other < time + HOUR_MS);
          expect(within.length).toBeLessThanOrEqual(Math.ceil(ceiling / HOURS_OF_A_DAY) + 1);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('announced mails beside digests', () => {
  const reader = (id: number): TurnTaker => ({ id, turnOn: null, turnPlace: 0, since: id });

  it.each([
    ['all go where there is room for all', 40, 60, 40, undefined],
    ['get what digests leave', 120, 60, 90, undefined],
    ['get half where digests want all', 500, 400, 75, 75],
    ['no more than there are', 20, 400, 20, 130],
    ['are none where none wait', 0, 400, 0, 150],
  ])('%s', (_name, waiting, due, announced, turns) => {
    const day = createTurns(150, waiting);
    for (let id = 1; id <= due; id += 1) day.offer(reader(id));
    expect(day.announced()).toBe(announced);
    expect(day.pick()?.length).toBe(turns);
  });

  it('end on the day on which halves of the ceilings have taken all', () => {
    expect(daysOfAnnounced('google.com', 0, 75)).toBe(0);
    expect(daysOfAnnounced('google.com', 0, 76)).toBe(1);
    expect(daysOfAnnounced('google.com', 0, 400)).toBe(2);
    expect(daysOfAnnounced('outlook.com', 0, 150)).toBe(1);
    expect(daysOfAnnounced('google.com', STAGES.length, 1_000_000)).toBe(0);
  });
});
