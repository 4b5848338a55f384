/** By ISO number, from 1. */
const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** An ISO weekday from its number or its English name, also shortened (`1`, `Mon`, `thurs`, `Sunday`); undefined for anything else. */
export function parseDay(text: string): number | undefined {
  const typed = text.trim().toLowerCase();
  if (/^[1-7]$/.test(typed)) return Number(typed);
  if (typed.length < 3) return undefined;
  const day = names.findIndex((name) => name.toLowerCase().startsWith(typed)) + 1;
  return day > 0 ? day : undefined;
}

/** ISO weekdays in words: `Monday, Wednesday`; `every day` where it is all seven. */
export function nameDays(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  return [...days]
    .sort((a, b) => a - b)
    .map((day) => names[day - 1])
    .join(', ');
}
