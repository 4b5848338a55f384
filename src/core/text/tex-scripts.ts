import { ACCENTS, DOUBLE_STRUCK, MATH_ACCENTS, SUBSCRIPTS, SUPERSCRIPTS } from './tex-table.ts';

/**
 * Raises (`^`) or lowers (`_`) a text in Unicode, as long as every character exists there
 * and at most one is a letter: `_ij` is easier to read and to find than `ᵢⱼ`. Undefined
 * where that cannot be.
 */
export function scriptText(mark: '^' | '_', text: string): string | undefined {
  const table = mark === '^' ? SUPERSCRIPTS : SUBSCRIPTS;
  const signs = [...text.replaceAll(' ', '')];
  const scripts = signs.map((sign) => table.get(sign));
  if (scripts.includes(undefined)) return undefined;
  return signs.filter((sign) => /\p{L}/u.test(sign)).length > 1 ? undefined : scripts.join('');
}

/** The same for a formula: what has no script stays readable, as `_ij` or `^(a/b)`. */
export function writeScript(mark: '^' | '_', text: string): string {
  const shown = text.trim();
  const script = scriptText(mark, shown);
  if (script !== undefined) return script;
  if (mark === '^' && /^(?:st|nd|rd|th)$/.test(shown)) return shown;
  return mark + (/^(?:.|[\p{Lu}\p{Ll}\p{Lo}\p{Nd}]+)$/u.test(shown) ? shown : inParentheses(shown));
}

/** A text in parentheses, unless it is one number or name anyway. */
export function wrapCompound(text: string): string {
  return /^[\p{L}\p{N}\p{M}.%√∞′∂∇]*$/u.test(text) ? text : inParentheses(text);
}

function inParentheses(text: string): string {
  return /^\([^()]*\)$/.test(text) ? text : `(${text})`;
}

/** `\mathbb`: each letter that has a double-struck form in it. */
export function doubleStrike(text: string): string {
  return [...text].map((sign) => DOUBLE_STRUCK.get(sign) ?? sign).join('');
}

/** A root sign over a text; `degree` is empty for the square root. */
export function writeRoot(degree: string, text: string): string {
  const sign = { '': '√', 2: '√', 3: '∛', 4: '∜' }[degree];
  return (sign ?? `${scriptText('^', degree) ?? degree}√`) + wrapCompound(text);
}

/**
 * A text accent on the first letter of `text`. Where Unicode has no such letter and the
 * accent looks like a quote, it was a quote that somebody escaped (`don\'t`).
 */
export function accentText(accent: string, text: string): string {
  const first = /^\p{L}/u.exec(text)?.[0];
  if (!first) return (/[a-z]/i.test(accent) ? '' : accent) + text;
  const base = /[cdkb]/.test(accent) ? first : withoutDot(first);
  const accented = (base + (ACCENTS.get(accent) ?? '')).normalize('NFC');
  const isQuote = /['"`]/.test(accent) && base === first && /^\p{L}\p{M}/u.test(accented);
  if (isQuote) return accent + text;
  return accented + text.slice(first.length);
}

/** A formula's accent on one letter (`x̂`, `x̂ᵢ`); several letters stay as they are. */
export function accentSymbol(name: string, text: string): string {
  const [first = '', ...rest] = text;
  if (/[\p{Lu}\p{Ll}]/u.test(rest.join('')) || !first.trim()) return text;
  const base = name === 'not' ? first : withoutDot(first);
  return (base + (MATH_ACCENTS.get(name) ?? '')).normalize('NFC') + rest.join('');
}

function withoutDot(letter: string): string {
  return letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
}
