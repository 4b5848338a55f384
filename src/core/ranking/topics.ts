import type { Abbreviation } from './abbreviations.ts';
import { rarityOf } from './background.ts';
import { findUsing, rememberHits, toHits } from './hits.ts';
import { slotOf } from './postings.ts';
import { fit, type Hits, type IndexedPaper, type RankingIndex } from './ranking-index.ts';
import { type Spelling, spellingsOf } from './spellings.ts';
import { countStems, tellingStems, weighTerms } from './terms.ts';

/**
 * The papers that a word, phrase or category of the reader's means, with how well, 0 to 2: in
 * the title or the categories it weighs more than in the abstract, however rare, and a rare
 * one more than a common one. Papers that do not name it, but use all its words in the title or
 * close together, are *near*; what else shares a word is *touched*. With `primary`, only a
 * paper's first category counts.
 */
export function findTopic(index: RankingIndex, topic: string, primary: boolean): Hits {
  return rememberHits(index, [primary ? 'topic of the first category' : 'topic', topic], () => {
    const { abbreviations, papersByStem } = index;
    const usage = { abbreviations, isUsed: (stem: string) => papersByStem.has(stem) };
    const spellings = spellingsOf(topic, usage);
    const named = findNamed(index, { topic, spellings, primary });
    const inWords = CATEGORY.test(topic) ? [] : spellings;
    const fits = new Map<number, number>();
    for (const place of findNear(index, inWords)) fits.set(place, fit.near);
    const scores = new Map<number, number>();
    for (const place of findHinted(index, inWords)) scores.set(place, 0);
    for (const [place, likeness] of findAlike(index, inWords)) {
      scores.set(place, LIKENESS * Math.min(MOST_ALIKE, likeness));
    }
    for (const [place, score] of named) {
      scores.set(place, score + (scores.get(place) ?? 0));
      fits.set(place, fit.named);
    }
    const hits = toHits(scores);
    return {
      ...hits,
      fits: Uint8Array.from(hits.papers, (place) => fits.get(place) ?? fit.touched),
    };
  });
}

/** Says nothing in words: `cs.LG`. */
const CATEGORY = /^\S+\.\S+$/;
/** What likeness to the words of a topic gives: it orders what names the topic and what is near. */
const LIKENESS = 6;
/** Of short texts chance makes more. */
const MOST_ALIKE = 0.15;
/**
 * So many other words may stand between those of a topic. Of the dev data's papers that name a topic
 * 3.4 % were wanted, of those that are near 1.8 %, of those with the words apart .9 %, of all .6 %.
 */
const BETWEEN = 3;

/** The papers that name a topic, however it is spelt. */
function findNamed(
  index: RankingIndex,
  given: { topic: string; spellings: readonly Spelling[]; primary: boolean },
): Map<number, number> {
  const { topic, spellings, primary } = given;
  const category = topic.trim().toLowerCase();
  const strengths = new Map<number, { isNamed: boolean; mentions: number }>();
  for (const { phrase, by } of spellings) {
    for (const place of findUsing(index, phrase)) {
      const entry = index.papers[place];
      if (!entry || (by && explainsOtherwise(entry, by))) continue;
      const named = primary ? entry.paper.categories.slice(0, 1) : entry.paper.categories;
      const isIn = named.some((name) => name.toLowerCase() === category);
      const known = strengths.get(place);
      strengths.set(place, {
        isNamed: known?.isNamed || isIn || entry.title.includes(phrase),
        mentions: (known?.mentions ?? 0) + count(entry.abstract, phrase),
      });
    }
  }
  const hits = new Map<number, number>();
  for (const [place, { isNamed, mentions }] of strengths) {
    const score = (isNamed ? 0.5 : 0) + (0.5 * mentions) / (1 + mentions);
    if (score > 0) hits.set(place, score);
  }
  const rarity = 1 - Math.log(1 + hits.size) / Math.log(2 + index.papers.length);
  return new Map([...hits].map(([place, score]) => [place, score * (1 + rarity)]));
}

function explainsOtherwise({ abbreviations }: IndexedPaper, by: Abbreviation): boolean {
  return abbreviations.some(({ short, long }) => short === by.short && long !== by.long);
}

/** The papers that use all words of a topic in the title, or close together. */
function findNear(index: RankingIndex, spellings: readonly Spelling[]): Set<number> {
  const near = new Set<number>();
  for (const { phrase, by } of spellings) {
    const words = new Set(tellingStems(phrase));
    for (const place of words.size < 2 ? [] : findUsing(index, [...words].join(' '))) {
      const entry = index.papers[place];
      if (!entry || (by && explainsOtherwise(entry, by))) continue;
      const [title, abstract] = [entry.title.trim().split(' '), entry.abstract.split(' ')];
      const isNear =
        [...words].every((word) => title.includes(word)) || standTogether(abstract, words);
      if (isNear) near.add(place);
    }
  }
  return near;
}

/** Shorter words stand in others by chance. */
const SHORTEST_HINT = 5;

/** The papers with a word of a topic within a word of the title, as `AgentRewardBench` has `reward`. */
function findHinted({ papers }: RankingIndex, spellings: readonly Spelling[]): number[] {
  const words = [...new Set(spellings.flatMap(({ phrase }) => tellingStems(phrase)))];
  const long = words.filter((word) => word.length >= SHORTEST_HINT);
  return [...papers.entries()].flatMap(([place, { title }]) =>
    long.some((word) => title.includes(word)) ? [place] : [],
  );
}

/** Whether all of some words stand somewhere with few others between. */
function standTogether(text: readonly string[], words: ReadonlySet<string>): boolean {
  const last = new Map<string, number>();
  for (const [at, word] of text.entries()) {
    if (!words.has(word)) continue;
    last.set(word, at);
    const isAll = last.size === words.size;
    if (isAll && at - Math.min(...last.values()) < words.size + BETWEEN) return true;
  }
  return false;
}

/** How alike the papers that share words with a topic are to it. */
function findAlike(
  { papers, postings }: RankingIndex,
  spellings: readonly Spelling[],
): Map<number, number> {
  const found = new Map<number, number>();
  for (const { phrase, by } of spellings) {
    const { terms, weights } = weighTerms(countStems(phrase), (term) => rarityOf(term));
    const alike = new Map<number, number>();
    for (const [at, term] of terms.entries()) {
      const slot = slotOf(postings, term);
      const end = postings.starts[slot + 1] ?? 0;
      for (let entry = postings.starts[slot] ?? end; entry < end; entry++) {
        const place = postings.papers[entry] as number;
        const given = (weights[at] ?? 0) * (postings.weights[entry] as number);
        alike.set(place, (alike.get(place) ?? 0) + given);
      }
    }
    for (const [place, likeness] of alike) {
      const entry = papers[place];
      if (by && entry && explainsOtherwise(entry, by)) continue;
      found.set(place, Math.max(found.get(place) ?? 0, likeness));
    }
  }
  return found;
}

function count(text: string, phrase: string): number {
  let hits = 0;
  // One space is shared by neighbouring hits.
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length - 1)) {
    hits += 1;
  }
  return hits;
}
