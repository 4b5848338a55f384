import { isResearch } from '../paper/kind.ts';
import type { PaperKind } from '../paper/kinds.ts';
import type { Author } from '../paper/paper.ts';
import { wordsOf, writtenWordsOf } from '../reading/terms.ts';
import { stemOf } from '../text/stems.ts';
import {
  type Abbreviation,
  type Abbreviations,
  joinAbbreviations,
  readAbbreviations,
} from './abbreviations.ts';
import { type Background, rarityOf, type Surroundings, type TermUse } from './background.ts';
import { createMetTaste, type MetTaste } from './met-taste.ts';
import { type FollowedAuthor, indexNames, type NameIndex } from './names.ts';
import { type Postings, postTerms } from './postings.ts';
import { countTerms, type TermVector, weighTerms } from './terms.ts';
import { type Candidates, findAlike, type Neighbours } from './variety.ts';

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
  readonly abbreviations: Abbreviations;
  readonly names: NameIndex;
  /** How much the many like a paper, from 0 to 1; to the precision of 32 bits. */
  readonly popularity: Float64Array;
  /** How early a paper comes for readers without wishes, from 0 to 1. */
  readonly leads: Float64Array;
  /** The places of the first paper of each group. */
  readonly firsts: ReadonlySet<number>;
  /** The places of what is no research, and comes behind all that is. */
  readonly behind: readonly number[];
  readonly alike: Neighbours;
  readonly found: Found;
  readonly met: MetTaste;
  readonly slate: Slate;
}

export interface IndexedPaper {
  readonly paper: RankablePaper;
  /** Stems between spaces, so that a phrase is a substring. */
  readonly title: string;
  readonly abstract: string;
  /** Stems of the authors' names and the categories, likewise. */
  readonly others: string;
  /** Words in their own case: of the title, the abstract and each author, a list each. */
  readonly written: readonly (readonly string[])[];
  /** What its text explains. */
  readonly abbreviations: readonly Abbreviation[];
  readonly vector: TermVector;
}

/** Places of papers, ascending, and what something gives each. */
export interface Hits {
  readonly papers: Int32Array;
  readonly scores: Float64Array;
  /** How well each fits what was asked for; absent where all do. */
  readonly fits?: Uint8Array;
}

/** Of a paper beside a topic: it shares a word, it is near, it is about it. */
export const fit = { touched: 0, near: 1, named: 2 } as const;

/** What was looked up for one reader and serves the next: a memory, bounded by its users. */
export interface Found {
  /** By what was looked up and how. */
  readonly hits: Map<string, Map<string, Hits>>;
  readonly followed: Map<string, ReadonlyMap<number, FollowedAuthor>>;
  /** How much all that takes up, in entries. */
  size: number;
}

/** Arrays by a paper's place that serve every reader in turn, so that a reader costs no new ones. */
export interface Slate {
  readonly scores: Float64Array;
  readonly isMatch: Uint8Array;
  readonly isLiked: Uint8Array;
  readonly isTouched: Uint8Array;
  /** The number of the excluded word that keeps a paper away; 0 where none does. */
  readonly away: Int32Array;
  /** All zeros between two readers. */
  readonly repeated: Float32Array;
  readonly candidates: Candidates;
}

/** Prepares an edition's papers, in the edition's order, for ranking beside the texts stored here. */
export function buildRankingIndex(
  papers: readonly RankablePaper[],
  background?: Background,
): RankingIndex {
  const counts = papers.map(({ title, abstract }) => countTerms(`${title}. ${abstract}`));
  const rarityIn = rareOnce({ background, edition: countUse(counts) });
  return assemble(
    papers.map((paper, at) => ({
      paper,
      ...readWords(paper),
      abbreviations: readAbbreviations(`${paper.title}. ${paper.abstract}`),
      vector: weighTerms(counts[at] ?? none, rarityIn),
    })),
  );
}

function readWords({ title, abstract, authors, categories }: RankablePaper) {
  const names = authors.map(({ name }) => name);
  return {
    title: stemsOf(title),
    abstract: stemsOf(abstract),
    others: [...names, ...categories].map(stemsOf).join(''),
    written: [title, abstract, ...names].map(writtenWordsOf),
  };
}

const none: ReadonlyMap<number, number> = new Map();

/** Several editions' papers as one, in the order given; costs less than building them anew. */
export function joinIndexes(indexes: readonly RankingIndex[]): RankingIndex {
  const [only] = indexes;
  return only && indexes.length === 1 ? only : assemble(indexes.flatMap(({ papers }) => papers));
}

function assemble(papers: readonly IndexedPaper[]): RankingIndex {
  const postings = postTerms(papers.map(({ vector }) => vector));
  const popularity = measurePopularity(papers);
  return {
    papers,
    behind: papers.flatMap(({ paper }, place) => (isResearch(paper.kind) ? [] : [place])),
    postings,
    papersByStem: postStems(papers),
    abbreviations: joinAbbreviations(papers.map(({ abbreviations }) => abbreviations)),
    names: indexNames(papers.map(({ paper }) => paper.authors)),
    popularity,
    leads: rankLeads(papers, popularity),
    firsts: findFirsts(papers),
    alike: findAlike(postings),
    found: { hits: new Map(), followed: new Map(), size: 0 },
    met: createMetTaste(),
    slate: createSlate(papers.length),
  };
}

/** Makes a slate for so many papers. */
export function createSlate(count: number): Slate {
  return {
    scores: new Float64Array(count),
    isMatch: new Uint8Array(count),
    isLiked: new Uint8Array(count),
    isTouched: new Uint8Array(count),
    away: new Int32Array(count),
    repeated: new Float32Array(count),
    candidates: { count: 0, places: new Int32Array(count), scores: new Float64Array(count) },
  };
}

/** How rare terms are in an edition: of those that are used, most are used by several papers. */
function rareOnce(beside: Surroundings): (term: number) => number {
  const known = new Map<number, number>();
  return (term) => {
    const rarity = known.get(term) ?? rarityOf(term, beside);
    known.set(term, rarity);
    return rarity;
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
  for (const [place, { title, abstract, others }] of papers.entries()) {
    for (const stem of new Set(`${title}${abstract}${others}`.split(' '))) {
      if (stem === '') continue;
      const list = lists.get(stem);
      if (list) list.push(place);
      else lists.set(stem, [place]);
    }
  }
  return lists;
}

/** Readers of this service count more than strangers, and the first votes more than the last. */
export const OWN_VOTES = 3;

/** How many votes a paper has, of the feed's site and of our own readers; at least none. */
export function votesOn({ upvotes = 0, votes = 0 }: RankablePaper): number {
  return Math.max(0, upvotes + OWN_VOTES * votes);
}

function measurePopularity(papers: readonly IndexedPaper[]): Float64Array {
  const votes = papers.map(({ paper }) => Math.log1p(votesOn(paper)));
  const most = votes.reduce((a, b) => Math.max(a, b), 0) || 1;
  return Float64Array.from(votes, (count) => Math.fround(count / most));
}

function findFirsts(papers: readonly IndexedPaper[]): ReadonlySet<number> {
  const firsts = new Map<string, number>();
  for (const [place, { paper }] of papers.entries()) {
    if (!firsts.has(paper.groupLabel)) firsts.set(paper.groupLabel, place);
  }
  return new Set(firsts.values());
}

/**
 * Popular papers, by their votes, in the upper half; in the lower the first paper of each
 * group, then the second of each, and so on.
 */
function rankLeads(papers: readonly IndexedPaper[], popularity: Float64Array): Float64Array {
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
  return ` ${wordsOf(text).map(stemOf).join(' ')} `;
}
