import type { Author } from '../paper/paper.ts';
import { parseName } from '../ranking/names.ts';

/** Whether two papers share an author by name: the same family name, and given names that may be the same. */
export function shareAuthor(a: readonly Author[], b: readonly Author[]): boolean {
  const byFamily = new Map<string, (readonly string[])[]>();
  for (const { name } of a) {
    const { family, given } = parseName(name);
    byFamily.set(family, [...(byFamily.get(family) ?? []), given]);
  }
  return b.some(({ name }) => {
    const { family, given } = parseName(name);
    return family !== '' && (byFamily.get(family) ?? []).some((other) => areAlike(other, given));
  });
}

/** Each word is the other's, or its first letter; without any, a name may be anybody's. */
function areAlike(a: readonly string[], b: readonly string[]): boolean {
  const shared = Math.min(a.length, b.length);
  if (shared === 0) return false;
  return a.slice(0, shared).every((word, place) => {
    const other = b[place] ?? '';
    const isInitial = word.length === 1 || other.length === 1;
    return isInitial ? word[0] === other[0] : word === other;
  });
}
