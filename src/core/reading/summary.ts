import { foldTitle } from '../paper/paper.ts';
import { isKnownBefore, splitSections } from './sections.ts';
import { sentenceScores } from './sentence-score.ts';
import { splitSentences } from './sentences.ts';
import { shorten } from './shorten.ts';
import { isDangling, trimOpening } from './trims.ts';

const longest = 300;
const fewWords = 8;
const fewLetters = 12;
/** As much as a sentence of the score can lose by pointing back. */
const knownBefore = 0.1;

/**
 * What a paper brings, in its own words: the sentence of the abstract that says it best,
 * without its connecting opening, at most 300 characters (an ellipsis marks a cut). Two
 * sentences where one is very short or points back to the one before. Never the title alone;
 * empty where the abstract says nothing else.
 */
export function summarisePaper(paper: { title: string; abstract: string }): string {
  const folded = foldTitle(paper.title);
  const told = splitSections(paper.abstract)
    .flatMap((section) => splitSentences(section.text).map((text) => ({ section, text })))
    .filter(({ text }) => foldTitle(text) !== folded && /\p{L}/u.test(text));
  const sentences = told.map(({ text }) => text);
  const scores = sentenceScores(paper.title, sentences).map((score, at) =>
    told[at] && isKnownBefore(told[at].section) ? score - knownBefore : score,
  );
  const best = scores.indexOf(Math.max(...scores));
  const sentence = sentences[best] ?? '';
  const text = trimOpening(sentence);
  const before = sentences[best - 1];
  const after = sentences[best + 1];
  const pair =
    isDangling(text) && before
      ? joinSentences(trimOpening(before), sentence)
      : saysLittle(text) && after
        ? joinSentences(text, after)
        : text;
  return pair.length <= longest ? pair : shorten(text, longest);
}

/** Chinese and Japanese part no words, so that their letters tell how much is said. */
function saysLittle(text: string): boolean {
  const letters =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return letters > 0 ? letters < fewLetters : text.split(' ').length < fewWords;
}

/** No space follows a full stop that is as wide as a letter. */
function joinSentences(one: string, next: string): string {
  return /[。！？]$/.test(one) ? one + next : `${one} ${next}`;
}
