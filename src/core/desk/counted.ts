/** So far lists are counted exactly; what is more is told as that. */
export const MOST_COUNTED = 10_000;

/** A count as it is told, where counting stopped one beyond the most. */
export function tellCount(count: number): string {
  return count > MOST_COUNTED
    ? `more than ${MOST_COUNTED.toLocaleString('en')}`
    : count.toLocaleString('en');
}
