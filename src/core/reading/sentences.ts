const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Abbreviations after which a sentence always goes on. */
const goesOn =
  /\b(?:i\.e|e\.g|vs|cf|viz|ca|approx|resp|incl|nos|figs?|eqs?|refs?|secs?|tabs?|vol|pp|dr|prof|mr|mrs|subsp|ssp|subg(?:en)?|sect|emend|bzw|vgl|sog|messrs|drs|profs)\.$/i;

/** Before a number alone: `p. 281`, `c. 1850`, `n. 3`. */
const numbers = /(?:^|[\s(])(?:p|c|n|s\.[ed]|ch|art|abb|taf|pl|cat|inv|vols|issue)\.$/i;

/**
 * Abbreviations and lone initials that end a sentence as often as not. Those of taxonomy (`sp.
 * nov.`, `stat. rev.`) close a name, which may close a sentence; journals come in a row (`Phys.
 * Rev. Lett.`).
 */
const mayGoOn =
  /(?:\b(?:[Ee]t al|[Nn]o|[Vv]er|[Vv]ar|w\.r\.t|a\.k\.a|i\.i\.d|U\.S|U\.K|spp?|[Ss]pec|gen|comb|stat|syn|nom|nov|rev|[Dd]ept|[Uu]niv|[Pp]rov|[Dd]ist|[Mm]us|[Ii]nst|St|Mt|Ms|Phys|Rev|Lett|Proc|Natl|Acad|Sci|Soc|Chem|Biol|Math|Appl|Adv|Mater|Commun|Int|Conf|Ann|Bull|Trans|Am|Med)|(?:^|[\s(.])\p{Lu})\.$/u;

/** The end of an abbreviated author or place: `Linn.`, `Lanors.`, `DC.`. */
const abbreviated = /(?:^|[\s(])\p{Lu}[\p{L}’'-]{0,9}\.$/u;

/** Words that hardly ever follow such an abbreviation inside a sentence. */
const opener =
  /^(?:We|Our|The|Th[ie]s|These|Those|It|Its|In|On|At|As|By|For|From|To|With|If|When|While|Here|There|However|Moreover|Further|Furthermore|Finally|Thus|Then|Although|Despite|An?)\b/;

/**
 * What begins a sentence without a capital, so that Unicode Standard Annex 29 (rule SB8) finds none:
 * `p53`, `mRNA`, `pH`, `α-Synuclein`, `14-month-olds`.
 */
const small = String.raw`(?:\p{Ll}{1,4}(?:\p{Lu}|\d)|\p{Script=Greek}|\d{1,6}[-–]\p{Ll})`;
const beginsSmall = new RegExp(`^${small}`, 'u');
const unseen = new RegExp(String.raw`(?<=[\p{L}\p{N}%)\]][.!?]["”’')\]]?\s)(?=${small})`, 'u');

/** Hardly an abstract is longer. */
const WINDOW = 2_000;
/** No abbreviation is longer; more of a sentence is never looked at again when a piece is added. */
const TAIL = 16;

/**
 * Splits running text into its sentences, whitespace folded, none empty. Abbreviations
 * (`et al.`, `Fig. 2`, `i.e.`), initials and decimals do not end a sentence. Linear in time,
 * whatever the text.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[][] = [];
  let tail = '';
  for (const next of piecesOf(text.replace(/\s+/g, ' ').trim())) {
    const pieces = sentences.at(-1);
    if (pieces && runsInto(tail, next)) {
      pieces.push(next);
      tail = `${tail} ${next.slice(-TAIL)}`.slice(-TAIL);
    } else if (next !== '') {
      sentences.push([next]);
      tail = next.slice(-TAIL);
    }
  }
  return sentences.map((pieces) => pieces.join(' '));
}

function* piecesOf(text: string): Generator<string> {
  for (const segment of segmentsOf(text)) {
    for (const piece of segment.split(unseen)) yield piece.trim();
  }
}

/**
 * The segments of a text, found in a window that moves on: V8 converts the whole text that is
 * segmented for each segment. Where a segment ends may hang on all of the next (Unicode
 * Standard Annex 29, rule SB8), so one counts only if two more begin in the window.
 */
function* segmentsOf(text: string): Generator<string> {
  let at = 0;
  for (let size = WINDOW; at < text.length; ) {
    const found = Array.from(segmenter.segment(text.slice(at, at + size)), (each) => each.segment);
    const sure = at + size < text.length ? found.slice(0, -2) : found;
    yield* sure;
    at += sure.reduce((length, segment) => length + segment.length, 0);
    size = sure.length > 0 ? WINDOW : 2 * size;
  }
}

function runsInto(tail: string, next: string): boolean {
  if (goesOn.test(tail)) return true;
  if (/^[\p{Ll},;)&]/u.test(next) && !beginsSmall.test(next)) return true;
  if (/^\d/.test(next) && numbers.test(tail)) return true;
  // `Linn. 1758`, and `nov. (Lepidoptera) is described`: no sentence begins so.
  if (abbreviated.test(tail) && /^\(?1[6-9]\d\d\b|^\(?20\d\d\b/.test(next)) return true;
  if (/^\([^()]{1,200}\)\s?[\p{Ll},;:&]/u.test(next)) return true;
  return mayGoOn.test(tail) && !opener.test(next);
}
