import { stemmer } from 'stemmer';
import type { PaperKind } from '../paper/kinds.ts';
import type { Author } from '../paper/paper.ts';
import { wordsOf } from '../reading/terms.ts';
import { rarityOf, type TermUse } from './background.ts';
import { createMetTaste, type MetTaste } from './met-taste.ts';
import { indexNames, type NameIndex } from './names.ts';
import { type Postings, postTerms } from './postings.ts';
import { countTerms, type TermVector, weighTerms } from './terms.ts';
import { findAlike, type Neighbours } from './variety.ts';

/** A paper as the ranking sees it. */
export interface RankablePaper {
  readonly id: number;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly groupLabel: string;
  /** Votes on the feed's own site. */
  readonly upvotes?: number;
  /** Votes of this service's readers: those for more less those for less. */
  readonly votes?: number;
  readonly kind?: PaperKind;
}

/** What is worked out once for an edition and serves every reader. */
export interface RankingIndex {
  /** In the edition's order; a paper is known by its place here. */
  readonly papers: readonly IndexedPaper[];
  readonly postings: Postings;
  /** Which papers use a stem of a word, ascending. */
  readonly papersByStem: ReadonlyMap<string, readonly number[]>;
  readonly names: NameIndex;
  /** How much the many like a paper, from 0 to 1. */
  readonly popularity: Float32Array;
  /** How early a paper comes for readers without wishes, from 0 to 1. */
  readonly leads: Float64Array;
  readonly alike: Neighbours;
  /** What was looked up for one reader and serves the next: a memory, bounded by its users. */
  readonly found: Map<string, Hits>;
  readonly met: MetTaste;
}

export interface IndexedPaper {
  readonly paper: RankablePaper;
  /** Stems between spaces, so that a phrase is a substring. */
  readonly title: string;
  readonly abstract: string;
  readonly names: readonly string[];
  readonly vector: TermVector;
}

/** Places of papers, ascending, and what something gives each. */
export interface Hits {
  readonly papers: readonly number[];
  readonly scores: readonly number[];
}

/** Prepares an edition's papers, in the edition's order, for ranking. */
export function buildRankingIndex(papers: readonly RankablePaper[]): RankingIndex {
  const counts = papers.map(({ title, abstract }) => countTerms(`${title}. ${abstract}`));
  const use = countUse(counts);
  return assemble(
    papers.map((paper, at) => ({
      paper,
      title: stemsOf(paper.title),
      abstract: stemsOf(paper.abstract),
      names: paper.authors.map(({ name }) => stemsOf(name)),
      vector: weighTerms(counts[at] ?? new Map(), (term) => rarityOf(term, use)),
    })),
  );
}

/** Several editions' papers as one, in the order given; costs less than building them anew. */
export function joinIndexes(indexes: readonly RankingIndex[]): RankingIndex {
  const [only] = indexes;
  return only && indexes.length === 1 ? only : assemble(indexes.flatMap(({ papers }) => papers));
}

function assemble(papers: readonly IndexedPaper[]): RankingIndex {
  const vectors = papers.map(({ vector }) => vector);
  const postings = postTerms(vectors);
  const popularity = measurePopularity(papers);
  return {
    papers,
    postings,
    papersByStem: postStems(papers),
    names: indexNames(papers.map(({ paper }) => paper.authors)),
    popularity,
    leads: rankLeads(papers, popularity),
    alike: findAlike(vectors, postings),
    found: new Map(),
    met: createMetTaste(postings),
  };
}

function countUse(counts: readonly ReadonlyMap<number, number>[]): TermUse {
  const textsByTerm = new Map<number, number>();
  for (const terms of counts) {
    for (const term of terms.keys()) textsByTerm.set(term, (textsByTerm.get(term) ?? 0) + 1);
  }
  return { texts: counts.length, textsByTerm };
}

function postStems(papers: readonly IndexedPaper[]): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  for (const [place, { paper, title, abstract, names }] of papers.entries()) {
    const categories = paper.categories.map(stemsOf).join(' ');
    const stems = `${title} ${abstract} ${names.join(' ')} ${categories}`.split(' ');
    for (const stem of new Set(stems)) {
      const list = lists.get(stem);
      if (list) list.push(place);
      else if (stem !== '') lists.set(stem, [place]);
    }
  }
  return lists;
}

/** Readers of this service count more than strangers, and the first votes more than the last. */
const OWN_VOTES = 3;

/** How many votes a paper has, of the feed's site and of our own readers; at least none. */
export function votesOn({ upvotes = 0, votes = 0 }: RankablePaper): number {
  return Math.max(0, upvotes + OWN_VOTES * votes);
}

function measurePopularity(papers: readonly IndexedPaper[]): Float32Array {
  const votes = papers.map(({ paper }) => Math.log1p(votesOn(paper)));
  const most = votes.reduce((a, b) => Math.max(a, b), 0) || 1;
  return Float32Array.from(votes, (count) => count / most);
}

/**
 * Popular papers, by their votes, in the upper half; in the lower the first paper of each
 * group, then the second of each, and so on.
 */
function rankLeads(papers: readonly IndexedPaper[], popularity: Float32Array): Float64Array {
  const seen = new Map<string, number>();
  const turns = papers.map(({ paper }, place) => {
    const turn = seen.get(paper.groupLabel) ?? 0;
    seen.set(paper.groupLabel, turn + 1);
    return { place, turn };
  });
  turns.sort((a, b) => a.turn - b.turn || a.place - b.place);
  const leads = Float64Array.from(popularity, (share) => (share > 0 ? (1 + share) / 2 : 0));
  for (const [at, { place }] of turns.entries()) {
    leads[place] ||= (1 - at / turns.length) / 2;
  }
  return leads;
}

/** The stems of a text's words, each between spaces; accents and case folded. */
export function stemsOf(text: string): string {
  return ` ${wordsOf(text).map(stemmer).join(' ')} `;
}
