import { parseName } from '../ranking/names.ts';

const LONGEST_KEY = 100;

/**
 * What an author's papers are found by: `Smith, J.R.` and `J. R. Smith` are both `j-r-smith`. Only
 * spellings of one name are one: `Jane Smith` is not `J. Smith`. Empty for what is no name.
 */
export function authorKey(name: string): string {
  const { given, particles, family } = parseName(name);
  const words = [...given, particles, family].filter((word) => word !== '');
  return words.join('-').normalize('NFC').slice(0, LONGEST_KEY);
}

/** Where the papers of an author are, from the root of the site; undefined for what is no name. */
export function authorPath(name: string): string | undefined {
  const key = authorKey(name);
  return key === '' ? undefined : `/authors/${encodeURIComponent(key)}`;
}
