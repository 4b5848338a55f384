import { shortenText } from '../text/text.ts';
import { remember } from './remember.ts';

const LONGEST_NAME = 24;
const MOST_WORDS = 3;
const SHORTEST_PHRASE = 12;

/** Stands before a colon and names nothing. */
const NO_NAME =
  /^(?:(?:why|how|what|when|where|who|which|whose|is|are|does|do|can|should|will|beyond|towards?|on|from|to)\b|.*\b(?:correction|corrigendum|erratum|retraction|comment|reply|response|editorial|review|letter|news)\b)/iu;

/** What a paper calls its own: `IrEne` of `IrEne: Interpretable Energy Prediction`; undefined where its title begins with no such name. */
export function nameInTitle(title: string): string | undefined {
  return namesOf(title) || undefined;
}

/** Empty where there is none. */
const namesOf = remember((title: string): string => {
  const [name = '', rest] = partsOf(title);
  if (rest === undefined || name.length > LONGEST_NAME || NO_NAME.test(name)) return '';
  return name.split(' ').length <= MOST_WORDS && /[\p{Lu}\p{N}]/u.test(name) ? name : '';
});

/** At a colon or a dash that parts a name from what is said of it. */
function partsOf(title: string): string[] {
  const at = /:\s|\s[–—-]\s/.exec(title);
  return at ? [title.slice(0, at.index).trim(), title.slice(at.index + at[0].length)] : [title];
}

/** Before these a title can end without a word being missed. */
const BOUNDARY =
  / (?=(?:for|in|with|via|by|from|using|through|under|at|against|across|over|without|between|during|on|of|when|based|towards?) )/gu;

/**
 * A title in at most `room` characters: whole, or up to its colon, or up to a preposition; else cut
 * behind a word, which says so. Only what has no end of a word there is cut within.
 */
export const phraseOf = remember((title: string, room: number): string => {
  if ([...title].length <= room) return title;
  const [before = ''] = partsOf(title);
  const heads = [...title.matchAll(BOUNDARY)].map(({ index }) => title.slice(0, index)).reverse();
  const isPhrase = (head: string) =>
    head.length >= SHORTEST_PHRASE && [...head].length <= room && !/[(“"[]\S*$/.test(head);
  const whole = [before, ...heads].find(isPhrase);
  if (whole !== undefined) return whole;
  const name = nameInTitle(title);
  return name !== undefined && [...name].length <= room ? name : cutBehindWord(title, room);
});

/** Words that wait for another one. */
const WAITING =
  /(?: (?:a|an|the|and|or|of|for|in|on|to|with|via|by|from|using|as|at|is|are|its|their))+$/iu;

/** Scripts without blanks have words too. */
function cutBehindWord(title: string, room: number): string {
  const head = shortenText(title, room).replace(/…$/, '').replace(WAITING, '');
  const cut = `${head}…`;
  if (/[\s!-~]/.test(title.slice(head.length - 1, head.length + 1))) return cut;
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(title);
  const { index = 0 } = segments.containing(head.length) ?? {};
  return index > 0 && index < head.length ? `${title.slice(0, index)}…` : cut;
}
