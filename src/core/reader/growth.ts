/** A day of readers: how many came and left on it, and how many there were at its end. */
export interface GrowthDay {
  readonly date: string;
  readonly came: number;
  readonly left: number;
  readonly readers: number;
}

/**
 * Days in their order with how many readers there were at the end of each, counted back from those of
 * now. Who came back counts from then on, and who was erased not at all.
 */
export function countBack(
  days: readonly Omit<GrowthDay, 'readers'>[],
  readersNow: number,
): GrowthDay[] {
  let readers = readersNow;
  const back: GrowthDay[] = [];
  for (const day of days.toReversed()) {
    back.push({ ...day, readers: Math.max(0, readers) });
    readers += day.left - day.came;
  }
  return back.reverse();
}
