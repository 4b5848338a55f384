/** Where groups end and formulas begin and end, found before anything is read. */
export interface Marks {
  /** At each `{` the place of its `}`, else -1. */
  readonly closes: Int32Array;
  /** Where a formula begins, the length of the sign there; where it ends, minus that; else 0. */
  readonly formulas: Int8Array;
}

const NONE = { at: -1, size: 0 };

/** Finds the groups and formulas of a text, in one walk. */
export function findMarks(text: string): Marks {
  const closes = new Int32Array(text.length).fill(-1);
  const formulas = new Int8Array(text.length);
  const open: number[] = [];
  let dollar = NONE;
  let bracket = -1;
  for (const { 0: sign, index: at } of text.matchAll(/\\[\s\S]|[{}]|\$+/g)) {
    if (sign === '{') open.push(at);
    else if (sign === '}') closes[open.pop() ?? text.length] = at;
    else if (sign === '\\(' || sign === '\\[') bracket = at;
    else if ((sign === '\\)' || sign === '\\]') && bracket >= 0) {
      formulas[bracket] = 2;
      formulas[at] = -2;
      bracket = -1;
    } else if (sign[0] === '$') {
      const size = Math.min(sign.length, dollar.size || sign.length);
      const paired = size === dollar.size && isFormula(text, dollar.at + size, at, size);
      if (paired) {
        formulas[dollar.at] = size;
        formulas[at] = -size;
      }
      // `$x$$y$` ends one formula and begins the next.
      const rest = paired ? sign.length - size : sign.length;
      dollar = rest === 1 || rest === 2 ? { at: at + sign.length - rest, size: rest } : NONE;
    }
  }
  return { closes, formulas };
}

const LONGEST_FORMULA = 2_000;
const PROSE_WORD = /(?<!\S)[a-z]{2,}(?=[\s,.;]|$)/gi;

/** Whether the text between two dollars is a formula, and not prose between two prices. */
function isFormula(text: string, start: number, end: number, size: number): boolean {
  if (end - start > LONGEST_FORMULA) return false;
  const inside = text.slice(start, end);
  const bare = inside.replace(/\\[a-z]+(?:\{[^{}]*\})?/gi, ' | ');
  const words = /\s/.test(bare) ? (bare.match(PROSE_WORD)?.length ?? 0) : 0;
  const hasSigns = /[\\^_{=<>]/.test(inside);
  if (size === 2) return words < 2 && (hasSigns || (words === 0 && inside.trim() !== ''));
  if (words > 1 || (words > 0 && /^[\d\s]|\s$/.test(inside))) return false;
  if (hasSigns) return true;
  if (/^\s*[a-z]\s*$/i.test(inside)) return true;
  return words === 0 && /^\S(?:.*\S)?$/s.test(inside) && !/\d/.test(text[end + 1] ?? '');
}
