import { stemOf } from '../text/stems.ts';
import { grammarWords } from './stopwords.ts';

/** Two capitals or more, figures among them: `RLHF`, `GPT4`, and their plurals (`LLMs`). */
const acronym = /^(?=.*\p{Lu}.*\p{Lu})[\p{Lu}\p{N}]+s?$/u;
/** Where so much of a text is capitals, they mark nothing. */
const mostCapitals = 0.5;

/**
 * The words of a text without those of grammar, each as its stem; acronyms keep their capitals,
 * so that `SAT` is not what somebody sat on. Hyphens part words.
 */
export function stemsIn(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const capitals = plain.match(/\p{Lu}/gu)?.length ?? 0;
  // A cue such as `SAT` is nothing but capitals, a shouted title has several words of them.
  const isShouted = capitals > letters * mostCapitals && /\p{Lu}{2}.*\s.*\p{Lu}{2}/u.test(plain);
  const stems: string[] = [];
  for (const word of plain.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const small = word.toLowerCase();
    if (grammarWords.has(small)) continue;
    const isAcronym = !isShouted && acronym.test(word);
    stems.push(isAcronym ? word.replace(/s$/, '') : stemOf(small));
  }
  return stems;
}
