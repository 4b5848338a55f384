/** The words of notices to the operators. */
import { countOf } from '../text/words.ts';
import type { NoticeContent } from './notice.ts';

/** What the mail about a held edition says. */
export interface ApprovalFacts {
  readonly edition: string;
  readonly papers: number;
  readonly publicUrl: string;
  /** When the first readers are due; absent where there are none. */
  readonly firstDue: Date | undefined;
  readonly isReminder: boolean;
}

/** Asks whoever may to release an edition, or reminds them. */
export function writeApproval(facts: ApprovalFacts): NoticeContent {
  const { edition, papers, publicUrl, firstDue, isReminder } = facts;
  const due = firstDue
    ? `The first readers are due at ${firstDue.toISOString().slice(11, 16)} UTC. Whoever is due before it is released gets it with their next digest.`
    : 'Nobody is due before it is released.';
  return {
    subject: `${isReminder ? 'Reminder: edition' : 'Edition'} ${edition} waits for you`,
    paragraphs: [
      `Edition ${edition} is cut: ${countOf(papers, 'paper')}. It goes to no reader until you release it.`,
      due,
      `Look at it and decide: ${publicUrl}/admin/editions/${edition}`,
      `Or type: paperround editions release ${edition}`,
      'If nobody answers until the next edition is cut, its papers pass to that one.',
    ],
    isSubscribed: false,
  };
}
