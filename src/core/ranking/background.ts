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

/**
 * How much a term tells: idf to the power of 1.5 over the background. Of an edition, where one is
 * given, also by how few of its papers use it: what many share today tells none of them apart.
 */
export function rarityOf(term: number, edition?: TermUse): number {
  const rarity = Math.log(1 + backgroundFigures.texts / textsOf(term)) ** EXPONENT;
  if (!edition) return rarity;
  const used = edition.textsByTerm.get(term) ?? 1;
  return rarity * Math.sqrt(Math.log(1 + edition.texts / used));
}
