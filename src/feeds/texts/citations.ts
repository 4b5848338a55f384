const MONTH =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';

/** Parts that only a citation has; one of them must be there. */
const TELLING: readonly RegExp[] = [
  /(?:https?:\/\/(?:dx\.)?doi\.org\/|\bdoi:?\s*(?:https?:\/\/(?:dx\.)?doi\.org\/)?)?\b10\.\d{4,9}\/\S+/giu,
  /\b(?:Early ?View|e-?First(?: Articles?)?|Just-?IN(?: Articles?)?|(?:Online )?Ahead of (?:Print|Issue)|Online ?First|Just Accepted|Articles? in Press|In Press(?:, Corrected Proof)?|Accepted (?:Article|Manuscript)|Advance (?:Articles?|Access|Publication)|First View|Latest Articles|Online (?:Now|Ready)|Not available|Forthcoming)\b/giu,
  /\b(?:Vol(?:ume)?|Band|Bd|Tome|Tomo|Jahrgang|Jg|том)\b\.?\s*[\dIVXLC]+[A-Z]?\b/giu,
  /\b(?:Issue|Number|No|Nr|Iss|Heft|n°|Nº|Núm|вып)\b\.?\s*[\dSIVX][\w./-]*/giu,
  /\b(?:Pages?|pp?|págs?|Seiten?|S|Article(?: ID| No\.?| Number)?|Art)\b\.?:?\s*(?:[A-Za-z]{0,3}\d[\w.]*|[ivxlc]+\b)(?:\s*[-–—]\s*(?:[A-Za-z]{0,3}\d[\w.]*|[ivxlc]+\b))?/gu,
  /\b(?:First |Available |Article )?(?:Published|Posted|Publication)\s*(?:online|on|in|date)?\b\s*:?/giu,
  /(?<![\d.])\d{1,4}\s?(?:\([\d/–-]{1,9}\))?\s?:\s?[A-Za-z]{0,3}\d+(?:\s?[-–—]\s?[A-Za-z]{0,3}\d+)?/gu,
  /(?<![\d.])\d{1,4}\s?\([\d/–-]{1,9}\)/gu,
  // ProQuest: `12.3 (2021): 1-9`.
  /\b\d{1,4}\.\d{1,3}\s?\((?:19|20)\d\d\)(?:\s?:\s?\w+(?:[-–]\w+)?)?/gu,
  // EPrints: a year in brackets, and the title behind it.
  /\((?:19|20)\d\d[a-z]?\)\.?\s{2,}/gu,
  /\b(?:CoRR )?abs\/\d{4}\.\d{4,5}\b|\barXiv(?: preprint)?(?: arXiv)?:\s?\d{4}\.\d{4,5}(?:v\d+)?/giu,
  /\b(?:19|20)\d\d\s?,\s?\d{1,4}(?:\(\d+\))?\s?,\s?[A-Za-z]?\d+\s?[-–—]\s?[A-Za-z]?\d+/gu,
];
/** Parts that a citation may have besides. */
const SILENT: readonly RegExp[] = [
  /https?:\/\/\S+/giu,
  /\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b/gu,
  new RegExp(String.raw`\b(?:${MONTH}|Spring|Summer|Autumn|Fall|Winter)\b\.?`, 'gu'),
  /\b(?:Open|Free|Full|Restricted) [Aa]ccess\b|\b(?:Research|Original|Review) [Aa]rticle\b/gu,
  /\b(?:doi|online|issue|issn)\b:?|\bid\.\s?(?=\w)/giu,
  /[\p{L}]{0,2}\d[\w./–-]*/gu,
  /\b(?:PhD|Doctoral|Masters?|Bachelor) (?:thesis|dissertation)\b|\b(?:Discussion|Working) [Pp]apers?\b/gu,
  /[[\](){}.,;:|/–—-]/gu,
];
/** Small words within the name of a journal. */
const SMALL =
  /^(?:of|and|the|for|in|on|de|la|le|les|des|du|et|der|die|das|und|für|zur|a|an|y|e|di|del|della|en|van|och|og|i|&|\+)$/u;

const LONGEST = 800;
/** A journal's name is no longer; what names people besides has the title in it. */
const MOST_WORDS = 18;
const MOST_WORDS_NAMED = 60;

/**
 * Whether a line says only where and when a paper appeared: parts of a citation, and beside them
 * no more than the name of a journal and people. `known` are the journal's name and the paper's title.
 */
export function isCitation(line: string, known: readonly string[] = []): boolean {
  if (line.length > LONGEST) return false;
  const named = known.reduce(
    (text, name) => (name.length > 3 ? text.replace(name, ' ') : text),
    line,
  );
  const told = TELLING.reduce((text, part) => text.replace(part, ' '), named);
  if (told === named) return false;
  const words = SILENT.reduce((text, part) => text.replace(part, ' '), told)
    .split(/\s+/)
    .filter(Boolean);
  const most = named === line ? MOST_WORDS : MOST_WORDS_NAMED;
  return words.length <= most && words.every((word, at) => at === 0 || isOfName(word));
}

/** Whether a word may stand in the name of a journal or of somebody. */
export function isOfName(word: string): boolean {
  return /^[\p{Lu}\d]/u.test(word) || SMALL.test(word);
}

/**
 * Whether a text says something: it ends as a sentence does, or goes on for a dozen words, or is
 * cut off in the middle. A word or two, a name or a heading say nothing.
 */
export function isSentence(text: string): boolean {
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Hangul}|\p{Script=Thai}/u.test(text)) {
    return (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) > 7;
  }
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
  return (
    words > 11 ||
    (words > 1 && /[.!?…։。]["'”’)\]»]*$/u.test(text) && /[\p{Ll}\p{Lo}]{2}/u.test(text))
  );
}
