import { backgroundFigures } from './background-figures.ts';

// How rare a term is that the background does not know: used by fewer texts than it keeps.
const UNKNOWN_TEXTS = 6;
const EXPONENT = 1.5;

let textsByTerm: Map<number, number> | undefined;

/** How many of the background's texts use a term. */
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

/** The texts of an edition, which say how common a term is in fields that the background hardly knows. */
export interface TermUse {
  readonly texts: number;
  readonly textsByTerm: ReadonlyMap<number, number>;
}

// A day says little beside years; in a field that the background does not know it is all there is.
const EDITION_COUNTS = 3;

/** How much a term tells: idf to the power of 1.5 over the background, and over an edition where one is given. */
export function rarityOf(term: number, edition?: TermUse): number {
  const [texts, used] = edition
    ? [edition.texts * EDITION_COUNTS, (edition.textsByTerm.get(term) ?? 0) * EDITION_COUNTS]
    : [0, 0];
  return Math.log(1 + (backgroundFigures.texts + texts) / (textsOf(term) + used)) ** EXPONENT;
}
