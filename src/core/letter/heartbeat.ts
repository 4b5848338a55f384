/**
 * A count that only grows, in the database and remembered outside it. A database that was put back, by a
 * dump, a snapshot or a standby that lagged, has a smaller one than is remembered.
 */
export interface Heartbeat {
  /** Which past it is: a new database, and one that was restored by us, begins another. */
  readonly epoch: string;
  readonly count: number;
  /** When it was counted, as ISO 8601. */
  readonly at: string;
}

/** Whether what was just counted was counted before: then what happened in between is lost. */
export function hasGoneBack(remembered: Heartbeat | undefined, counted: Heartbeat): boolean {
  return (
    remembered !== undefined &&
    remembered.epoch === counted.epoch &&
    remembered.count >= counted.count
  );
}

/** Why everything must stand still until a person has looked, in a sentence. */
export function tellGoneBack(remembered: Heartbeat, before: string): string {
  const moment = (at: string) => `${at.slice(0, 19).replace('T', ' ')} UTC`;
  return `The database went back from ${moment(remembered.at)} to about ${moment(before)}: what went out in between is not recorded any more and would go out again. "paperround deliveries reconcile" settles it.`;
}

/** Fewer than so many, and than one of a hundred, are a handful. */
const HANDFUL = 50;
const HANDFUL_SHARE = 0.01;

/** Whether so few of what was planned lost their record that to hold them alone is enough. */
export function isHandful(lost: number, planned: number): boolean {
  return lost === 0 || (lost < HANDFUL && lost < planned * HANDFUL_SHARE);
}

/** What was remembered as a text; undefined where it is none. */
export function readHeartbeat(text: string | undefined): Heartbeat | undefined {
  try {
    const { epoch, count, at } = JSON.parse(text ?? '') as Partial<Heartbeat>;
    const isWhole = typeof epoch === 'string' && Number.isSafeInteger(count);
    return isWhole && typeof at === 'string' ? { epoch, count: Number(count), at } : undefined;
  } catch {
    return undefined;
  }
}

/** The one that was counted later. */
export function laterOf(
  one: Heartbeat | undefined,
  other: Heartbeat | undefined,
): Heartbeat | undefined {
  if (!one || !other) return one ?? other;
  return one.at > other.at ? one : other;
}
