import { termsOf } from './terms.ts';
import { isDangling, trimOpening } from './trims.ts';

const own =
  /(?<!\b(?:which|that|can|could|do|should) )\b(?:we|our|i)\b|\bth(?:is|e present) (?:paper|work|article|study|survey|review|report|letter|thesis|manuscript)\b/i;
const claim =
  /(?<!\b(?:which|that|can|could|do|should) )\b(?:we|i|paper|work|article|study|here|results?|findings|analys[ie]s|data)\b[^,;]{0,30}\b(?:propos|present|introduc|develop|describ|design|devis|creat|build|construct|provid|contribut|establish|formulat|releas|report|offer|deriv|exten[ds]|show|find|found|demonstrat|prov(?:e|es|ed)\b|reveal|discover|identif|uncover)\w*|\b(?:is|are) (?:proposed|presented|introduced|developed|described)\b/i;
const backdrop =
  /\b(?:recent(?:ly)?|ha(?:s|ve) been|widely|existing|previous|prior|traditional(?:ly)?|often|typically|usually|become|becoming|important|remains?|challeng\w+|crucial|essential|despite|although|while)\b/i;
const allusion =
  /\b(?:this|these|those|such) (?:\w+ )?(?:issues?|problems?|gaps?|challenges?|limitations?|assumptions?|drawbacks?|shortcomings?|questions?|difficult(?:y|ies)|insights?|observations?|findings?|needs?)\b/i;
const notice = /\b(?:code|source|website|available|github|https?:|video|supplementary)\b/i;

interface Features {
  /** The first sentence that speaks of the authors' own work, and any that does. */
  readonly firstOwn: number;
  readonly own: number;
  /** The first sentence that says what is new or found, and any that does. */
  readonly firstClaim: number;
  readonly claim: number;
  /** Speaks of the state of the field. */
  readonly backdrop: number;
  /** Says where to get code or data. */
  readonly notice: number;
  /** Points back to the sentence before. */
  readonly dangling: number;
  /** Names a problem that only the sentences before explain. */
  readonly allusion: number;
  /** Share of the title's terms in the sentence, of the sentence's in the title. */
  readonly ofTitle: number;
  readonly fromTitle: number;
  /** Mean share of its terms in each other sentence, of each other's in it. */
  readonly shared: number;
  readonly covering: number;
  /** From 0 at 15 words to 1 at none; from 0 at 28 words to 1 at 58 and more. */
  readonly short: number;
  readonly long: number;
}

/**
 * Learned by ridge regression of ROUGE on the train part of SciTLDR (Cachola et al. 2020);
 * `notice`, `dangling` and `allusion`, which a score of words cannot feel, are set by hand.
 */
const weights: Features = {
  firstOwn: 0.059,
  own: 0.02,
  firstClaim: 0.041,
  claim: 0.011,
  backdrop: -0.011,
  notice: -0.05,
  dangling: -0.1,
  allusion: -0.03,
  ofTitle: 0.109,
  fromTitle: 0.073,
  shared: 0.092,
  covering: 0.14,
  short: -0.043,
  long: -0.043,
};

/** How well each sentence of an abstract tells by itself what the paper brings. */
export function sentenceScores(title: string, sentences: readonly string[]): number[] {
  return featuresOf(title, sentences).map((features) =>
    weightNames.reduce((score, name) => score + weights[name] * features[name], 0),
  );
}

const weightNames = Object.keys(weights) as (keyof Features)[];

/** What can be read off each sentence; every figure is between 0 and 1. */
export function featuresOf(title: string, sentences: readonly string[]): Features[] {
  const titleStems = stemsOf(title);
  const stems = sentences.map(stemsOf);
  const overlaps = overlapsOf(stems);
  const firstOwn = sentences.findIndex((sentence) => own.test(sentence));
  const firstClaim = sentences.findIndex((sentence) => claim.test(sentence));
  return sentences.map((sentence, i) => {
    const trimmed = trimOpening(sentence);
    const words = trimmed.split(' ').length;
    const mine = stems[i] ?? new Set();
    return {
      firstOwn: Number(i === firstOwn),
      own: Number(own.test(sentence)),
      firstClaim: Number(i === firstClaim),
      claim: Number(claim.test(sentence)),
      backdrop: Number(backdrop.test(sentence)),
      notice: Number(notice.test(sentence)),
      dangling: Number(isDangling(trimmed)),
      allusion: Number(allusion.test(trimmed)),
      ofTitle: share(titleStems, mine),
      fromTitle: share(mine, titleStems),
      shared: 0,
      covering: 0,
      ...overlaps[i],
      short: Math.max(0, 15 - words) / 15,
      long: Math.min(30, Math.max(0, words - 28)) / 30,
    };
  });
}

function stemsOf(text: string): Set<string> {
  return new Set(termsOf(text).filter((term) => !term.includes(' ')));
}

function share(terms: ReadonlySet<string>, of: ReadonlySet<string>): number {
  return [...terms].filter((term) => of.has(term)).length / Math.max(1, terms.size);
}

/**
 * How much each set shares with the others on average, and they with it. By term rather than
 * by pair: an abstract may have thousands of sentences.
 */
function overlapsOf(sets: readonly ReadonlySet<string>[]): Pick<Features, 'shared' | 'covering'>[] {
  const holders = new Map<string, { count: number; shares: number }>();
  for (const set of sets) {
    for (const term of set) {
      const { count, shares } = holders.get(term) ?? { count: 0, shares: 0 };
      holders.set(term, { count: count + 1, shares: shares + 1 / set.size });
    }
  }
  const others = Math.max(1, sets.length - 1);
  return sets.map((set) => {
    let [count, shares] = [0, 0];
    for (const term of set) {
      const all = holders.get(term);
      count += (all?.count ?? 1) - 1;
      shares += (all?.shares ?? 0) - 1 / set.size;
    }
    return { shared: count / Math.max(1, set.size) / others, covering: shares / others };
  });
}
