import { foldTitle } from '../paper/paper.ts';
import { countWords, joinSentences } from './length.ts';
import { canBeReplaced, outcomeScores, tellsAll } from './outcome.ts';
import { splitSections } from './sections.ts';
import { sentenceScores, type Told } from './sentence-score.ts';
import { splitSentences } from './sentences.ts';
import { shorten } from './shorten.ts';
import { clip, isDangling, trimSentence } from './trims.ts';

const LONGEST = 300;
const MOST_WORDS = 45;
const FEW_WORDS = 8;
/** What a sentence's score loses where it does not tell all by itself. */
const LACKING = 0.01;
/** How well a sentence must say what came out to stand alone. */
const ENOUGH = 0.7;

/**
 * What a paper brings, in its own words: the sentence of the abstract that says it best,
 * without its connecting opening and asides, at most 300 characters (an ellipsis marks a cut).
 * Where that one says only what was done or asked, it stands before or behind the one that says
 * what came out, both in 45 words, or gives way to it; where it is very short or points back, its
 * neighbour comes with it. Never the title alone; empty where the abstract says nothing else.
 */
export function summarisePaper(paper: { title: string; abstract: string }): string {
  const told = tellAbstract(paper);
  const scores = sentenceScores(paper.title, told);
  const wholes = told.map((each, at) => (scores[at] ?? 0) - (tellsAll(each) ? 0 : LACKING));
  const best = wholes.indexOf(Math.max(...wholes));
  const text = join(choose(told, scores, best));
  return text.length <= LONGEST ? text : shorten(text, LONGEST);
}

/** The sentences of an abstract that say more than its title. */
export function tellAbstract({ title, abstract }: { title: string; abstract: string }): Told[] {
  const folded = foldTitle(title);
  return splitSections(abstract)
    .flatMap((section) => splitSentences(section.text).map((text) => ({ section, text })))
    .filter(({ text }) => foldTitle(text) !== folded && /\p{L}/u.test(text));
}

function choose(told: readonly Told[], scores: readonly number[], at: number): readonly Told[] {
  const best = told[at];
  if (!best) return [];
  const text = trimSentence(best.text);
  const [before, after] = [told[at - 1], told[at + 1]];
  if (isDangling(text) && before) return [before, best];
  const whole = tellsAll(best) ? undefined : withOutcome(told, outcomeScores(told, scores), at);
  return whole ?? (countWords(text) < FEW_WORDS && after ? [best, after] : [best]);
}

/** The best sentence with the one that says what came out, or that one alone. */
function withOutcome(told: readonly Told[], worths: readonly number[], at: number) {
  const best = told[at];
  const outcomes = told
    .map((outcome, index) => ({ outcome, index, worth: worths[index] ?? 0 }))
    .filter(({ index, worth }) => index !== at && worth > 0)
    .toSorted((a, b) => b.worth - a.worth);
  const [first] = outcomes;
  if (!best || !first) return undefined;
  for (const { outcome, index } of outcomes.slice(0, 2)) {
    const pair = pairsOf(best, outcome).find(isShort);
    if (pair) return index > at ? pair : pair.toReversed();
  }
  return canBeReplaced(best) && first.worth > ENOUGH ? [first.outcome] : undefined;
}

/** Both as they are, or without what their ends say besides. */
function pairsOf(best: Told, outcome: Told): (readonly Told[])[] {
  const [shortBest, shortOutcome] = [best, outcome].map((each) => ({
    ...each,
    text: clip(each.text),
  }));
  if (!shortBest || !shortOutcome) return [];
  return [
    [best, outcome],
    [best, shortOutcome],
    [shortBest, shortOutcome],
  ];
}

function isShort(pair: readonly Told[]): boolean {
  const text = join(pair);
  return text.length <= LONGEST && countWords(text) <= MOST_WORDS;
}

function join(told: readonly Told[]): string {
  return joinSentences(told.map(({ text }) => trimSentence(text)));
}
