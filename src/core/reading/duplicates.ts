import { compareIds } from '../paper/identity.ts';
import {
  haveSameAuthors,
  isSameTitle,
  overlap,
  shinglesOf,
  titleNumbers,
} from '../paper/likeness.ts';
import { foldTitle, type Paper, type PaperIds, paperKeys } from '../paper/paper.ts';
import { isRemark } from '../paper/remarks.ts';
import { findPreprintServer } from '../paper/repositories.ts';
import { isTelling, wordsOf } from './terms.ts';
import type { Work } from './work.ts';

/** What of a paper its duplicates are known by. */
export type Comparable = Pick<Paper, 'title' | 'abstract'> &
  Partial<Pick<Paper, 'authors' | 'ids'>>;

interface Sketch {
  readonly paper: Pick<Paper, 'title' | 'abstract' | 'authors'>;
  /** Folded. */
  readonly title: string;
  readonly ids: PaperIds;
  readonly keys: ReadonlySet<string>;
  readonly titleWords: ReadonlySet<string>;
  readonly titleNumbers: string;
  readonly isRemark: boolean;
  /** Each three words in a row of the abstract, but those that papers of other titles share too. */
  readonly shingles: Set<string>;
  readonly fullness: number;
}

/** A shingle that more papers share is a turn of phrase and points to nothing. */
const mostSharers = 20;
/** What papers of so many titles say is said of none of them: the issue, the journal, a template. */
const fewestTitles = 3;
const nearlySameTitle = 0.75;

/**
 * For each paper the index of the paper that it repeats, itself where there is none: the
 * same work posted twice, say as a preprint and by a journal. Points to the copy with the
 * longest abstract, which points to itself. Two papers whose ids differ are two, unless one
 * is the other's preprint; a correction or a reply is no copy of its paper. Where ids say
 * nothing, titles and abstracts must both agree: rather two copies than one work lost.
 */
export function* findDuplicates(papers: readonly Comparable[]): Work<number[]> {
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
      return kept.has(other) && candidate !== undefined && isCopy(sketch, candidate);
    });
    if (main === undefined) kept.add(paper);
    else mains[paper] = main;
    yield;
  }
  return mains;
}

function sketchOf({ ids = {}, authors = [], ...paper }: Comparable): Sketch {
  const words = wordsOf(paper.abstract);
  return {
    paper: { ...paper, authors },
    title: foldTitle(paper.title),
    ids,
    keys: new Set(paperKeys({ title: paper.title, ids })),
    titleWords: new Set(wordsOf(paper.title).filter(isTelling)),
    titleNumbers: titleNumbers(paper.title),
    isRemark: isRemark(paper.title),
    shingles: shinglesOf(words),
    fullness: words.length,
  };
}

/**
 * For each paper the others that share an uncommon shingle or all words of the title. What
 * papers of several titles have in their abstracts is taken from them on the way.
 */
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
  for (const [mark, sharers] of papersByMark) {
    if (sharers.length < 2) continue;
    if (new Set(sharers.map((paper) => sketches[paper]?.title)).size >= fewestTitles) {
      for (const paper of sharers) sketches[paper]?.shingles.delete(mark);
      continue;
    }
    if (sharers.length > mostSharers) continue;
    for (const paper of sharers) {
      for (const other of sharers) if (other !== paper) neighbours[paper]?.add(other);
    }
  }
  return neighbours;
}

function isCopy(a: Sketch, b: Sketch): boolean {
  if (a.isRemark !== b.isRemark || a.titleNumbers !== b.titleNumbers) return false;
  const verdict = compareIds(a, b);
  if (verdict !== undefined) return verdict === 'same' || isPreprintOf(a, b);
  const areSameAuthors = haveSameAuthors(a.paper.authors, b.paper.authors);
  return areSameAuthors !== false && isAlike(a, b);
}

/** Whether one is the preprint of the other, or both are of one work on two servers. */
function isPreprintOf(a: Sketch, b: Sketch): boolean {
  const [server, other] = [serverOf(a), serverOf(b)];
  const isPossible = server !== other && (server !== undefined || other !== undefined);
  if (!isPossible || !haveSameAuthors(a.paper.authors, b.paper.authors)) return false;
  const isSame = isSameTitle(a.paper.title, b.paper.title);
  return (
    isSame || (overlap(a.titleWords, b.titleWords, Math.max) >= nearlySameTitle && isAlike(a, b))
  );
}

function serverOf({ ids }: Sketch): string | undefined {
  if (ids.arxiv !== undefined) return 'arXiv';
  return ids.doi === undefined ? undefined : findPreprintServer(ids.doi);
}

/** Weighs titles against abstracts: the less one agrees, the more the other has to. */
function isAlike(a: Sketch, b: Sketch): boolean {
  const titles = overlap(a.titleWords, b.titleWords, Math.max);
  if (a.shingles.size === 0 || b.shingles.size === 0) return titles === 1 && a.titleWords.size > 3;
  if (titles < 0.5) return false;
  const abstracts = overlap(a.shingles, b.shingles, Math.min);
  return abstracts >= 0.3 && titles + abstracts >= 1.3;
}
