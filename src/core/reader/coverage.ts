import type { Schedule } from './schedule.ts';

/** An edition as coverage sees it: its id and the time of its cut. */
export interface CutEdition {
  readonly id: number;
  readonly cutAt: Date;
}

/** What a reader's next digest covers. */
export interface Coverage {
  /** Newest first; empty where there is nothing new. */
  readonly editions: readonly number[];
  /** Editions since the last one covered that are now too old to be. */
  readonly leftOut: number;
}

const DAY = 24 * 3600 * 1000;
/** However long a reader waits, no window is wider: older editions are at hand for nobody. */
const WIDEST = 14 * DAY;

/** A reader as coverage sees them. */
export interface CoveredReader {
  readonly schedule: Pick<Schedule, 'days'>;
  readonly confirmedAt: Date;
  /** Editions that a delivery in flight, accepted or in doubt covers. */
  readonly covered: ReadonlySet<number>;
  /** When the first date was due that brought nothing because of the warm-up, where one did since their last digest. */
  readonly waitsSince?: Date | null | undefined;
  /** Editions that any delivery ever held for them: also one from before they confirmed, such as a welcome digest that failed. */
  readonly offered?: ReadonlySet<number>;
}

/**
 * The released editions that no delivery to this reader covers, cut since they confirmed
 * or offered to them before, and at most seven days or two of their own intervals back,
 * whichever is longer; for whom the warm-up has wait, back from when they began to. A reader whom nothing ever covered and for whom nothing was cut yet
 * gets the newest edition of the window, so that a first digest is not a wait for tomorrow.
 */
export function findCoverage(
  reader: CoveredReader,
  editions: readonly CutEdition[],
  now: Date,
): Coverage {
  const oldest = findOldest(reader, now);
  const newestFirst = [...editions].sort(
    (a, b) => b.cutAt.getTime() - a.cutAt.getTime() || b.id - a.id,
  );
  const isInWindow = (edition: CutEdition) => edition.cutAt.getTime() >= oldest;
  const missing = newestFirst.filter(
    ({ id, cutAt }) =>
      !reader.covered.has(id) && (cutAt >= reader.confirmedAt || reader.offered?.has(id)),
  );
  const inWindow = missing.filter(isInWindow);
  const [newest] = newestFirst;
  const isFirst = reader.covered.size === 0 && inWindow.length === 0;
  if (isFirst && newest && isInWindow(newest)) return { editions: [newest.id], leftOut: 0 };
  // Said once: the next digest comes after one that covers something newer.
  const last = newestFirst.find(({ id }) => reader.covered.has(id));
  const tooOld = missing.filter((edition) => !isInWindow(edition));
  return {
    editions: inWindow.map(({ id }) => id),
    leftOut: tooOld.filter(({ cutAt }) => !last || cutAt > last.cutAt).length,
  };
}

/** From when on what came for a reader stands in their next digest, in milliseconds. */
export function findOldest(
  { schedule, waitsSince }: Pick<CoveredReader, 'schedule' | 'waitsSince'>,
  now: Date,
): number {
  const window = Math.max(7 * DAY, 2 * intervalOf(schedule));
  const from = waitsSince?.getTime() ?? now.getTime();
  return Math.max(from - window, now.getTime() - Math.max(window, WIDEST));
}

/** The longest time between two of a reader's due days. */
function intervalOf(schedule: Pick<Schedule, 'days'>): number {
  const days = [...schedule.days].sort((a, b) => a - b);
  const first = days[0] ?? 1;
  const gaps = days.map((day, at) => (days[at + 1] ?? first + 7) - day);
  return Math.max(...gaps) * DAY;
}
