import { renderTex } from './tex-reader.ts';

/** No text comes out of `texToText` or `cleanText` longer than this many times its source. */
export const MOST_GROWTH = 4;

const MOST_PASSES = 8;
const MARKUP = /[\\{}$^`~]|--| {2}|\t/;

/**
 * Turns TeX into plain Unicode: accents, Greek, formulas, quotes and dashes. Dollars,
 * per cents, identifiers and paths that are no TeX stay, and unknown commands keep their
 * name. Never throws; linear in time; at most `MOST_GROWTH` times as long as `raw`;
 * idempotent.
 */
export function texToText(raw: string): string {
  return settle(raw, (text) => (MARKUP.test(text) ? setType(renderTex(text)) : text));
}

/**
 * Applies `pass` until nothing changes, which makes any pass idempotent. A text built to
 * change for ever, or to grow, ends as its bare words, which every pass must leave alone.
 */
export function settle(raw: string, pass: (text: string) => string): string {
  let text = raw;
  for (let count = 0; count < MOST_PASSES; count += 1) {
    const next = pass(text);
    if (next === text) return text;
    if (next.length > MOST_GROWTH * raw.length) break;
    text = next;
  }
  return bareWords(text);
}

function bareWords(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Quotes, dashes and ties: what TeX writes in plain ASCII outside of any command. */
function setType(text: string): string {
  return text
    .replace(/(?<![`\p{L}\p{N}])`(?!`)([^`\n]{1,300}?)'(?!['\p{L}])/gu, '‘$1’')
    .replace(/``([^`]{1,900}?)(?:''|")/g, '“$1”')
    .replace(/https?:\/\/[^\s'`"]+|(?<![-!])-{2,3}(?![->])|~/g, setSign)
    .replace(/[ \t]{2,}|\t/g, ' ');
}

function setSign(sign: string, at: number, text: string): string {
  const before = text[at - 1] ?? ' ';
  const after = text[at + sign.length] ?? ' ';
  if (sign === '---') return '—';
  // `--help` is a program's option.
  if (sign === '--') return /[\s([]/.test(before) && /[a-z]/i.test(after) ? sign : '–';
  // `~5`, `3~5` and `/~name` are no ties.
  const isTie = /[^\s/~]/.test(before) && /[^\s~]/.test(after) && !/^\d\d$/.test(before + after);
  return sign === '~' && isTie ? ' ' : sign;
}
