const DAY_MS = 24 * 3_600_000;
const EVERY_MS = 20 * 3_600_000;
/** At night is when nobody's digest is due in most places: an hour and a half after the cut. */
const FIRST_MINUTE = 90;
const LAST_MINUTE = 150;

/** Whether old rows are to be removed now: once a day, in the second hour after the cut. */
export function isPruneTime(
  now: Date,
  last: Date | undefined,
  cut: { readonly minuteOfDay: number; readonly zone: string },
): boolean {
  const sinceMs = last === undefined ? Number.POSITIVE_INFINITY : now.getTime() - last.getTime();
  if (sinceMs < EVERY_MS) return false;
  const time = now.toLocaleTimeString('en-GB', { timeZone: cut.zone });
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const afterCut = (hour * 60 + minute - cut.minuteOfDay + 1440) % 1440;
  // A service that slept through the hour makes good for it a day later at any hour.
  return (afterCut >= FIRST_MINUTE && afterCut < LAST_MINUTE) || sinceMs > 2 * DAY_MS;
}
