import type { OwnProposalLine, ProposalView } from '../../core/letter/acting-pages.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { type ProposalState, sayFault } from '../../core/paper/proposals.ts';
import { shortDate } from '../../core/reader/schedule.ts';
import { shortenText } from '../../core/text/text.ts';
import { english } from '../../core/words/words.ts';
import type { Proposal } from '../../store/readers/proposals.ts';

const LONGEST_TITLE = 300;
const LONGEST_AUTHORS = 200;
const LONGEST_ABSTRACT = 600;

/** A proposed paper as all see it, without who proposed it unless they wished to be named. */
export function viewProposal({ id, key, paper, named, votes }: Proposal): ProposalView {
  const authors = shortenText(nameAuthors(paper?.authors ?? [], english), LONGEST_AUTHORS);
  const abstract = shortenText(paper?.abstract ?? '', LONGEST_ABSTRACT);
  const published = paper?.publishedAt?.toISOString().slice(0, 10);
  return {
    id,
    title: paper ? shortenText(paper.title, LONGEST_TITLE) : key,
    ...(paper?.link ? { link: paper.link } : {}),
    ...(authors ? { authors } : {}),
    ...(abstract ? { abstract } : {}),
    ...(published ? { date: shortDate(published) } : {}),
    ...(named ? { named } : {}),
    votes,
  };
}

const stateWords: Readonly<Record<ProposalState, string>> = {
  asked: 'Its source is being asked. Look again in a minute.',
  refused: 'Not shown.',
  shown: 'Shown to everybody.',
  taken: 'Taken: it comes with an edition.',
  down: 'Taken down.',
};

/** A reader's own proposal, with what became of it. */
export function viewOwnProposal(
  proposal: Proposal,
  isPublic: ReadonlySet<number>,
): OwnProposalLine {
  const { id, state, reason, paperId, votes } = proposal;
  const why = reason ? ` ${sayFault(reason)}` : '';
  const count = state === 'shown' ? ` ${votes} of the others want it.` : '';
  return {
    id,
    title: viewProposal(proposal).title,
    ...(paperId && isPublic.has(paperId) ? { link: `/papers/${paperId}` } : {}),
    said: `${stateWords[state]}${why}${count}`,
    canWithdraw: state === 'asked' || state === 'shown' || state === 'refused',
  };
}
