import type { Words } from '../words/words.ts';

/** A paper of an edition with its votes when the edition was cut, and today. */
export interface VotedPaper {
  readonly edition: number;
  readonly paper: number;
  readonly votesAtCut: number;
  readonly votes: number;
}

/** A paper that gained many votes since its edition was cut, frozen with the digest that shows it. */
export interface RisingPaper {
  readonly edition: number;
  readonly paper: number;
  readonly votes: number;
  /** Votes since the cut. */
  readonly gained: number;
}

/** How many rising papers a digest shows at most. */
export const MOST_RISING = 3;
/** Of so many of the last editions. */
export const RISING_EDITIONS = 7;
/** Hugging Face gives a paper of the middle about ten votes on its day. */
const MANY = 10;

/** The papers that gained many votes since their cut, and at least as many as they had then; the steepest first. */
export function findRising(papers: readonly VotedPaper[]): RisingPaper[] {
  return papers
    .map(({ edition, paper, votes, votesAtCut }) => ({
      edition,
      paper,
      votes,
      gained: votes - votesAtCut,
    }))
    .filter(({ votes, gained }) => gained >= MANY && gained >= votes - gained)
    .sort((a, b) => b.gained - a.gained || a.paper - b.paper);
}

/** What is known of a paper of the last editions, for the front page. */
export interface HeatFacts {
  /** Votes on the feed's own site since its edition was cut. */
  readonly gained: number;
  /** Votes of readers here, for less against for more; 0 below `FEWEST_READERS` of them. */
  readonly here: number;
  readonly cutAt: Date;
}

/** Fewer readers' votes are shown to nobody: they would say who voted. */
export const FEWEST_READERS = 5;
/** There are far fewer readers here than there, and each of them reads. */
const HERE_WEIGHT = 3;
const HALVED_AFTER_DAYS = 2;
const DAY_MS = 24 * 3_600_000;

/**
 * What is rising, the hottest first: votes gained elsewhere and three times those of readers here,
 * halved with every two days since its edition. Fewer than ten votes, so weighted, are no rise.
 */
export function rankRising<Facts extends HeatFacts>(papers: readonly Facts[], now: Date): Facts[] {
  const heatOf = (facts: HeatFacts) =>
    votesOf(facts) * 0.5 ** (daysOf(facts, now) / HALVED_AFTER_DAYS);
  return papers
    .filter((facts) => votesOf(facts) >= MANY)
    .map((facts) => ({ facts, heat: heatOf(facts) }))
    .sort((a, b) => b.heat - a.heat)
    .map(({ facts }) => facts);
}

function votesOf({ gained, here }: HeatFacts): number {
  return Math.max(0, gained) + HERE_WEIGHT * Math.max(0, here);
}

function daysOf({ cutAt }: HeatFacts, now: Date): number {
  return Math.max(0, now.getTime() - cutAt.getTime()) / DAY_MS;
}

/** The numbers that a paper rises by, such as `31 votes upstream, 6 here, 2 days old`. */
export function sayRising(facts: HeatFacts, now: Date, words: Words): string {
  const days = Math.floor(daysOf(facts, now));
  const votes = [
    ...(facts.gained > 0 ? [words.say('rising.upvotes', { count: facts.gained })] : []),
    ...(facts.here > 0 ? [words.say('rising.votes', { count: facts.here })] : []),
  ];
  const when = days === 0 ? words.say('rising.today') : words.say('rising.days', { count: days });
  return [...votes, when].join(', ');
}
