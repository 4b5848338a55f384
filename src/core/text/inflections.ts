// English as far as it is regular (Quirk et al., A Comprehensive Grammar of the English Language,
// 1985, 3.1 to 3.10 and 5.73 to 5.93), and the endings that science took from Latin and Greek.

/** Words that end in `s` and are no plural of what stands before it. */
const singulars = new Set(
  `aids alas atlas bias canvas chaos christmas cosmos ethos express gas gross itself kudos lens means
  news pancreas series species texas themselves thus versus yes`.split(/\s+/),
);
/** Such endings, too: `loss`, `corpus`, `analysis`, `physics`. */
const NO_PLURAL = /(?:ss|us|is|ics)$/;

/** An ending of a singular, and that of its plural. */
const foreign: readonly (readonly [singular: string, plural: string])[] = [
  ['sis', 'ses'],
  ['ix', 'ices'],
  ['ex', 'ices'],
  ['us', 'i'],
  ['terium', 'teria'],
  ['spectrum', 'spectra'],
  ['quantum', 'quanta'],
  ['stratum', 'strata'],
  ['medium', 'media'],
  ['datum', 'data'],
  ['rion', 'ria'],
  ['enon', 'ena'],
  ['maton', 'mata'],
  ['hedron', 'hedra'],
  ['ula', 'ulae'],
  ['lga', 'lgae'],
  ['rva', 'rvae'],
  ['fe', 'ves'],
  ['lf', 'lves'],
  ['man', 'men'],
  ['child', 'children'],
  ['mouse', 'mice'],
  ['foot', 'feet'],
  ['tooth', 'teeth'],
];
/** A shorter word is its own: `bus` has no plural `bi`. */
const SHORTEST_FOREIGN = 4;
/** Shorter ones are words of grammar, of which `as` or `is` is no form. */
const SHORTEST = 3;

/**
 * A lower-case word and its plain inflections: of a noun the other number, of a verb the forms in
 * `-s`, `-ed` and `-ing`; never a derived word, such as `general` of `generic`. Some forms may be
 * words that nobody uses.
 */
export function inflectionsOf(word: string): ReadonlySet<string> {
  if (word.length < SHORTEST || !/^\p{L}+$/u.test(word)) return new Set([word]);
  const bases = [word, ...singularsOf(word)];
  const forms = bases.flatMap(formsOf).filter((form) => !singulars.has(form));
  return new Set([...bases, ...forms]);
}

function singularsOf(word: string): string[] {
  const own = foreign
    .filter(([, plural]) => word.length >= SHORTEST_FOREIGN && word.endsWith(plural))
    .map(([singular, plural]) => word.slice(0, -plural.length) + singular);
  if (!word.endsWith('s') || singulars.has(word) || NO_PLURAL.test(word)) return own;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return [...own, `${word.slice(0, -3)}y`];
  const short = word.slice(0, -2);
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return [...own, short];
  const isLatin = singulars.has(short) || (short.length > 3 && short.endsWith('us'));
  if (word.endsWith('ses') && isLatin) return [...own, short];
  return [...own, word.slice(0, -1)];
}

function formsOf(base: string): string[] {
  const plurals = foreign
    .filter(([singular]) => base.length >= SHORTEST_FOREIGN && base.endsWith(singular))
    .map(([singular, plural]) => base.slice(0, -singular.length) + plural);
  return [...plurals, ...endingsOf(base)];
}

function endingsOf(base: string): string[] {
  if (/[^aeiou]y$/.test(base)) {
    const stem = base.slice(0, -1);
    return [`${stem}ies`, `${stem}ied`, `${base}ing`];
  }
  if (/(?:s|x|z|ch|sh)$/.test(base)) return [`${base}es`, `${base}ed`, `${base}ing`];
  // `see` has no form `seed`, and `be` is too short to be asked.
  if (/(?:ee|oe|ye)$/.test(base)) return [`${base}s`, `${base}ing`];
  if (base.endsWith('e')) return [`${base}s`, `${base}d`, `${base.slice(0, -1)}ing`];
  return [`${base}s`, ...doubledOf(base)];
}

/** `plan`, `planned`; `model`, `modeled` or `modelled`; `heat`, `heated`. */
function doubledOf(base: string): string[] {
  const plain = [`${base}ed`, `${base}ing`];
  if (!/(?:^|[^aeiou])[aeiou][bdfgklmnprt]$/.test(base)) return plain;
  const last = base.slice(-1);
  const doubled = [`${base}${last}ed`, `${base}${last}ing`];
  const isOneSyllable = (base.match(/[aeiouy]+/g) ?? []).length === 1;
  return isOneSyllable ? doubled : [...plain, ...doubled];
}
