import type { Author } from '../core/paper/paper.ts';
import { cleanName } from '../core/text/text.ts';
import { repairEncoding } from './charset.ts';

const SUFFIX = /^(jr|sr|ii|iii|iv|phd|md)\.?$/i;
const GROUP = /\b(of|for|the|and|team|group|consortium|collaboration|committee|institute)\b/i;
// `M.`, `B. K.`, `H.-X.`, `A. J. H.`, `Yu.`
const INITIALS = /^(?:\p{L}{1,3}\.[\s-]?)+$/u;
// `Chen C`, `van der Berg JW`
const BARE_INITIALS = /^(\p{L}[\p{L}\p{M}'’ -]*) (\p{Lu}{1,3})$/u;
const ET_AL = /^(and\s+)?et\.? al\.?$|^(and )?others$/i;

/**
 * Reads arXiv's single comma list, `First Last (Affiliation, City), H1 Collaboration`: commas
 * inside parentheses part nothing. Source: arXiv's feed serializer.
 */
export function parseArxivAuthors(text: string): Author[] {
  return splitOutside(text, ',').flatMap((part) => {
    const open = part.indexOf('(');
    if (open < 0) return toAuthor(part);
    const inside = part.slice(open + 1).replace(/\)\s*$/, '');
    return toAuthor(part.slice(0, open), [inside]);
  });
}

/**
 * Reads the names of any other feed, one text or several, into reading order: `A; B`,
 * `Kaur, M., Shukla, A.`, `Chen C, Zhou Y, et al.`, `Last, First` when each name has its
 * own element, and comma lists; `et al.` is dropped.
 */
export function parseAuthors(texts: readonly string[]): Author[] {
  const lines = texts.map((text) => text.replace(/\s+/g, ' ').trim());
  const [first = ''] = lines;
  const names = lines.length > 1 ? lines.map(flipComma) : splitNames(dropMail(first));
  return flipBareInitials(
    names.map((name) => name.trim()).filter((name) => !ET_AL.test(name)),
  ).flatMap((name) => toAuthor(name));
}

/** A name given whole, with its affiliations; none where nothing is left of it after cleaning. */
export function toAuthor(name: string, affiliations: readonly string[] = []): Author[] {
  const cleaned = cleanName(repairEncoding(name));
  if (!/[\p{L}\p{N}]/u.test(cleaned)) return [];
  const known = affiliations
    // `(1 and 2)` only points to a list that feeds do not have.
    .filter((text) => /\p{L}/u.test(text.replace(/\band\b/g, '')))
    .map((text) => cleanName(repairEncoding(text)))
    .filter(Boolean);
  return [known.length > 0 ? { name: cleaned, affiliations: known } : { name: cleaned }];
}

function splitNames(text: string): string[] {
  if (text.includes(';')) return text.split(';').map(flipComma);
  const parts = splitOutside(text, ',').map((part) => part.trim().replace(/^and\s+/i, ''));
  const [, second = ''] = parts;
  if (isInitials(second)) return joinInitials(parts);
  if (parts.length === 1) return splitPair(text);
  return joinSuffixes(parts);
}

function isInitials(text: string): boolean {
  return INITIALS.test(text) && !SUFFIX.test(text);
}

/** `Kaur`, `M.`, `The Consortium` become `M. Kaur`, `The Consortium`. */
function joinInitials(parts: readonly string[]): string[] {
  const names: string[] = [];
  for (const part of parts) {
    const surname = names.at(-1);
    const isFree = surname !== undefined && !INITIALS.test(surname.split(' ')[0] ?? '');
    if (isInitials(part) && isFree) names[names.length - 1] = `${part} ${surname}`;
    else if (part) names.push(part);
  }
  return names;
}

/** `John Smith`, `Jr.` is one man. */
function joinSuffixes(parts: readonly string[]): string[] {
  const names: string[] = [];
  for (const part of parts) {
    if (SUFFIX.test(part) && names.length > 0) names.push(`${names.pop()} ${part}`);
    else names.push(part);
  }
  return names;
}

/** `Jane Doe and John Roe` are two; `Group for This and That` is one. */
function splitPair(text: string): string[] {
  const pair = text.split(/\s+(?:and|&)\s+/i);
  return pair.length === 2 && !pair.some((name) => GROUP.test(name)) ? pair : [text];
}

/** `Last, First` becomes `First Last`; with more commas it stays as it is. */
function flipComma(name: string): string {
  const [last = '', first, ...more] = name.split(',').map((part) => part.trim());
  if (!first || more.length > 0 || SUFFIX.test(first)) return name;
  return `${first} ${last}`;
}

/** Only where every name is written so: `Wei LI` beside `Jane Doe` is no surname `Wei`. */
function flipBareInitials(names: readonly string[]): readonly string[] {
  if (!names.every((name) => BARE_INITIALS.test(name))) return names;
  return names.map((name) => name.replace(BARE_INITIALS, '$2 $1'));
}

/** RSS 2.0 has `mail@example.org (Jane Doe)` for an author. */
function dropMail(text: string): string {
  if (text.length > 500) return text;
  return /^\S+@\S+ ?\(([^)]+)\)$/.exec(text)?.[1] ?? text.replace(/^\S+@\S+$/, '');
}

function splitOutside(text: string, mark: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '(') depth += 1;
    if (letter === ')') depth = Math.max(0, depth - 1);
    if (letter !== mark || depth > 0) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}
