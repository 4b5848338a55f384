import { LOOKED_UP, type LookUpScheme } from '../feed/look-ups.ts';
import { cleanText } from '../text/text.ts';
import type { Words } from '../words/words.ts';
import { readIdentifier } from './identifier.ts';
import { isAmendment } from './kind.ts';
import type { Paper } from './paper.ts';

/** So many papers a reader proposes in a day. */
export const PROPOSALS_A_DAY = 3;
/** So many readers beside the one who proposed a paper take it into the draft. */
export const READERS_TO_TAKE = 3;
/** What is older is no news. */
export const OLDEST_DAYS = 90;
const DAY_MS = 24 * 3_600_000;
const LONGEST_NAMED = 60;

/**
 * What becomes of a proposal: *asked* of its source, *refused*, *shown* to all, *taken* into a
 * draft, or taken *down*.
 */
export const proposalStates = ['asked', 'refused', 'shown', 'taken', 'down'] as const;
export type ProposalState = (typeof proposalStates)[number];

/** Why a proposal is not shown, once its source answered. */
export type ProposalFault = (typeof proposalFaults)[number];
const proposalFaults = ['unknown', 'undated', 'old', 'future', 'no_paper', 'here'] as const;

/** A paper named by an id that its source can be asked for. */
export interface ProposedId {
  readonly scheme: LookUpScheme;
  /** As the paper's own key writes it: `arxiv:2505.01234`. */
  readonly key: string;
}

/** Reads an arXiv id, a DOI, a PubMed id or a link that holds one; what is wrong, in a sentence. */
export function readProposal(typed: string): ProposedId | { readonly fault: string } {
  const found = readIdentifier(typed, true);
  const scheme = LOOKED_UP.find((each) => each === found?.scheme);
  if (found && scheme) return { scheme, key: `${scheme}:${found.id}` };
  return {
    fault:
      'No arXiv id, DOI or PubMed id is in this. Copy one, or the address of the paper’s page at arXiv, a journal or PubMed.',
  };
}

/** Reads under which name a paper is proposed; null for none. It is a name, and leads nowhere. */
export function readNamed(typed: string): { readonly named: string | null } | { fault: string } {
  const named = cleanText(typed).replace(/\s+/g, ' ').trim();
  if (named === '') return { named: null };
  if ([...named].length > LONGEST_NAMED) {
    return { fault: `A name has at most ${LONGEST_NAMED} letters.` };
  }
  return /[@/]|www\.|\w\.\w/i.test(named)
    ? { fault: 'A name is words: no address, and no link.' }
    : { named };
}

/** What speaks against a paper that a source told of; undefined where nothing does. */
export function judgeProposal(paper: Paper | undefined, now: Date): ProposalFault | undefined {
  if (!paper) return 'unknown';
  if (isAmendment(paper.kind) || (paper.kind && !['paper', 'review'].includes(paper.kind))) {
    return 'no_paper';
  }
  if (!paper.publishedAt) return 'undated';
  const days = (now.getTime() - paper.publishedAt.getTime()) / DAY_MS;
  if (days > OLDEST_DAYS) return 'old';
  // A journal's issue may be dated some weeks ahead.
  return days < -OLDEST_DAYS ? 'future' : undefined;
}

/** Why a proposal was refused, in a sentence; the words of an operator stay as they are. */
export function sayFault(reason: string, words: Words): string {
  const fault = proposalFaults.find((each) => each === reason);
  return fault ? words.say(`proposalFault.${fault}`, { count: OLDEST_DAYS }) : reason;
}

/** What becomes of a vote: the paper is taken where enough others want it. */
export function isWanted(votes: number): boolean {
  return votes >= READERS_TO_TAKE;
}
