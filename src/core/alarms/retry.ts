const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;
/** What is older says nothing any more. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** When a beacon that was not taken is sent again; undefined where it is given up. */
export function nextBeaconAt(
  beacon: { readonly madeAt: Date; readonly tries: number },
  at: Date,
): Date | undefined {
  if (at.getTime() - beacon.madeAt.getTime() >= GIVE_UP_AFTER_MS) return undefined;
  const waitMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, beacon.tries - 1));
  return new Date(at.getTime() + waitMs);
}
