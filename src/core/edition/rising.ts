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
