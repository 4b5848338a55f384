/** A number with its noun: `1 paper`, `84 papers`; `plural` where that is not the noun with an s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
