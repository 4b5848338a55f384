import type { Space } from './space.ts';
import { stemsIn } from './stemming.ts';
import { paperWords } from './stopwords.ts';
import { countCues, subjectsOf } from './subjects.ts';
import type { Work } from './work.ts';

/** A text with a title of its own. */
export interface TitledText {
  /** By which a model's places know it. */
  readonly id?: number;
  readonly title: string;
  readonly abstract: string;
}

/** Numbers ascending with a weight for each; of length one, or empty. */
export interface Sparse {
  readonly numbers: Int32Array;
  readonly weights: Float32Array;
}

/** What of a paper is compared with others. */
export interface Profile {
  /** Its own words and pairs of words, as far as other papers of the day use them. */
  readonly terms: Sparse;
  /** Where it stands by what it means. */
  readonly place: Float32Array;
  /** The subjects that its words point to. */
  readonly subjects: Sparse;
}

/**
 * The day as if so many more texts were there, some of which used the word: small days know little,
 * and one paper more shall not change how much a word tells.
 */
const OTHER_CUES = { texts: 30, users: 8 };
const OTHER_TERMS = { texts: 3, users: 3 };
/** A cue in so much of a day tells its papers not apart. */
const MOST_SHARE = 0.4;
/** The rarest terms of a paper are kept: what is left of a long abstract joins nothing. */
const MOST_TERMS = 120;
/** A title says what a paper is about. */
const TITLE_WEIGHT = 4;
/** How much of a term's rarity counts: milder than for ranking, since what many share makes groups. */
const TERM_EXPONENT = 0.75;

interface Reading {
  readonly stems: readonly string[];
  readonly title: readonly string[];
  readonly cues: ReadonlyMap<string, number>;
  readonly terms: ReadonlyMap<string, number>;
}

/** Profiles the papers of a day against each other and in a space. */
export function* profilePapers(papers: readonly TitledText[], space: Space): Work<Profile[]> {
  const readings: Reading[] = [];
  for (const paper of papers) {
    readings.push(readPaper(paper));
    yield;
  }
  const cueUse = countUse(readings.map(({ cues }) => cues));
  const termUse = countUse(readings.map(({ terms }) => terms));
  const numbers = new Map([...termUse.keys()].map((term, number) => [term, number]));
  const profiles: Profile[] = [];
  for (const [at, { stems, title, cues, terms }] of readings.entries()) {
    profiles.push({
      terms: weighTerms(terms, termUse, { numbers, texts: papers.length }),
      place: space.placeOf(papers[at] ?? {}, [...title, ...stems]),
      subjects: weighSubjects(cues, cueUse, papers.length),
    });
    yield;
  }
  return profiles;
}

function readPaper({ title, abstract }: TitledText): Reading {
  const head = stemsIn(title);
  const stems = [...head, ...stemsIn(abstract)];
  const cues = countCues(stems);
  for (const [cue, count] of countCues(head)) {
    cues.set(cue, (cues.get(cue) ?? 0) + count * (TITLE_WEIGHT - 1));
  }
  return { stems, title: head, cues, terms: countTerms(stems) };
}

function countTerms(stems: readonly string[]): Map<string, number> {
  const telling = stems.filter((stem) => stem.length > 1 && !paperWords.has(stem));
  const counts = new Map<string, number>();
  for (const [at, stem] of telling.entries()) {
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
    const pair = at > 0 ? `${telling[at - 1]} ${stem}` : stem;
    if (at > 0) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

function countUse(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const use = new Map<string, number>();
  for (const count of counts) {
    for (const term of count.keys()) use.set(term, (use.get(term) ?? 0) + 1);
  }
  return use;
}

function weighTerms(
  counts: ReadonlyMap<string, number>,
  use: ReadonlyMap<string, number>,
  { numbers, texts }: { numbers: ReadonlyMap<string, number>; texts: number },
): Sparse {
  const weights: [number, number][] = [];
  for (const [term, count] of counts) {
    const users = use.get(term) ?? 0;
    if (users < 2) continue;
    const [all, some] = [texts + OTHER_TERMS.texts, users + OTHER_TERMS.users];
    const rarity = Math.log(1 + all / some) ** TERM_EXPONENT;
    weights.push([numbers.get(term) ?? 0, (count / (count + 1)) * rarity]);
  }
  return sparse(weights.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_TERMS));
}

function weighSubjects(
  cues: ReadonlyMap<string, number>,
  use: ReadonlyMap<string, number>,
  texts: number,
): Sparse {
  const weights = new Map<number, number>();
  for (const [cue, count] of cues) {
    const users = use.get(cue) ?? 0;
    if (users > Math.max(3, texts * MOST_SHARE)) continue;
    const rarity = Math.log(1 + (texts + OTHER_CUES.texts) / (users + OTHER_CUES.users));
    const named = subjectsOf(cue);
    const weight = ((count / (count + 1)) * rarity) / Math.sqrt(named.length);
    for (const subject of named) weights.set(subject, (weights.get(subject) ?? 0) + weight);
  }
  return sparse([...weights]);
}

/** Numbers and weights, in order, brought to length one. */
function sparse(weights: readonly (readonly [number, number])[]): Sparse {
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  const sorted = [...weights].sort((a, b) => a[0] - b[0]);
  return {
    numbers: Int32Array.from(sorted, ([number]) => number),
    weights: Float32Array.from(sorted, ([, weight]) => weight / length),
  };
}

/** The cosine of two places. */
export function dotPlaces(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
