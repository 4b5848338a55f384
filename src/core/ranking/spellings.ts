import { wordsOf } from '../reading/terms.ts';
import { stemOf } from '../text/stems.ts';
import type { Abbreviation, Abbreviations } from './abbreviations.ts';

/** One way to write a topic. */
export interface Spelling {
  /** Stems between spaces, so that it is looked for as a substring. */
  readonly phrase: string;
  /** What it takes a short form to mean: a paper that explains it otherwise speaks of something else. */
  readonly by?: Abbreviation;
}

/** What an edition's papers say about how words are written. */
export interface Usage {
  readonly abbreviations: Abbreviations;
  isUsed(stem: string): boolean;
}

/** A topic is looked for in so many ways at most. */
const MOST_SPELLINGS = 16;
const SHORTEST_COMPOUND = 6;

/** What is short for what, where no paper says so; as it is spoken (Oxford English Dictionary). */
const clipped: Readonly<Record<string, string>> = {
  math: 'mathematics',
  maths: 'mathematics',
  stats: 'statistics',
  bio: 'biology',
  chem: 'chemistry',
  econ: 'economics',
  neuro: 'neuroscience',
};

/** British and American, each way (New Hart's Rules, 2014, chapter 21). */
const swaps: readonly (readonly [RegExp, string])[] = [
  [/is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)/, 'iz'],
  [/iz(?=(?:e|es|ed|er|ers|ing|ation|ations)$)/, 'is'],
  [/(?<=[a-z]{2})our(?=(?:s|ed|ing|al)?$)/, 'or'],
  [/(?<=[a-z]{2})or(?=(?:s|ed|ing|al)?$)/, 'our'],
  [/ae(?=[a-z]{2})/, 'e'],
  [/(?<=[a-z])tre(?=s?$)/, 'ter'],
  [/(?<=[a-z])ter(?=s?$)/, 'tre'],
  [/yse(?=[ds]?$)/, 'yze'],
  [/yze(?=[ds]?$)/, 'yse'],
];

/**
 * The ways in which papers write what a topic means, the topic's own first: compounds joined or
 * parted, British or American, clipped or whole, long or abbreviated as the papers explain it.
 */
export function spellingsOf(topic: string, usage: Usage): Spelling[] {
  const words = wordsOf(topic);
  const written = new Set([words, ...joined(words), ...parted(words), ...respelt(words)]);
  const found = new Map<string, Spelling>();
  for (const each of written) {
    const stems = each.map(stemOf);
    if (each !== words && !stems.every(usage.isUsed)) continue;
    for (const spelling of [{ phrase: stems.join(' ') }, ...abbreviated(stems, usage)]) {
      if (!found.has(spelling.phrase)) found.set(spelling.phrase, spelling);
    }
    if (found.size >= MOST_SPELLINGS) break;
  }
  return [...found.values()].map((spelling) => ({ ...spelling, phrase: ` ${spelling.phrase} ` }));
}

/** `multi modal` as `multimodal`. */
function joined(words: readonly string[]): string[][] {
  return words
    .slice(1)
    .map((word, at) => [...words.slice(0, at), `${words[at]}${word}`, ...words.slice(at + 2)]);
}

/** `multimodal` as `multi modal`; what is no word is used by no paper. */
function parted(words: readonly string[]): string[][] {
  return words.flatMap((word, at) => {
    if (word.length < SHORTEST_COMPOUND) return [];
    const places = Array.from({ length: word.length - 4 }, (_, place) => place + 2);
    return places.map((place) => [
      ...words.slice(0, at),
      word.slice(0, place),
      word.slice(place),
      ...words.slice(at + 1),
    ]);
  });
}

function respelt(words: readonly string[]): string[][] {
  return words.flatMap((word, at) => {
    const others = swaps.flatMap(([from, to]) => (from.test(word) ? [word.replace(from, to)] : []));
    const whole = clipped[word];
    return [...others, ...(whole ? [whole] : [])].map((other) => words.with(at, other));
  });
}

function abbreviated(stems: readonly string[], { abbreviations }: Usage): Spelling[] {
  const { longOf, shortsOf } = abbreviations;
  const spellings: Spelling[] = [];
  for (let from = 0; from < stems.length; from++) {
    for (let to = from + 1; to <= stems.length; to++) {
      const part = stems.slice(from, to).join(' ');
      const long = to === from + 1 ? longOf.get(part) : undefined;
      const put = (words: string) => [...stems.slice(0, from), words, ...stems.slice(to)].join(' ');
      if (long) spellings.push({ phrase: put(long) });
      for (const short of shortsOf.get(part) ?? []) {
        spellings.push({ phrase: put(short), by: { short, long: part } });
      }
    }
  }
  return spellings;
}
