/** A number with its noun: `1 paper`, `84 papers`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A moment for operators, to the minute: `2026-07-10 07:00 UTC`. */
export function momentOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const NUMBERS = 'No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve'.split(' ');

/** A number as a sentence begins with it: `Four`, `13`. */
export function writeNumber(count: number): string {
  return NUMBERS[count] ?? String(count);
}

/** A list in a sentence: `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' and ');
}
