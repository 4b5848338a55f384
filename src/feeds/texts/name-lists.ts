const PARTICLE =
  /^(?:van|von|vom|zu|zum|de|der|den|del|della|des|da|das|di|do|dos|du|la|le|el|al|bin|ibn|ben|ter|ten|af|av|y|e)$/u;
const WORD = /^(?:\p{Lu}[\p{L}\p{M}'’.-]*|(?:d|l|O)['’]\p{L}+|\p{Lu}\.)$/u;
const SUFFIX = /^(?:jr|sr|ii|iii|iv|phd|md)\.?$/i;
/** Chinese, Japanese and Korean names; the parts of a Japanese one may stand apart. */
const HAN_NAME =
  /^(?:\p{Script=Han}{2,4}|\p{Script=Han}{1,3}[ \u3000]\p{Script=Han}{1,3}|\p{Script=Hangul}{2,4})$/u;
const ENDING = /,?\s*(?:et al\.?|and others)\s*$/iu;
const AND = /,?\s+(?:and|&|und|et|och|og)\s+/giu;
const LONGEST = 20_000;

/** Words that are capital in lists of keywords and kinds, and in no name. */
const NO_NAME =
  /\b(?:The|This|These|We|Our|In|On|Of|For|Science|Research|Article|Review|Journal|University|Studies|Analysis|Theory|Health|Change|Learning|Systems?|Methods?|Letter|Editorial|Communication|Paper|Open|Access|Online|Abstract)\b/u;

/** What parts a line of names, the surest first. */
const MARKS = [/[;；؛]/, /[,，、،]/, /\s+[|•·]\s+/];

/**
 * Whether a line is a list of people and nothing else: `Ann Example; Bo Sample`, `Example, Ann;
 * Sample, Bo`, `Kaur, M., Shukla, A.`, `A Example, B Sample, and Cy Muster`. A single name is
 * none without a semicolon, since it cannot be told from other words with capitals.
 */
export function isNameList(line: string): boolean {
  if (line.length > LONGEST || NO_NAME.test(line)) return false;
  // CNKI ends each name with a semicolon, the only one too.
  const alone = /^([^;；]+)[;；]$/.exec(line.trim())?.[1]?.trim();
  if (alone !== undefined) return HAN_NAME.test(alone) || isPerson(alone);
  const text = line
    .replace(ENDING, '')
    .replace(AND, ', ')
    .replace(/[\s,;；.]+$/u, (end) => (end.includes('.') ? '.' : ''));
  const mark = MARKS.find((each) => each.test(text));
  if (!mark) return false;
  const parts = text
    .split(mark)
    .map((part) => part.replace(/\([^()]*\)|[\d*†‡§]+$/gu, '').trim())
    .filter(Boolean);
  if (parts.length < 2) return false;
  if (parts.every((part) => HAN_NAME.test(part))) return true;
  return mark === MARKS[1] ? isCommaList(parts) : parts.every(isPerson);
}

/** Names and the text behind them on one line: `A Example, B Sample, and Cy Muster We show that …`. */
export function namesBefore(text: string): { names: string; rest: string } | undefined {
  const words = text.slice(0, LONGEST).split(' ');
  // The sentence begins with the word before the first that stands in no name.
  const at = words.findIndex(
    (word) => !/^\p{Lu}/u.test(word) && !PARTICLE.test(word) && !/^(?:and|&)$/.test(word),
  );
  if (at < 3) return undefined;
  const names = words.slice(0, at - 1).join(' ');
  const rest = text.slice(names.length + 1);
  const isNamed = isPerson(names) || isNameList(names);
  return isNamed && rest.length > FEWEST_LETTERS ? { names, rest } : undefined;
}

/** What is shorter is no text of a paper. */
const FEWEST_LETTERS = 40;

/** Whether a text may be one name, in either order: two to six words, all of them such as names have. */
export function isPerson(part: string): boolean {
  const words = part
    .replace(/,/g, ' ')
    .split(/\s+/)
    .filter((word) => !SUFFIX.test(word));
  return (
    words.length > 1 &&
    words.length < 7 &&
    words.every((word) => PARTICLE.test(word) || WORD.test(word))
  );
}

/** Whole names, or surnames each with its initials behind the next comma. */
function isCommaList(parts: readonly string[]): boolean {
  if (parts.every((part) => isPerson(part) || SUFFIX.test(part))) return true;
  const isInitials = (part: string | undefined) =>
    /^(?:\p{Lu}\p{Ll}?\.[\s-]?){1,4}$/u.test(part ?? '');
  return (
    parts.length % 2 === 0 &&
    parts.every((part, at) =>
      at % 2 === 1 ? isInitials(part) : WORD.test(part.split(' ').at(-1) ?? ''),
    )
  );
}

/** People as libraries write them, one or several: `Prueba, Diana`, `Example, Ann and Sample, Bo`. */
export function isInverted(line: string): boolean {
  if (line.length > LONGEST) return false;
  return line.split(AND).every((part) => /^[^,]+,[^,]+$/.test(part) && isPerson(part));
}
