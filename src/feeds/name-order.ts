/** What may stand behind a name and is part of it. */
export const SUFFIX = /^(jr|sr|ii|iii|iv)\.?$/i;
/** Words of groups, which are nobody's names. */
export const GROUP =
  /\b(of|for|the|on|team|group|consortium|collaboration|committee|institute|society|network|initiative|investigators|study|project|alliance)\b/i;
// `M.`, `B. K.`, `H.-X.`, `A. J. H.`, `Yu.`
const INITIALS = /^(?:\p{L}{1,3}\.[\s-]?)+$/u;
// `Chen C`, `van der Berg JW`, `Roe J-P`
const BARE_INITIALS = /^(\p{L}[\p{L}\p{M}'’ -]*) (\p{Lu}(?:-?\p{Lu}){0,2})$/u;
// `Example A.B.`, as Scopus writes: a single one is as likely a first name before an initial.
const DOTTED_INITIALS = /^(\p{L}[\p{L}\p{M}'’ -]*) ((?:\p{Lu}\.[ -]?){1,4})$/u;
/** Nobody has two after a first name: `Пример А. Б.` */
const SEVERAL_INITIALS = /\s\p{Lu}\.[ -]?\p{Lu}\.$/u;

/** One word, or small ones before it: `Example`, `van der Berg`. Nobody lists people so. */
export function isSurname(text: string): boolean {
  return /^(?:\p{Ll}[\p{Ll}’']* )*\p{Lu}[\p{L}\p{M}’'-]+$/u.test(text) && !GROUP.test(text);
}

/** `Ann`, `Ann V.`, `Ann Marie`: a first name with what may follow one. */
export function isGiven(text: string): boolean {
  return (
    /^\p{Lu}[\p{L}\p{M}’'-]*(?: \p{Lu}\.?| \p{Lu}[\p{L}\p{M}-]+)?$/u.test(text) &&
    !SUFFIX.test(text)
  );
}

/** `M.`, `B. K.`, and no `Jr.` */
export function isInitials(text: string): boolean {
  return INITIALS.test(text) && !SUFFIX.test(text);
}

/** `Kaur`, `M.`, `The Consortium` become `M. Kaur`, `The Consortium`. */
export function joinInitials(parts: readonly string[]): string[] {
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
export function joinSuffixes(parts: readonly string[]): string[] {
  const names: string[] = [];
  for (const part of parts) {
    if (SUFFIX.test(part) && names.length > 0) names.push(`${names.pop()} ${part}`);
    else names.push(part);
  }
  return names;
}

const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;
const HANGUL = /^\p{Script=Hangul}+$/u;

/** `Last, First` becomes `First Last`, and `Last, First, Jr.` keeps its end; else it stays as it is. */
export function flipComma(name: string): string {
  const [last = '', ...others] = name.split(',').map((part) => part.trim());
  const suffixes = others.filter((part) => SUFFIX.test(part));
  const [first, ...more] = others.filter((part) => !SUFFIX.test(part));
  if (!first || more.length > 0) return name;
  // In Chinese and Japanese the family comes first whatever stands between.
  if (HAN.test(last) && HAN.test(first)) return `${last} ${first}`;
  if (HANGUL.test(last) && HANGUL.test(first)) return last + first;
  return [first, last, ...suffixes].join(' ');
}

/** Only where every name is written so: `Wei LI` beside `Jane Doe` is no surname `Wei`. */
export function flipBareInitials(names: readonly string[]): readonly string[] {
  // OUP ends its lists with a full stop.
  const plain = names.map((name, at) => (at === names.length - 1 ? name.replace(/\.$/, '') : name));
  const areDotted = names.every((name) => DOTTED_INITIALS.test(name));
  if (areDotted && (names.length > 1 || SEVERAL_INITIALS.test(names[0] ?? ''))) {
    return names.map((name) => name.replace(DOTTED_INITIALS, '$2 $1'));
  }
  if (!plain.every((name) => BARE_INITIALS.test(name))) return names;
  return plain.map((name) => name.replace(BARE_INITIALS, '$2 $1'));
}
