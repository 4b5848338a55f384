import { cues } from './cues.ts';
import { countWords } from './length.ts';
import { tellsBefore, tellsConclusion, tellsResult } from './sections.ts';
import type { Told } from './sentence-score.ts';
import { isDangling, trimSentence } from './trims.ts';

/** Below this many words a sentence says little of what came out. */
const FEW_WORDS = 8;
/** From this many words on, a sentence that says what is new says something of it. */
const TELLING_WORDS = 12;

/** Whether a sentence says what came out, or enough of what is new, so that it needs no other. */
export function tellsAll({ text, section }: Told): boolean {
  if (tellsBefore(section) || cues.isSetting.test(text)) return false;
  const words = countWords(trimSentence(text));
  const isResult = tellsResult(section) && !cues.isOutlook.test(text);
  if (cues.isAim.test(text) && !cues.isFound.test(text) && !cues.isGift.test(text)) return false;
  if (isResult || saysWhatCameOut(text)) return words >= FEW_WORDS;
  if (cues.isAim.test(text) || cues.isProcedure.test(text)) return false;
  if (cues.isGift.test(text)) return words >= TELLING_WORDS;
  return !cues.isOwn.test(text) && !cues.isBefore.test(text);
}

/** Whether what came out may take a sentence's place: it brings nothing itself. */
export function canBeReplaced({ text }: Told): boolean {
  return !cues.isGift.test(text);
}

/** What a sentence wins or loses as the one that says what came out. */
const SIGNS: readonly (readonly [(told: Told) => boolean, number])[] = [
  [({ text }) => cues.isFound.test(text), 0.25],
  [({ text }) => cues.isOutcome.test(text), 0.25],
  [({ text }) => cues.isMeasured.test(text), 0.15],
  [({ section }) => tellsResult(section), 0.2],
  [({ section }) => tellsConclusion(section), 0.15],
  [({ section }) => tellsBefore(section), -0.5],
  [({ text }) => isUndertaking(text), -0.3],
  [({ text }) => cues.isSetting.test(text), -0.5],
  [({ text }) => cues.isBefore.test(text), -0.3],
  [({ text }) => cues.isOutlook.test(text), -0.3],
  [({ text }) => cues.isPraise.test(text) && !cues.isMeasured.test(text), -0.4],
  [({ text }) => cues.isQuestion.test(text), -0.5],
  [({ text }) => cues.isNotice.test(text), -0.3],
  [({ text }) => isDangling(trimSentence(text)), -0.15],
  [({ text }) => cues.isAllusion.test(trimSentence(text)), -0.1],
  [({ text }) => countWords(trimSentence(text)) < FEW_WORDS, -0.2],
];
/** Behind the first sentence of the authors' own work, and more towards the end. */
const AFTER = 0.2;
const LATER = 0.15;
/** Less says nothing of what came out. */
const LEAST = 0.35;

/** How well each sentence of an abstract says what came out, beside what it says at all; 0 where it does not. */
export function outcomeScores(told: readonly Told[], scores: readonly number[]): number[] {
  const own = told.findIndex(({ text }) => cues.isOwn.test(text) || isUndertaking(text));
  const placeOf = (at: number) => {
    if (own < 0 || at === own) return 0;
    return at < own ? -AFTER : AFTER + (LATER * (at - own)) / (told.length - own);
  };
  return told.map((each, at) => {
    const sign = SIGNS.reduce((sum, [is, worth]) => sum + (is(each) ? worth : 0), placeOf(at));
    return sign < LEAST ? 0 : sign + (scores[at] ?? 0);
  });
}

function saysWhatCameOut(text: string): boolean {
  return cues.isFound.test(text) || cues.isOutcome.test(text);
}

function isUndertaking(text: string): boolean {
  return !saysWhatCameOut(text) && (cues.isAim.test(text) || cues.isProcedure.test(text));
}
