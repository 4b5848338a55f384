import { isCitation, isSentence } from './citations.ts';
import { partNames } from './journals.ts';
import { isInverted, isNameList, isPerson } from './name-lists.ts';

/** What is known of a paper besides its description, as it is written. */
export interface Known {
  readonly titles: readonly string[];
  /** Names of the journal and the feed. */
  readonly publications: readonly string[];
  /** The people of its elements. */
  readonly people: readonly string[];
}

/** What stands before a text on its line is no longer than this, and no more than this. */
const LONGEST = 1_500;
const MOST_WORDS = 80;
const MOST_SEAMS = 6;
const MOST_PEOPLE = 60;
const SHORTEST_TITLE = 8;
/** What goes on behind a seam begins anew. */
const BEGINS = /^\s*[\p{Lu}\p{Lo}\d["“(]/u;

/**
 * Splits a line where markup that parted it was lost: filters and some publishers set title, people
 * and citation before the text without anything between. The same line alone where there is no seam.
 */
export function splitSeams(line: string, known: Known): Seam[] {
  const pieces: Seam[] = [];
  let rest = partNames(line);
  const isCited = () => isCitation(rest, known.publications);
  while (pieces.length < MOST_SEAMS && !isCited()) {
    const head =
      titleHead(rest, known) ||
      peopleHead(rest, known) ||
      citationHead(rest, known) ||
      listHead(rest) ||
      noteHead(rest);
    if (head === '' || head.length >= rest.length) break;
    pieces.push(...splitHead(head, known));
    rest = rest.slice(head.length).trim();
  }
  const end = isCited() ? splitHead(rest, known) : splitTail(rest).map((text) => ({ text }));
  return rest === '' ? pieces : [...pieces, ...end];
}

/** A piece of a line. */
export interface Seam {
  readonly text: string;
  /** Whether it is people, by where it stands: before the name of the journal. */
  readonly isNames?: boolean;
}

/** What Copernicus says of a preprint before its text. */
function noteHead(text: string): string {
  return NOTE.exec(text)?.[0] ?? '';
}

const NOTE =
  /^(?:Preprint|Manuscript|Revised manuscript) (?:under|in|accepted|not accepted|has|is) [^().]{2,80}\(discussion: [\w ]{2,30}, \d+ comments?\)(?=\s)/;

/** Keywords behind the last sentence, on its line; a mark of what was cut; a DOI. */
function splitTail(text: string): string[] {
  const at = text.search(BEHIND);
  return at > 0 && text.length - at < LONGEST ? [text.slice(0, at), text.slice(at + 1)] : [text];
}

const BEHIND =
  /(?<=[.!?。)])\s(?=\[(?:\.\.\.|…)\]$|https?:\/\/(?:dx\.)?doi\.org\/\S+$|(?:key ?words?(?: and phrases)?|index terms|palabras clave|palavras-chave|mots[ -]cl[ée]s|schlüssel(?:wörter|begriffe)|parole chiave|ключевые слова|关键词|キーワード)\s?[:：])/iu;

function titleHead(text: string, { titles }: Known): string {
  const title = titles.find((each) => each.length >= SHORTEST_TITLE && text.startsWith(each)) ?? '';
  return title !== '' && BEGINS.test(text.slice(title.length).replace(/^[.:]/, '')) ? title : '';
}

/** People as the elements have them, whatever stands between them. */
function peopleHead(text: string, { people }: Known): string {
  const [first, ...others] = people.slice(0, MOST_PEOPLE);
  if (!first) return '';
  let at = /^(?:(?:authors?|author\(s\)|by)\s*:?\s+)?/i.exec(text)?.[0].length ?? 0;
  if (!text.startsWith(first, at)) return '';
  at += first.length;
  for (const name of others) {
    const gap =
      /^(?:\s*[,;]\s*|\s+)?(?:(?:and|&)\s+)?/.exec(text.slice(at, at + 10))?.[0].length ?? 0;
    if (!text.startsWith(name, at + gap)) return '';
    at += gap + name.length;
  }
  return BEGINS.test(text.slice(at).replace(/^[.:]/, '')) ? text.slice(0, at) : '';
}

/** CNKI ends each name with a semicolon: `Ann EXAMPLE;Bo SAMPLE;Geckos rest …`. */
function listHead(text: string): string {
  const head = /^(?:[^;；。.<>]{2,40}[;；]\s?){1,60}(?=\S)/u.exec(text)?.[0] ?? '';
  return isNameList(head) && isSentence(text.slice(head.length)) ? head : '';
}

/** A citation up to where a sentence begins that is no part of it. */
function citationHead(text: string, { publications }: Known): string {
  const words = Array.from(text.slice(0, LONGEST).matchAll(/\S+/g)).slice(0, MOST_WORDS);
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    // No citation has such a word: nearly every text ends the search at its third.
    if (/^\p{Ll}{4,}/u.test(word[0]) && !isOfCitation(word[0])) return '';
    if (!next || !isEnd(word[0]) || isOfCitation(next[0])) continue;
    const head = text.slice(0, next.index).trim();
    const rest = text.slice(next.index);
    if (BEGINS.test(rest) && isCitation(head, publications) && isSentence(rest)) return head;
  }
  return '';
}

/** What a citation may end with: a number, a year, an identifier, a word with a full stop. */
function isEnd(word: string): boolean {
  return /\d|\.$/.test(word) && !/[,:]$/.test(word);
}

function isOfCitation(word: string): boolean {
  return (
    /^[^\p{L}]*$/u.test(word) ||
    /^(?:vol|volume|issue|iss|no|nr|n[º°]|núm|number|pages?|pp?|p[áa]gs?|seiten?|heft|band|issn|id|article|first|published|online|available|ahead|early|doi|https?|spring|summer|autumn|fall|winter)(?!\p{L})|^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{3,6})?[.,;]*$/iu.test(
      word,
    )
  );
}

/** People before the name of the journal are a piece by themselves. */
function splitHead(head: string, { publications }: Known): Seam[] {
  const name = publications.find((each) => each.length > 3 && head.indexOf(each) > 3);
  const at = name === undefined ? -1 : head.indexOf(name);
  if (at < 0) return [{ text: head }];
  const before = head.slice(0, at).trim();
  const names = before.replace(/[\s.,:]+$/, '');
  const isNames = isNameList(names) || isInverted(names) || isPerson(names);
  return [{ text: before, isNames }, { text: head.slice(at) }];
}
