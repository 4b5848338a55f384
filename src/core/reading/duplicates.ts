import type { TitledText } from './labels.ts';
import { isTelling, wordsOf } from './terms.ts';
import type { Work } from './work.ts';

interface Sketch {
  readonly titleWords: ReadonlySet<string>;
  /** The numbers of the title: works that differ in them are parts or releases. */
  readonly titleNumbers: string;
  /** Each three words in a row of the abstract. */
  readonly shingles: ReadonlySet<string>;
  readonly fullness: number;
}

/** A shingle that more papers share is a turn of phrase and points to nothing. */
const mostSharers = 20;

/**
 * For each paper the index of the paper that it repeats, itself where there is none: the
 * same work posted twice with slight changes, say as a preprint and by a journal. Points to
 * the copy with the longest abstract, which points to itself. Rather keeps two copies apart
 * than joins two works: titles and abstracts must both agree.
 */
export function* findDuplicates(papers: readonly TitledText[]): Work<number[]> {
  const sketches: Sketch[] = [];
  for (const paper of papers) {
    sketches.push(sketchOf(paper));
    yield;
  }
  const neighbours = yield* neighboursOf(sketches);
  const mains = papers.map((_, paper) => paper);
  const fullestFirst = [...sketches.entries()].sort((a, b) => b[1].fullness - a[1].fullness);
  const kept = new Set<number>();
  for (const [paper, sketch] of fullestFirst) {
    const main = [...(neighbours[paper] ?? [])].find((other) => {
      const candidate = sketches[other];
      return kept.has(other) && candidate !== undefined && isSameWork(sketch, candidate);
    });
    if (main === undefined) kept.add(paper);
    else mains[paper] = main;
    yield;
  }
  return mains;
}

function sketchOf({ title, abstract }: TitledText): Sketch {
  const titleWords = wordsOf(title);
  const words = wordsOf(abstract);
  return {
    titleWords: new Set(titleWords.filter(isTelling)),
    titleNumbers: titleWords.filter((word) => /^(?:\d.*|i{1,3}|i?v|vi{0,3})$/.test(word)).join(),
    shingles: shinglesOf(words),
    fullness: words.length,
  };
}

function shinglesOf(words: readonly string[]): Set<string> {
  return new Set(words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`));
}

/** For each paper the others that share an uncommon shingle or all words of the title. */
function* neighboursOf(sketches: readonly Sketch[]): Work<Set<number>[]> {
  const papersByMark = new Map<string, number[]>();
  for (const [paper, { shingles, titleWords }] of sketches.entries()) {
    for (const mark of [...shingles, [...titleWords].sort().join()]) {
      const sharers = papersByMark.get(mark);
      if (sharers) sharers.push(paper);
      else papersByMark.set(mark, [paper]);
    }
    yield;
  }
  const neighbours = sketches.map(() => new Set<number>());
  for (const sharers of papersByMark.values()) {
    if (sharers.length < 2 || sharers.length > mostSharers) continue;
    for (const paper of sharers) {
      for (const other of sharers) if (other !== paper) neighbours[paper]?.add(other);
    }
  }
  return neighbours;
}

/** Weighs titles against abstracts: the less one agrees, the more the other has to. */
function isSameWork(a: Sketch, b: Sketch): boolean {
  if (a.titleNumbers !== b.titleNumbers) return false;
  const titles = overlap(a.titleWords, b.titleWords, Math.max);
  if (a.shingles.size === 0 || b.shingles.size === 0) return titles === 1 && a.titleWords.size > 3;
  if (titles < 0.5) return false;
  const abstracts = overlap(a.shingles, b.shingles, Math.min);
  return abstracts >= 0.3 && titles + abstracts >= 1.3;
}

function overlap(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  size: (a: number, b: number) => number,
): number {
  const shared = [...a].filter((element) => b.has(element)).length;
  return shared / Math.max(1, size(a.size, b.size));
}
