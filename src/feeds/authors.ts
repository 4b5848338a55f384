import type { Author } from '../core/paper/paper.ts';
import { repairEncoding } from '../core/text/charset.ts';
import { cleanName } from '../core/text/text.ts';

/** How a feed writes its people, as its other items show. */
export interface NameHabits {
  /** Each name is `Last, First`: then a single text with one comma is one person. */
  readonly isInverted?: boolean;
}

const SUFFIX = /^(jr|sr|ii|iii|iv)\.?$/i;
/** What somebody may do, and no part of their name. */
const DEGREE =
  /^(?:ph\.? ?d|d\.?phil|m\.?d|m\.? ?sc|b\.? ?sc|m\.?p\.?h|m\.?b\.?a|r\.?n|d\.?v\.?m|facs|frcs)\.?$/i;
const GROUP =
  /\b(of|for|the|on|team|group|consortium|collaboration|committee|institute|society|network|initiative|investigators|study|project|alliance)\b/i;
// `M.`, `B. K.`, `H.-X.`, `A. J. H.`, `Yu.`
const INITIALS = /^(?:\p{L}{1,3}\.[\s-]?)+$/u;
// `Chen C`, `van der Berg JW`, `Roe J-P`
const BARE_INITIALS = /^(\p{L}[\p{L}\p{M}'’ -]*) (\p{Lu}(?:-?\p{Lu}){0,2})$/u;
// `Example A.B.`, as Scopus writes: a single one is as likely a first name before an initial.
const DOTTED_INITIALS = /^(\p{L}[\p{L}\p{M}'’ -]*) ((?:\p{Lu}\.[ -]?){1,4})$/u;
/** Nobody has two after a first name: `Пример А. Б.` */
const SEVERAL_INITIALS = /\s\p{Lu}\.[ -]?\p{Lu}\.$/u;
const ET_AL = /^(and\s+)?et\.? al\.?$|^(and )?others$/i;
/** `Ann Example`, `Ann V. Example`: a name in reading order. */
const IN_ORDER = /^\p{Lu}[\p{L}’'.-]+(?: \p{Lu}[\p{L}’'.-]*){1,3}$/u;
const ONE_WORD = /^\p{Lu}[\p{Ll}’'-]+$/u;
const BEHALF = /[,;]?\s{1,20}(?:on|in) behalf of (?:the )?/i;
const HONOUR = /^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s+)+(?=\p{Lu}[\p{L}.’'-]*\s)/u;
/** Digital Commons has the first author alone: `Ann Example et al.` */
const ENDING = /,?\s{1,20}(?:et\.? al\.?|and others)$/i;
const AND = /\s+(?:and|&|und|et(?!\.? al)|och|og|和)\s+/iu;
/** What OJS sets behind a name, in the language of the site. */
const ROLE =
  /\s?\((?:authors?|autor(?:\/a|a|es|in)?|auteure?|auteur-e|autore|translators?|traductor(?:\/a)?|editors?|penulis|författare|автор|著者|作者|yazar)\)/giu;
const NOBODY =
  /^(?:null|none|n\/?a|unknown|anonymous|no author.*|not available|author|admin(?:istrator)?|webmaster|editor|root|support)$/i;

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
 * Reads the names of any other feed, one text or several, into reading order: `A; B`, `A, B and C`,
 * `Kaur, M., Shukla, A.`, `Chen C, Zhou Y, et al.`, `Last, First` where each name has its own
 * element or the feed is known to write so, and comma lists; `et al.` is dropped.
 */
export function parseAuthors(texts: readonly string[], habits: NameHabits = {}): Author[] {
  const given = texts.map(tidyText);
  const [first = ''] = given;
  // Beside a name in reading order, a comma parts two more.
  const isInOrder = given.some((text) => IN_ORDER.test(text) && !GROUP.test(text));
  const names =
    given.length > 1
      ? given.flatMap((text) => splitOwn(foldBlanks(text), isInOrder))
      : splitOne(first, habits);
  return flipBareInitials(
    names
      .map((name) => name.trim().replace(/(?<=\p{Ll}{3})\.$/u, ''))
      .filter((name) => !ET_AL.test(name) && !NOBODY.test(name)),
  ).flatMap(toPerson);
}

/** A text of names without what some sites write around them. */
function tidyText(text: string): string {
  return text
    .replace(ROLE, '')
    .replaceAll('&amp;', '&')
    .trim()
    .replace(ENDING, '')
    .replace(/^by\s+(?=\p{Lu})/iu, '')
    .replace(BEHALF, '; ');
}

function foldBlanks(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** One text of several: a name, or a list where it can be nothing else. */
function splitOwn(text: string, isInOrder: boolean): string[] {
  return text.includes(';') || (isInOrder && text.includes(','))
    ? splitNames(text)
    : [flipComma(text)];
}

/** The only text: one name where the feed writes `Last, First`, else a list. */
function splitOne(text: string, { isInverted }: NameHabits): string[] {
  // MDPI sets each name on a line of its own.
  const lines = /[,;]/.test(text) ? [] : text.split(/\n/).map(foldBlanks).filter(Boolean);
  if (lines.length > 1) return lines;
  const line = dropMail(foldBlanks(text));
  const flipped = flipComma(line);
  return isInverted && flipped !== line ? [flipped] : splitNames(line);
}

/** A name with what stands in brackets behind it, which is no part of a name. */
function toPerson(name: string): Author[] {
  const [, own = name, inside] = /^([^()]*[^()\s])\s*\(([^()]*)\)$/.exec(name) ?? [];
  return toAuthor(own, inside === undefined ? [] : [inside]);
}

/** A name given whole, with its affiliations; none where nothing is left of it after cleaning. */
export function toAuthor(name: string, affiliations: readonly string[] = []): Author[] {
  const cleaned = cleanName(repairEncoding(name))
    .replace(/\s*https?:\/\/\S+/g, '')
    .replace(HONOUR, '')
    // Marks of footnotes: `Ann Example1,2*`.
    .replace(/(?<=\s\S*\p{Ll})[\d*†‡§¶,]+$|[*†‡§¶]+$/u, '');
  if (!/\p{L}/u.test(cleaned)) return [];
  const known = affiliations
    // `(1 and 2)` only points to a list that feeds do not have.
    .filter((text) => /\p{L}/u.test(text.replace(/\band\b/g, '')))
    .map((text) => cleanName(repairEncoding(text)))
    .filter(Boolean);
  return [known.length > 0 ? { name: cleaned, affiliations: known } : { name: cleaned }];
}

function splitNames(text: string): string[] {
  const mark = /[;；|、，•]|\s\/\s/.exec(text)?.[0];
  if (mark)
    return text.split(mark).map((part) => flipComma(part.trim().replace(/^(?:and|&)\s+/i, '')));
  const inverted = text.split(AND);
  if (inverted.length > 1 && inverted.every(isLastFirst)) return inverted.map(flipComma);
  const given = splitOutside(text, ',').map((part) => part.trim().replace(/^(?:and|&)\s+/i, ''));
  const parts = given.filter((part) => !DEGREE.test(part));
  const [first = '', second = ''] = parts;
  // `Kaur, M. & Shukla, A.`
  if (isInitials(second.split(AND)[0] ?? ''))
    return joinInitials(parts.flatMap((part) => part.split(AND)));
  // `Example, Ann, Sample, Bo`: nobody has one name alone.
  if (parts.length > 3 && parts.length % 2 === 0 && parts.every((part) => ONE_WORD.test(part)))
    return parts.flatMap((part, at) => (at % 2 === 0 ? `${parts[at + 1]} ${part}` : []));
  if (parts.length === 1) return splitPair(text);
  if (parts.length === 2 && isSurname(first) && isGiven(second)) return [flipComma(text)];
  return joinSuffixes(parts)
    .flatMap(splitPair)
    .filter((part) => !DEGREE.test(part));
}

/** `Example, Ann`, and not `Ann Example, PhD`. */
function isLastFirst(text: string): boolean {
  const [, first = ''] = /^[^,]+,([^,]+)$/.exec(text) ?? [];
  const name = first.trim();
  return name !== '' && !DEGREE.test(name) && !SUFFIX.test(name);
}

/** One word, or small ones before it: `Example`, `van der Berg`. Nobody lists people so. */
function isSurname(text: string): boolean {
  return /^(?:\p{Ll}[\p{Ll}’']* )*\p{Lu}[\p{L}\p{M}’'-]+$/u.test(text) && !GROUP.test(text);
}

/** `Ann`, `Ann V.`, `Ann Marie`: a first name with what may follow one. */
function isGiven(text: string): boolean {
  return (
    /^\p{Lu}[\p{L}\p{M}’'-]*(?: \p{Lu}\.?| \p{Lu}[\p{L}\p{M}-]+)?$/u.test(text) &&
    !SUFFIX.test(text)
  );
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
  const pair = text.split(AND);
  const [person = '', group = ''] = pair;
  if (pair.length === 2 && /^the /i.test(group) && IN_ORDER.test(person) && !GROUP.test(person))
    return pair;
  return pair.length === 2 && !pair.some((name) => GROUP.test(name)) ? pair : [text];
}

/** `Last, First` becomes `First Last`, and `Last, First, Jr.` keeps its end; else it stays as it is. */
function flipComma(name: string): string {
  const [last = '', ...others] = name.split(',').map((part) => part.trim());
  const suffixes = others.filter((part) => SUFFIX.test(part));
  const [first, ...more] = others.filter((part) => !SUFFIX.test(part));
  if (!first || more.length > 0) return name;
  return [first, last, ...suffixes].join(' ');
}

/** Only where every name is written so: `Wei LI` beside `Jane Doe` is no surname `Wei`. */
function flipBareInitials(names: readonly string[]): readonly string[] {
  // OUP ends its lists with a full stop.
  const plain = names.map((name, at) => (at === names.length - 1 ? name.replace(/\.$/, '') : name));
  const areDotted = names.every((name) => DOTTED_INITIALS.test(name));
  if (areDotted && (names.length > 1 || SEVERAL_INITIALS.test(names[0] ?? ''))) {
    return names.map((name) => name.replace(DOTTED_INITIALS, '$2 $1'));
  }
  if (!plain.every((name) => BARE_INITIALS.test(name))) return names;
  return plain.map((name) => name.replace(BARE_INITIALS, '$2 $1'));
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
