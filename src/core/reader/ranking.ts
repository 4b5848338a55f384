import { stemmer } from 'stemmer';
import type { Author } from '../paper/paper.ts';
import type { Profile } from './subscription.ts';

/** A paper as the ranking sees it. */
export interface RankablePaper {
  readonly id: number;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly groupLabel: string;
  readonly upvotes?: number;
}

/** A chosen paper and the reason that counted. */
export interface Choice {
  readonly paper: number;
  readonly reason: string;
}

/** What one reader gets of the day. */
export interface Ranking {
  /** Best first. */
  readonly choices: readonly Choice[];
  /** Papers that an excluded word keeps away, each with the word as the reader typed it. */
  readonly hidden: readonly HiddenPaper[];
}

export interface HiddenPaper {
  readonly paper: number;
  readonly word: string;
}

/** What is worked out once for an edition and serves every reader. */
export interface RankingIndex {
  readonly papers: readonly IndexedPaper[];
}

interface IndexedPaper {
  readonly paper: RankablePaper;
  /** Stems between spaces, so that a phrase is a substring. */
  readonly title: string;
  readonly abstract: string;
  readonly names: readonly string[];
}

interface Match {
  readonly paper: RankablePaper;
  readonly score: number;
  readonly reason: string;
}

const AUTHOR_BONUS = 1_000;

/** Prepares an edition's papers, in the edition's order, for ranking. */
export function buildRankingIndex(papers: readonly RankablePaper[]): RankingIndex {
  return {
    papers: papers.map((paper) => ({
      paper,
      title: stems(paper.title),
      abstract: stems(paper.abstract),
      names: paper.authors.map(({ name }) => stems(name)),
    })),
  };
}

/**
 * Chooses at most `most` papers for one reader, best first, each with the reason that
 * counted: followed authors first, then topics by how rare and how prominent the match
 * is; a reader without wishes gets the leading paper of each group in turn. Excluded
 * words are absolute. No choices where nothing matches.
 */
export function rankPapers(index: RankingIndex, profile: Profile, most: number): Ranking {
  const excluded = profile.exclude
    .map((word) => ({ word, phrase: stems(word) }))
    .filter(({ phrase }) => phrase.trim() !== '');
  const hidden = index.papers.flatMap((entry) => {
    const rule = excluded.find(({ phrase }) => holds(entry, phrase));
    return rule ? [{ paper: entry.paper.id, word: rule.word }] : [];
  });
  const away = new Set(hidden.map(({ paper }) => paper));
  const allowed = index.papers.filter(({ paper }) => !away.has(paper.id));
  const hasWishes = profile.topics.length + profile.authors.length > 0;
  const matches = hasWishes ? matchWishes(allowed, profile) : leadersOf(allowed);
  const choices = matches
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ paper, reason }) => ({ paper: paper.id, reason }));
  return { choices, hidden };
}

function matchWishes(entries: readonly IndexedPaper[], profile: Profile): Match[] {
  const topics = profile.topics
    .map((topic) => topicOn(entries, topic))
    .filter((topic) => topic !== undefined);
  const matches: Match[] = [];
  for (const entry of entries) {
    const author = profile.authors.find((name) => isBy(entry, name));
    const hits = topics
      .map(({ topic, score }) => ({ topic, score: score(entry) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score);
    if (!author && hits.length === 0) continue;
    const score = hits.reduce((sum, hit) => sum + hit.score, author ? AUTHOR_BONUS : 0);
    const topicsHit = hits
      .slice(0, 3)
      .map(({ topic }) => topic)
      .join(', ');
    const reason = author ? `by ${author}, whom you follow` : `matches: ${topicsHit}`;
    matches.push({ paper: entry.paper, score, reason });
  }
  return matches;
}

/**
 * How well each paper fits one topic, 0 to 2: a topic in the title or the categories weighs
 * more than one in the abstract, however rare, and a rare topic more than a common one.
 */
function topicOn(entries: readonly IndexedPaper[], topic: string) {
  const phrase = stems(topic);
  if (phrase.trim() === '') return undefined;
  const category = topic.toLowerCase();
  const strength = (entry: IndexedPaper) => {
    const isIn = entry.paper.categories.some((name) => name.toLowerCase() === category);
    const mentions = count(entry.abstract, phrase);
    const inAbstract = (0.5 * mentions) / (1 + mentions);
    return (isIn || entry.title.includes(phrase) ? 0.5 : 0) + inAbstract;
  };
  const holding = entries.filter((entry) => strength(entry) > 0).length;
  const rarity = 1 - Math.log(1 + holding) / Math.log(2 + entries.length);
  return { topic, score: (entry: IndexedPaper) => strength(entry) * (1 + rarity) };
}

/** The first paper of each group, then the second of each, and so on; popular ones earlier. */
function leadersOf(entries: readonly IndexedPaper[]): Match[] {
  const seen = new Map<string, number>();
  return entries.map(({ paper }) => {
    const rank = seen.get(paper.groupLabel) ?? 0;
    seen.set(paper.groupLabel, rank + 1);
    const votes = paper.upvotes ?? 0;
    const reason =
      votes > 0 ? `popular: ${votes} votes` : `among the first of “${paper.groupLabel}”`;
    return { paper, score: votes > 0 ? votes : -rank, reason };
  });
}

function holds(entry: IndexedPaper, phrase: string): boolean {
  const inText = entry.title.includes(phrase) || entry.abstract.includes(phrase);
  return (
    inText ||
    entry.names.some((name) => name.includes(phrase)) ||
    entry.paper.categories.some((name) => stems(name) === phrase)
  );
}

/** Name variants: `J. Smith` and `Jane Q. Smith` are the follower's `Jane Smith`. */
function isBy(entry: IndexedPaper, followed: string): boolean {
  const wanted = stems(followed).trim().split(' ');
  const family = wanted.at(-1);
  const given = wanted[0] ?? '';
  return entry.names.some((name) => {
    const parts = name.trim().split(' ');
    if (parts.at(-1) !== family) return false;
    const first = parts[0] ?? '';
    return wanted.length < 2 || first === given || (first.length === 1 && given.startsWith(first));
  });
}

function count(text: string, phrase: string): number {
  let hits = 0;
  // One space is shared by neighbouring hits.
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length - 1)) {
    hits += 1;
  }
  return hits;
}

function stems(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return ` ${(words ?? []).map(stemmer).join(' ')} `;
}
