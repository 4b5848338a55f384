import { SECTION_NAME } from '../text/section-names.ts';

/** A part of an abstract; the name is empty for what stands before the first named part. */
export interface Section {
  readonly name: string;
  readonly text: string;
}

/**
 * A name where a sentence may begin, and what parts it from its text: a colon, a dash, a full
 * stop, a blank, or nothing at all where a feed lost the line break.
 */
const NAMED = new RegExp(
  String.raw`(?<=^|[.!?;…。)\]”"’*]\s{0,3})(${SECTION_NAME})` +
    String.raw`((?<=】)\s*|\s*[:：]\s*|\s+[–—-]{1,2}\s+|\.\s+(?=["“(]?\p{Lu})|\s+(?=["“(]?[\p{Lu}\d])|(?=\p{Lu}[\p{Ll}\s]))`,
  'gu',
);

/** No title goes on so after the name of a part: `Objective We listen`. */
const OPENER = /^(?:We|Our|The|Th[ie]s|These|Those|There|It|Although|While|Despite|Because)\b/;

/**
 * Splits an abstract into its named parts, whatever marks the names. A name that only a blank
 * parts from a capital counts beside another such name, in capitals, or before `We`; so
 * `Results Matter` alone stays a phrase. One part without a name where it has no structure.
 */
export function splitSections(abstract: string): Section[] {
  const marks = findMarks(abstract);
  const sections = [{ name: '', from: 0, end: 0 }, ...marks].map(({ name, end }, at) => ({
    name,
    text: abstract.slice(end, marks[at]?.from).trim(),
  }));
  return sections.filter(({ name, text }) => name !== '' || text !== '');
}

const BEFORE =
  /^(?:background|introduc|context|importance|rationale|motivation|problem|aims?|objectives?|purpose|goals?|hintergrund|einleitung|ziel|fragestellung|antecedentes|objetivos?|objectifs?|contexte|bakgrund|введение|цель|【(?:背景|目的))/i;
const RESULT =
  /^(?:(?:main |key )?results?|(?:principal |recent |key |main )?findings|interpretation|discussion and|conclusions?|evidence synthesis|ergebnis|schlussfolgerung|fazit|résultats?|resultados?|conclusi|conclus|risultati|результаты|выводы|заключение|slutsats|【(?:结果|結果|结论|結論))/i;

/** Whether a part tells what was known before or was to be found out, and not what the paper brings. */
export function tellsBefore({ name }: Section): boolean {
  return BEFORE.test(name);
}

/** Whether a part tells what came out. */
export function tellsResult({ name }: Section): boolean {
  return RESULT.test(name);
}

/** Whether a part tells what the authors conclude. */
export function tellsConclusion({ name }: Section): boolean {
  return /^(?:conclu|interpretation|schlussf|fazit|выводы|заключение|slutsats|【(?:结论|結論))/i.test(
    name,
  );
}

/** Puts an abstract together again, each name parted from its text by a colon. */
export function joinSections(sections: readonly Section[]): string {
  return sections.map(({ name, text }) => (name ? `${name}: ${text}` : text).trim()).join(' ');
}

interface Mark {
  readonly name: string;
  readonly from: number;
  readonly end: number;
  readonly isSure: boolean;
}

function findMarks(abstract: string): Mark[] {
  const marks = Array.from(abstract.matchAll(NAMED), (match): Mark => {
    const [whole, name = '', mark = ''] = match;
    const end = match.index + whole.length;
    const isSure = /\S/.test(mark) || isLoud(name) || OPENER.test(abstract.slice(end, end + 12));
    return { name, from: match.index, end, isSure };
  });
  const names = new Set(marks.map(({ name }) => name.toLowerCase()));
  return marks.filter(({ isSure }) => isSure || names.size > 1);
}

function isLoud(name: string): boolean {
  return name.length > 3 && name === name.toUpperCase() && name !== name.toLowerCase();
}
