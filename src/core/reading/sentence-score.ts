import { cues } from './cues.ts';
import { type Section, tellsBefore } from './sections.ts';
import { termsOf } from './terms.ts';
import { isDangling, trimOpening } from './trims.ts';

/** A sentence of an abstract, and the part that it stands in. */
export interface Told {
  readonly text: string;
  readonly section: Section;
}

/** What can be read off a sentence; every figure is between 0 and 1. */
interface Features {
  /** The first sentence that speaks of the authors' own work, and any that does. */
  readonly firstOwn: number;
  readonly own: number;
  /** The first sentence that says what is new or found, and any that says what is new. */
  readonly firstClaim: number;
  readonly proposal: number;
  /** The first that says what was to be found out. */
  readonly firstAim: number;
  /** Behind one that speaks of the authors' own work; the share of such before it. */
  readonly afterOwn: number;
  readonly ownBefore: number;
  /** Speaks of the state of the field. */
  readonly backdrop: number;
  /** Share of the title's terms in the sentence, of the sentence's in the title. */
  readonly ofTitle: number;
  readonly fromTitle: number;
  /** Mean share of each other sentence's terms in it. */
  readonly covering: number;
  /** From 0 at 15 words to 1 at none; from 0 at 28 words to 1 at 58 and more; commas, up to four. */
  readonly short: number;
  readonly long: number;
  readonly commas: number;
}

/** Learned by `bench/learn-summaries.ts` on the train part of SciTLDR (Cachola et al. 2020). */
const weights: Features = {
  firstOwn: 0.05,
  own: 0.024,
  firstClaim: 0.026,
  proposal: 0.032,
  firstAim: 0.014,
  afterOwn: 0.015,
  ownBefore: -0.012,
  backdrop: -0.011,
  ofTitle: 0.06,
  fromTitle: 0.16,
  covering: 0.289,
  short: -0.101,
  long: -0.033,
  commas: -0.019,
};

/** What a score of words cannot feel, set by hand: as much as a sentence loses. */
const FAULTS: readonly (readonly [(told: Told) => boolean, number])[] = [
  [({ section }) => tellsBefore(section), 0.1],
  [({ text }) => cues.isBefore.test(text), 0.12],
  [({ text }) => cues.isQuestion.test(text), 0.1],
  [({ text }) => cues.isNotice.test(text), 0.05],
  [({ text }) => cues.isOutlook.test(text) && !cues.isFound.test(text), 0.05],
  [({ text }) => isDangling(trimOpening(text)), 0.05],
  [({ text }) => cues.isAllusion.test(trimOpening(text)), 0.03],
];

/** How well each sentence of an abstract tells by itself what the paper brings. */
export function sentenceScores(title: string, told: readonly Told[]): number[] {
  const features = featuresOf(
    title,
    told.map(({ text }) => text),
  );
  return told.map((each, at) => {
    const lost = FAULTS.reduce((sum, [isFault, loss]) => sum + (isFault(each) ? loss : 0), 0);
    return weightNames.reduce(
      (sum, name) => sum + weights[name] * (features[at]?.[name] ?? 0),
      -lost,
    );
  });
}

const weightNames = Object.keys(weights) as (keyof Features)[];

/** What can be read off each sentence of an abstract. */
export function featuresOf(title: string, sentences: readonly string[]): Features[] {
  const titleStems = stemsOf(title);
  const stems = sentences.map(stemsOf);
  const coverings = coveringsOf(stems);
  const isOwn = sentences.map((sentence) => cues.isOwn.test(sentence));
  const firstOwn = isOwn.indexOf(true);
  const firstClaim = sentences.findIndex((sentence) => cues.isClaim.test(sentence));
  const firstAim = sentences.findIndex((sentence) => cues.isAim.test(sentence));
  let ownBefore = 0;
  return sentences.map((sentence, at) => {
    const trimmed = trimOpening(sentence);
    const words = trimmed.split(' ').length;
    const mine = stems[at] ?? new Set();
    const features = {
      firstOwn: Number(at === firstOwn),
      own: Number(isOwn[at]),
      firstClaim: Number(at === firstClaim),
      proposal: Number(cues.isProposal.test(sentence)),
      firstAim: Number(at === firstAim),
      afterOwn: Number(isOwn[at - 1] ?? false),
      ownBefore: ownBefore / sentences.length,
      backdrop: Number(cues.isBackdrop.test(sentence)),
      ofTitle: share(titleStems, mine),
      fromTitle: share(mine, titleStems),
      covering: coverings[at] ?? 0,
      short: Math.max(0, 15 - words) / 15,
      long: Math.min(30, Math.max(0, words - 28)) / 30,
      commas: Math.min(4, trimmed.split(',').length - 1) / 4,
    };
    ownBefore += Number(isOwn[at]);
    return features;
  });
}

function stemsOf(text: string): Set<string> {
  return new Set(termsOf(text).filter((term) => !term.includes(' ')));
}

function share(terms: ReadonlySet<string>, of: ReadonlySet<string>): number {
  return [...terms].filter((term) => of.has(term)).length / Math.max(1, terms.size);
}

/**
 * How much of each other set is in each, on average. By term rather than by pair: an abstract may
 * have thousands of sentences.
 */
function coveringsOf(sets: readonly ReadonlySet<string>[]): number[] {
  const sharesByTerm = new Map<string, number>();
  for (const set of sets) {
    for (const term of set) sharesByTerm.set(term, (sharesByTerm.get(term) ?? 0) + 1 / set.size);
  }
  const others = Math.max(1, sets.length - 1);
  return sets.map((set) => {
    const shares = [...set].map((term) => (sharesByTerm.get(term) ?? 0) - 1 / set.size);
    return shares.reduce((sum, each) => sum + each, 0) / others;
  });
}
