/**
 * Warm-up: how many messages may go to each provider on a day, and whose turn it is. Facts in,
 * decisions out; the tables are in `warm-up-schedule.ts`.
 */
import {
  HOURS_OF_A_DAY,
  PROVIDER_GROUPS,
  type ProviderGroup,
  SLOWINGS,
  type Slowing,
  STAGES,
} from './warm-up-schedule.ts';

const HOUR_MS = 3_600_000;
/** A stage is passed by sending: a day on which less of the ceiling went shows a provider nothing new. */
const LEAST_USED = 0.5;
/** However many messages go to somebody by themselves, so much of a ceiling is planned for digests. */
const MOST_RESERVED = 0.5;
/** However many digests are due, so much of what a day has room for goes to announcements that wait. */
const LEAST_ANNOUNCED = 0.5;

/** The group that a provider belongs to. */
export function groupOfProvider(provider: string): ProviderGroup {
  const others = PROVIDER_GROUPS.at(-1);
  const found = PROVIDER_GROUPS.find(({ providers }) => providers.includes(provider)) ?? others;
  if (!found) throw new Error('the last group of providers takes all others');
  return found;
}

/** The most messages to a provider on a day of its own schedule, counted from 0; undefined where it is warm. */
export function ceilingOf(provider: string, step: number): number | undefined {
  return STAGES[Math.floor(step / groupOfProvider(provider).daysAStage)]?.ceiling;
}

/** What a provider's last day came to. */
export interface WarmUpDay {
  readonly step: number;
  /** Null where it is warm. */
  readonly ceiling: number | null;
  /** Messages of all kinds that went to it. */
  readonly used: number;
  readonly bounces: number;
  readonly complaints: number;
}

/** What becomes of a provider's schedule: it begins, goes on, stays for want of mail, is held or goes back. */
export const warmUpChanges = ['begun', 'on', 'same', 'hold', 'back'] as const;
export type WarmUpChange = (typeof warmUpChanges)[number];

/** Why a schedule was slowed, in numbers. */
export interface Slowed {
  readonly sign: Slowing['sign'];
  readonly count: number;
  readonly of: number;
}

/** The next day of a provider's schedule, after its last one. */
export function nextStep(
  provider: string,
  last: WarmUpDay,
): { readonly step: number; readonly change: WarmUpChange; readonly slowed?: Slowed } {
  const slowing = findSlowing(last);
  if (slowing) {
    const back = slowing.does === 'back' ? groupOfProvider(provider).daysAStage : 0;
    const slowed = { sign: slowing.sign, count: last[slowing.sign], of: last.used };
    return { step: Math.max(0, last.step - back), change: slowing.does, slowed };
  }
  const isUsed = last.used >= (last.ceiling ?? 0) * LEAST_USED;
  return isUsed ? { step: last.step + 1, change: 'on' } : { step: last.step, change: 'same' };
}

function findSlowing(last: WarmUpDay): Slowing | undefined {
  return SLOWINGS.find(
    ({ sign, share, least }) => last[sign] >= least && last[sign] >= last.used * share,
  );
}

/** A reader as their turn sees them. */
export interface TurnTaker {
  readonly id: number;
  /** The day of their last turn, `YYYY-MM-DD`; null before the first. */
  readonly turnOn: string | null;
  /** Their place among the turns of that day. */
  readonly turnPlace: number;
  /** When they confirmed, in milliseconds. */
  readonly since: number;
}

/** Whose turn comes first: a queue, to whose end everybody goes with each turn; it begins with the longest consent. */
export function compareTurns(a: TurnTaker, b: TurnTaker): number {
  const [lastOfA, lastOfB] = [a.turnOn ?? '', b.turnOn ?? ''];
  if (lastOfA !== lastOfB) return lastOfA < lastOfB ? -1 : 1;
  return a.turnPlace - b.turnPlace || a.since - b.since || a.id - b.id;
}

/** How many of the announced mails that wait go on a day: as many as digests leave room for, and half of it in any case. */
export function shareOfAnnounced(announced: number, day: { room: number; due: number }): number {
  const { room, due } = day;
  return Math.min(announced, Math.max(Math.floor(room * LEAST_ANNOUNCED), room - due));
}

/** Counted from 0, the day of a schedule on which the last of so many announced mails goes, if nothing slows it. */
export function daysOfAnnounced(provider: string, step: number, announced: number): number {
  let left = announced;
  for (let day = 0; ; day += 1) {
    const ceiling = ceilingOf(provider, step + day);
    if (ceiling === undefined) return day;
    left -= Math.floor(ceiling * LEAST_ANNOUNCED);
    if (left <= 0) return day;
  }
}

/**
 * Picks whose turns are on a day, of any number of readers, beside so many announced mails that wait,
 * and keeps no more than twice as many as are picked.
 */
export function createTurns(room: number, waiting = 0) {
  let best: TurnTaker[] = [];
  let offered = 0;
  const keepBest = () => {
    best = best.sort(compareTurns).slice(0, room);
  };
  const announced = () => shareOfAnnounced(waiting, { room, due: offered });
  return {
    offer(reader: TurnTaker): void {
      offered += 1;
      best.push(reader);
      if (best.length >= 2 * room + 1_000) keepBest();
    },
    /** Their ids, in the order of their turns; undefined where everybody fits, so that nobody needs a turn. */
    pick(): number[] | undefined {
      const left = room - announced();
      if (offered <= left) return undefined;
      keepBest();
      return best.slice(0, left).map(({ id }) => id);
    },
    /** How many announced mails go. */
    announced,
  };
}

/** One provider on one day. */
export interface WarmUpRoom {
  /** The most messages; null where it is warm. */
  readonly ceiling: number | null;
  /** Digests of rounds and announced mails that went or have their moment, those of earlier days with them. */
  readonly given: number;
  /** What went beside rounds: confirmations, links, alarms, copies. They are never held. */
  readonly beside: number;
  /** So much is kept for what goes beside rounds. */
  readonly reserve: number;
  /** Readers with a turn on this day whose round is still to come. */
  readonly outstanding: number;
}

/** How much is kept for what goes beside rounds, after a day on which so much did. */
export function reserveFor(ceiling: number, besideLastDay: number): number {
  return Math.min(besideLastDay, Math.floor(ceiling * MOST_RESERVED));
}

/** How many turns there are on a day that begins so. */
export function turnsOf({ ceiling, given, beside, reserve }: WarmUpRoom): number {
  if (ceiling === null) return Number.POSITIVE_INFINITY;
  return Math.max(0, ceiling - given - Math.max(beside, reserve));
}

/** A reader for whom a digest is there. */
export interface Claimant extends TurnTaker {
  /** Whether this day was planned to be theirs. */
  readonly hasTurn: boolean;
}

/**
 * Who of a provider's readers in hand gets their digest: whoever has a turn, as long as there is
 * room at all; others, in the order of turns, what is left beside the turns to come and the reserve.
 * `room.outstanding` is without those in hand.
 */
export function admit(claimants: readonly Claimant[], room: WarmUpRoom): Set<number> {
  const { ceiling, given, beside, reserve, outstanding } = room;
  if (ceiling === null) return new Set(claimants.map(({ id }) => id));
  const inOrder = [...claimants].sort(compareTurns);
  const take = (readers: readonly Claimant[], most: number) =>
    readers.slice(0, Math.max(0, most)).map(({ id }) => id);
  const left = ceiling - given - beside;
  const turns = take(
    inOrder.filter(({ hasTurn }) => hasTurn),
    left,
  );
  const kept = Math.max(beside, reserve) - beside;
  const others = take(
    inOrder.filter(({ hasTurn }) => !hasTurn),
    left - turns.length - outstanding - kept,
  );
  return new Set([...turns, ...others]);
}

/** Moments for so many messages, evenly from the first free one on, and when the next one after them may go. */
export function spread(
  count: number,
  given: { ceiling: number; from: Date },
): { readonly at: Date[]; readonly next: Date } {
  const apart = (HOURS_OF_A_DAY * HOUR_MS) / given.ceiling;
  const moment = (place: number) => new Date(given.from.getTime() + Math.floor(place * apart));
  return { at: Array.from({ length: count }, (_, place) => moment(place)), next: moment(count) };
}

/** The same of a provider's day: from now on, or behind those that wait already; none, for at once, where it is warm. */
export function momentsOf(
  { ceiling, nextAt }: { readonly ceiling: number | null; readonly nextAt: Date },
  count: number,
  now: Date,
): { readonly at: Date[]; readonly next: Date } {
  if (ceiling === null) return { at: [], next: nextAt };
  return spread(count, { ceiling, from: new Date(Math.max(nextAt.getTime(), now.getTime())) });
}

/** The first day of a schedule that begins on a stage, counted from 1. */
export function firstStep(provider: string, stage: number): number {
  return (stage - 1) * groupOfProvider(provider).daysAStage;
}
