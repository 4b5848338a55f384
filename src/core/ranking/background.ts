import { backgroundFigures } from './background-figures.ts';

/** How many of some texts use a term: of those that came along, or of those that are stored here. */
export interface Background {
  readonly texts: number;
  /** Numbers of terms that two texts use or more, ascending. */
  readonly terms: Int32Array;
  /** For each, the power of `STEP` by which two texts are so many. */
  readonly powers: Uint8Array;
}

/** A background as it is kept: base64 of its arrays, the lower byte of a number first. */
export interface PackedBackground {
  readonly texts: number;
  readonly terms: string;
  readonly powers: string;
}

// How rare a term is that the shipped figures do not know: used by fewer texts than they keep.
const UNKNOWN_TEXTS = 6;
const EXPONENT = 1.5;
const LEAST_TEXTS = 2;
const STEP = 1.25;
/** The shipped figures speak as so many texts beside those stored here. */
const SHIPPED_WEIGHT = 300;
/** What no other text uses brings two together no more: it counts a third, so that others are heard. */
const ALONE = 1 / 3;

let textsByTerm: Map<number, number> | undefined;

/** How many of the shipped texts use a term. */
function textsOf(term: number): number {
  textsByTerm ??= readFigures();
  return textsByTerm.get(term) ?? UNKNOWN_TEXTS;
}

/** Read at the first need: some thirty thousand numbers. */
function readFigures(): Map<number, number> {
  const { least, step, terms } = backgroundFigures;
  const known = new Map<number, number>();
  for (const [power, packed] of terms.entries()) {
    const bytes = Buffer.from(packed, 'hex');
    const count = least * step ** power;
    for (let at = 0; at < bytes.length; at += 4) known.set(bytes.readInt32LE(at), count);
  }
  return known;
}

/** The texts of an edition, which say how common a term is in fields that a background hardly knows. */
export interface TermUse {
  readonly texts: number;
  readonly textsByTerm: ReadonlyMap<number, number>;
}

/** Beside what a term is weighed: the texts stored here, and those of one edition. */
export interface Surroundings {
  readonly background?: Background | undefined;
  readonly edition?: TermUse | undefined;
}

/**
 * How much a term tells: idf to the power of 1.5 over the texts stored here and those that came
 * along; less where it stands alone. Of an edition, where one is given, also by how few of its
 * papers use it: what many share today tells none of them apart.
 */
export function rarityOf(term: number, { background, edition }: Surroundings = {}): number {
  const rarity = background ? rarityIn(background, term, edition) : rarityAmong(SHIPPED, term);
  if (!edition) return rarity;
  const used = edition.textsByTerm.get(term) ?? 1;
  return rarity * Math.sqrt(Math.log(1 + edition.texts / used));
}

const SHIPPED = { texts: 0, stored: 0, weight: 1 };

function rarityIn(background: Background, term: number, edition?: TermUse): number {
  const stored = countIn(background, term);
  const weight = SHIPPED_WEIGHT / backgroundFigures.texts;
  const isAlone = stored < LEAST_TEXTS && (edition?.textsByTerm.get(term) ?? 1) < LEAST_TEXTS;
  const rarity = rarityAmong({ texts: background.texts, stored, weight }, term);
  return isAlone ? ALONE * rarity : rarity;
}

function rarityAmong(
  { texts, stored, weight }: { texts: number; stored: number; weight: number },
  term: number,
): number {
  const all = texts + weight * backgroundFigures.texts;
  return Math.log(1 + all / (stored + weight * textsOf(term))) ** EXPONENT;
}

/** How many of the stored texts use a term; one where it is not known. */
function countIn({ terms, powers }: Background, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = terms[middle] as number;
    if (found === term) return LEAST_TEXTS * STEP ** (powers[middle] as number);
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return 1;
}

/** Counts in how many texts each term stands; each text's terms are given once. */
export function countBackground(texts: readonly Int32Array[]): Background {
  const all = new Int32Array(texts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const terms of texts) {
    all.set(terms, end);
    end += terms.length;
  }
  all.sort();
  let known = 0;
  const powers = new Uint8Array(all.length / LEAST_TEXTS);
  for (let at = 0, next = 0; at < all.length; at = next) {
    while (next < all.length && all[next] === all[at]) next += 1;
    const count = next - at;
    if (count < LEAST_TEXTS) continue;
    all[known] = all[at] as number;
    powers[known] = Math.round(Math.log(count / LEAST_TEXTS) / Math.log(STEP));
    known += 1;
  }
  return { texts: texts.length, terms: all.slice(0, known), powers: powers.slice(0, known) };
}

/** Packs a background for the database: some five bytes a term. */
export function packBackground({ texts, terms, powers }: Background): PackedBackground {
  const bytes = Buffer.from(terms.buffer, terms.byteOffset, terms.byteLength);
  return {
    texts,
    terms: bytes.toString('base64'),
    powers: Buffer.from(powers).toString('base64'),
  };
}

/** The background that was packed. */
export function unpackBackground({ texts, terms, powers }: PackedBackground): Background {
  const bytes = Uint8Array.from(Buffer.from(terms, 'base64'));
  return {
    texts,
    terms: new Int32Array(bytes.buffer),
    powers: Uint8Array.from(Buffer.from(powers, 'base64')),
  };
}
