import type { Author } from '../paper/paper.ts';
import { writePlain } from '../text/plain-letters.ts';

/** The authors of some papers by their family names. */
export type NameIndex = ReadonlyMap<string, readonly NamePlace[]>;

interface NamePlace {
  readonly paper: number;
  /** As the paper prints it. */
  readonly printed: string;
  readonly name: PersonName;
}

/** A person's name in its parts, folded: no accents, no case. */
export interface PersonName {
  /** Given names and initials, in order. */
  readonly given: readonly string[];
  /** The family name as one word, its particles apart: `berg` with `vander`. */
  readonly family: string;
  readonly particles: string;
}

/** An author of a paper whom the reader follows. */
export interface FollowedAuthor {
  readonly followed: string;
  readonly printed: string;
  /** False where only an initial or a family name says that it is the same person. */
  readonly isSure: boolean;
}

const particles = new Set(
  'van von der den de het ten ter te del della di da dos das do du la le el al af av zu zur bin ibn ben st'.split(
    ' ',
  ),
);
const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'phd', 'md']);

/** Reads `Given Family`, `Family, Given`, initials with or without points and spaces, and particles. */
export function parseName(text: string): PersonName {
  const [before = '', ...after] = text
    .split(',')
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const behind = after.flat().filter((word) => !suffixes.has(word));
  const words = (before || []).filter((word, at) => at === 0 || !suffixes.has(word));
  if (behind.length > 0) {
    const from = words.findIndex((word) => !particles.has(word));
    const family = words.slice(Math.max(0, from));
    return nameOf(behind, words.slice(0, Math.max(0, from)), family);
  }
  const first = words.findIndex((word, at) => at > 0 && particles.has(word));
  const from = first > 0 && first < words.length - 1 ? first : words.length - 1;
  const tail = words.slice(from);
  const end = tail.findIndex((word, at) => at === tail.length - 1 || !particles.has(word));
  return nameOf(words.slice(0, from), tail.slice(0, end), tail.slice(end));
}

function nameOf(given: string[], before: string[], family: string[]): PersonName {
  return { given: given.flatMap(apart), particles: before.join(''), family: family.join('') };
}

/** `jr` of `J.R. Smith` is two initials; a vowel or a third letter makes it a name. */
function apart(word: string): string[] {
  return /^[bcdfghjklmnpqrstvwxz]{2,3}$/.test(word) ? [...word] : [word];
}

/** Points part initials, hyphens part double names; apostrophes part nothing. */
function wordsOf(text: string): string[] {
  const folded = writePlain(text.toLowerCase())
    .normalize('NFKD')
    .replace(/[\p{M}'’ʼ`]+/gu, '');
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Puts the authors of papers, by their places, under their family names. */
export function indexNames(authors: readonly (readonly Author[])[]): NameIndex {
  const index = new Map<string, NamePlace[]>();
  for (const [paper, names] of authors.entries()) {
    for (const { name: printed } of names) {
      for (const name of spellingsOf(printed).map(parseName)) {
        for (const key of keysOf(name)) {
          const list = index.get(key);
          if (list) list.push({ paper, printed, name });
          else index.set(key, [{ paper, printed, name }]);
        }
      }
    }
  }
  return index;
}

/** `Müller` is also written `Mueller`; but `Xue` is not `Xu`. */
function spellingsOf(name: string): string[] {
  const composed = name.normalize('NFC');
  const spelt = composed.replace(/[äöü]/gi, (letter) => `${letter}e`);
  return spelt === composed ? [name] : [name, spelt];
}

/** `van der Berg` is also written `Vanderberg` or filed under `Berg`. */
function keysOf({ family, particles: before }: PersonName): Set<string> {
  return new Set([family, before + family]);
}

/** The papers by an author whom a reader follows, each with the name as it stands there. */
export function findFollowed(index: NameIndex, followed: string): Map<number, FollowedAuthor> {
  const found = new Map<number, FollowedAuthor>();
  for (const wanted of spellingsOf(followed).map(parseName)) {
    for (const key of wanted.family === '' ? [] : keysOf(wanted)) {
      for (const { paper, printed, name } of index.get(key) ?? []) {
        const match = compareNames(wanted, name);
        if (match === 'other' || found.get(paper)?.isSure) continue;
        found.set(paper, { followed, printed, isSure: match === 'same' });
      }
    }
  }
  return found;
}

/**
 * Whether two names of one family can be one person's: `same` where full given names agree,
 * `perhaps` where only initials or a family name do, `other` where anything both spell out
 * differs, a middle initial too.
 */
export function compareNames(a: PersonName, b: PersonName): 'same' | 'perhaps' | 'other' {
  if (a.given.length === 0 || b.given.length === 0) {
    const isWhole = a.given.length === b.given.length && a.particles === b.particles;
    return isWhole ? 'same' : 'perhaps';
  }
  const pairs = Math.min(a.given.length, b.given.length);
  let isFull = false;
  for (let at = 0; at < pairs; at++) {
    const [one = '', two = ''] = [a.given[at], b.given[at]];
    const [short, long] = one.length < two.length ? [one, two] : [two, one];
    if (short.length > 1 ? short !== long : !long.startsWith(short)) return 'other';
    if (at === 0) isFull = short.length > 1;
  }
  // Whoever drops a particle must spell the given name out.
  const isOneFamily =
    a.particles === b.particles || a.particles + a.family === b.particles + b.family;
  if (!isOneFamily && !isFull) return 'other';
  return isFull ? 'same' : 'perhaps';
}
