/** Chinese and Japanese part no words: so many of their letters say as much as two words. */
const LETTERS_OF_TWO = 3;

/** How much a text says, in words. */
export function countWords(text: string): number {
  const letters =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return letters > 0 ? (letters * 2) / LETTERS_OF_TWO : text.split(' ').length;
}

/** Sentences as a text; no space follows a full stop that is as wide as a letter. */
export function joinSentences(sentences: readonly string[]): string {
  return sentences
    .map((sentence, at) =>
      at > 0 && !/[。！？]$/.test(sentences[at - 1] ?? '') ? ` ${sentence}` : sentence,
    )
    .join('');
}
