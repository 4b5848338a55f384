import type { Author } from '../core/paper/paper.ts';
import { repairEncoding } from '../core/text/charset.ts';
import { cleanName } from '../core/text/text.ts';
import {
  flipBareInitials,
  flipComma,
  GROUP,
  isGiven,
  isInitials,
  isSurname,
  joinInitials,
  joinSuffixes,
  SUFFIX,
} from './name-order.ts';

/** How a feed writes its people, as its other items show. */
export interface NameHabits {
  /** Each name is `Last, First`: then a single text with one comma is one person. */
  readonly isInverted?: boolean;
}

/** What somebody may do, and no part of their name. */
const DEGREE =
  /^(?:ph\.? ?d|d\.?phil|m\.?d|m\.? ?sc|b\.? ?sc|m\.?p\.?h|m\.?b\.?a|r\.?n|d\.?v\.?m|facs|frcs)\.?$/i;
/** What somebody is and where, behind their name: The Conversation, magazines of universities. */
const JOB =
  /\b(?:professor|lecturer|(?:research|teaching) fellow|candidate|researcher|scientist|director|dean|chair|postdoc\w*|universit\p{L}+|universidade?|institut\p{L}*|school|college|department|dept|faculty|hospital|laborator(?:y|ies))\b/iu;
const TEAM =
  /\b(?:group|team|consortium|collaboration|committee|network|initiative|investigators|alliance)\b/i;
const ET_AL = /^(and\s+)?et\.? al\.?$|^(and )?others$/i;
/** `Ann Example`, `Ann V. Example`: a name in reading order. */
const IN_ORDER = /^\p{Lu}[\p{L}’'.-]+(?: \p{Lu}[\p{L}’'.-]*){1,3}$/u;
const ONE_WORD = /^\p{Lu}[\p{Ll}’'-]+$/u;
const BEHALF = /[,;]?\s{1,20}(?:on|in) behalf of (?:the )?/i;
const HONOUR = /^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s+)+(?=\p{Lu}[\p{L}.’'-]*\s)/u;
/** Digital Commons has the first author alone: `Ann Example et al.` */
const ENDING = /,?\s{1,20}(?:et\.? al\.?|and others)$/i;
const AND = /\s+(?:and|&|und|et(?!\.? al)|och|og|和)\s+/iu;
/** OSTI sets where somebody is behind the name, and an ORCID. */
const PLACE =
  /\s?\[[^[\]]{3,300}\](?=\s*(?:[;,(]|$))|\s?\((?:orcid:? ?|https?:\/\/orcid\.org\/)[\dx-]{16,19}\)/giu;
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

const STOPPED = /\s\p{Lu}\p{Ll}{1,20}(?<!\s(?:[JS]r|Ph\.?D))\.$/u;
const LONGEST_END = 40;

/** A text of names without what some sites write around them. */
function tidyText(text: string): string {
  const tidy = text
    .replace(ROLE, '')
    .replace(PLACE, '')
    .replaceAll('&amp;', '&')
    .trim()
    .replace(ENDING, '')
    .replace(/^(?:by\s+|authors?\s*:\s*|author\(s\)\s*:\s*)(?=\p{Lu})/iu, '')
    .replace(BEHALF, '; ')
    .trim();
  // A list may end as a sentence does: `Example, Ann; Sample, Bo.`
  return /[;,]/.test(tidy) && STOPPED.test(tidy.slice(-LONGEST_END)) ? tidy.slice(0, -1) : tidy;
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
    // dblp tells namesakes apart: `Bo Sample 0002`.
    .replace(/ \d{4}$/, '')
    // Marks of footnotes: `Ann Example1,2*`.
    .replace(/(?<=\s\S*\p{Ll})[\d¹²³⁰-⁹*†‡§¶,]+$|[*†‡§¶]+$|\s?\[[\d, ]{1,12}\]$/u, '');
  if (!/\p{L}/u.test(cleaned)) return [];
  const known = affiliations
    // `(1 and 2)` only points to a list that feeds do not have.
    .filter((text) => /\p{L}/u.test(text.replace(/\band\b/g, '')))
    .map((text) => cleanName(repairEncoding(text)))
    .filter(Boolean);
  return [known.length > 0 ? { name: cleaned, affiliations: known } : { name: cleaned }];
}

function splitNames(text: string): string[] {
  const mark = /[;；؛|、，،•·]|\s\/\s/.exec(text)?.[0];
  if (mark)
    return text
      .split(mark)
      .map((part) => flipComma(dropTitles(part.trim().replace(/^(?:and|&)\s+/i, ''))));
  const inverted = text.split(AND);
  if (inverted.length > 1 && inverted.every(isLastFirst)) return inverted.map(flipComma);
  const given = splitOutside(text, ',').map((part) => part.trim().replace(/^(?:and|&)\s+/i, ''));
  const parts = dropJobs(given.filter((part) => !DEGREE.test(part)));
  const [first = '', second = ''] = parts;
  // `Kaur, M. & Shukla, A.`
  if (isInitials(second.split(AND)[0] ?? ''))
    return joinInitials(parts.flatMap((part) => part.split(AND)));
  // `Example, Ann, Sample, Bo`: nobody has one name alone.
  if (parts.length > 3 && parts.length % 2 === 0 && parts.every((part) => ONE_WORD.test(part)))
    return parts.flatMap((part, at) => (at % 2 === 0 ? `${parts[at + 1]} ${part}` : []));
  if (parts.length === 1) return splitPair(given.length > 1 ? first : text);
  if (parts.length === 2 && isSurname(first) && isGiven(second)) return [flipComma(text)];
  return joinSuffixes(parts)
    .flatMap(splitPair)
    .filter((part) => !DEGREE.test(part));
}

/** One person of a list without degrees and professions behind commas. */
function dropTitles(person: string): string {
  const parts = person.split(/,\s*/);
  const own = dropJobs(parts.filter((part) => !DEGREE.test(part)));
  return own.length > 0 && own.length < parts.length ? own.join(', ') : person;
}

/** What somebody is and where, unless it stands alone: then it is who wrote. */
function dropJobs(parts: readonly string[]): readonly string[] {
  const isJob = (part: string) => {
    const own = part.replace(/\([^()]*\)/g, '').trim();
    return own.includes(' ') && JOB.test(own) && !TEAM.test(own);
  };
  return parts.some((part) => IN_ORDER.test(part) && !isJob(part))
    ? parts.filter((part) => !isJob(part))
    : parts;
}

/** `Example, Ann`, and not `Ann Example, PhD`. */
function isLastFirst(text: string): boolean {
  const [, first = ''] = /^[^,]+,([^,]+)$/.exec(text) ?? [];
  const name = first.trim();
  return name !== '' && !DEGREE.test(name) && !SUFFIX.test(name);
}

/** `Jane Doe and John Roe` are two; `Group for This and That` is one. */
function splitPair(text: string): string[] {
  const pair = text.split(AND);
  // Spanish, Portuguese and Russian; within a name, too (`Ortega y Gasset`).
  const others = text.split(/\s(?:y|e|и)\s/u);
  if (pair.length === 1 && others.length > 1 && others.every((name) => IN_ORDER.test(name)))
    return others;
  const [person = '', group = ''] = pair;
  if (pair.length === 2 && /^the /i.test(group) && IN_ORDER.test(person) && !GROUP.test(person))
    return pair;
  const areNames =
    pair.length === 2
      ? !pair.some((name) => GROUP.test(name))
      : pair.every((name) => IN_ORDER.test(name));
  return areNames ? pair : [text];
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
