import type { Abbreviation } from './abbreviations.ts';
import { rarityOf } from './background.ts';
import { findUsing, rememberHits, toHits } from './hits.ts';
import { slotOf } from './postings.ts';
import { fit, type Hits, type IndexedPaper, type RankingIndex } from './ranking-index.ts';
import { type Spelling, spellingsOf } from './spellings.ts';
import { countStems, numberOf, weighTerms } from './terms.ts';

/**
 * The papers that a word, phrase or category of the reader's means, with how well, 0 to 2: in
 * the title or the categories it weighs more than in the abstract, however rare, and a rare
 * one more than a common one. Papers that do not name it, but use most of what its words tell,
 * are *near*; what else shares a word is *touched*. With `primary`, only a paper's first
 * category counts.
 */
export function findTopic(index: RankingIndex, topic: string, primary: boolean): Hits {
  return rememberHits(index, [primary ? 'topic of the first category' : 'topic', topic], () => {
    const { abbreviations, papersByStem } = index;
    const usage = { abbreviations, isUsed: (stem: string) => papersByStem.has(stem) };
    const spellings = spellingsOf(topic, usage);
    const named = findNamed(index, { topic, spellings, primary });
    const close = CATEGORY.test(topic) ? [] : findClose(index, spellings);
    const scores = new Map<number, number>();
    const fits = new Map<number, number>();
    for (const [place, { likeness, share }] of close) {
      scores.set(place, LIKENESS * likeness);
      fits.set(place, share >= NEAR ? fit.near : fit.touched);
    }
    for (const [place, score] of named) {
      scores.set(place, score + (scores.get(place) ?? 0));
      fits.set(place, fit.named);
    }
    const hits = toHits(scores);
    return { ...hits, fits: Uint8Array.from(hits.papers, (place) => fits.get(place) ?? 0) };
  });
}

/** Says nothing in words: `cs.LG`. */
const CATEGORY = /^\S+\.\S+$/;
/** What likeness to the words of a topic gives: it orders what names the topic and what is near. */
const LIKENESS = 0.6;
/** A paper is near a topic that uses words with so much of what the topic's words tell. */
const NEAR = 0.75;

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

/** The papers that use words of a topic: how alike, and how much of what its words tell they use. */
function findClose(
  { papers, postings }: RankingIndex,
  spellings: readonly Spelling[],
): Map<number, { likeness: number; share: number }> {
  const found = new Map<number, { likeness: number; share: number }>();
  for (const { phrase, by } of spellings) {
    const { terms, weights } = weighTerms(countStems(phrase), (term) => rarityOf(term));
    const words = new Set(phrase.trim().split(' ').map(numberOf));
    const isWord = Array.from(terms, (term) => words.has(term));
    const whole = weights.reduce((sum, weight, at) => sum + (isWord[at] ? weight : 0), 0);
    const met = new Map<number, { likeness: number; share: number }>();
    for (const [at, term] of terms.entries()) {
      const weight = weights[at] ?? 0;
      const slot = slotOf(postings, term);
      const end = postings.starts[slot + 1] ?? 0;
      for (let entry = postings.starts[slot] ?? end; entry < end; entry++) {
        const place = postings.papers[entry] as number;
        const { likeness, share } = met.get(place) ?? { likeness: 0, share: 0 };
        met.set(place, {
          likeness: likeness + weight * (postings.weights[entry] as number),
          share: share + (isWord[at] ? weight / whole : 0),
        });
      }
    }
    for (const [place, close] of met) {
      const entry = papers[place];
      if (by && entry && explainsOtherwise(entry, by)) continue;
      const known = found.get(place);
      found.set(place, {
        likeness: Math.max(known?.likeness ?? 0, close.likeness),
        share: Math.max(known?.share ?? 0, close.share),
      });
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
