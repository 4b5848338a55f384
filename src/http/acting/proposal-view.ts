import type { OwnProposalLine, ProposalView } from '../../core/letter/acting-pages.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { sayFault } from '../../core/paper/proposals.ts';
import { shortenText } from '../../core/text/text.ts';
import type { Words } from '../../core/words/words.ts';
import type { Proposal } from '../../store/readers/proposals.ts';

const LONGEST_TITLE = 300;
const LONGEST_AUTHORS = 200;
const LONGEST_ABSTRACT = 600;

/** A proposed paper as all see it, without who proposed it unless they wished to be named. */
export function viewProposal(
  { id, key, paper, named, votes }: Proposal,
  words: Words,
): ProposalView {
  const authors = shortenText(nameAuthors(paper?.authors ?? [], words), LONGEST_AUTHORS);
  const abstract = shortenText(paper?.abstract ?? '', LONGEST_ABSTRACT);
  const published = paper?.publishedAt?.toISOString().slice(0, 10);
  return {
    id,
    title: paper ? shortenText(paper.title, LONGEST_TITLE) : key,
    ...(paper?.link ? { link: paper.link } : {}),
    ...(authors ? { authors } : {}),
    ...(abstract ? { abstract } : {}),
    ...(published ? { date: words.shortDate(published) } : {}),
    ...(named ? { named } : {}),
    votes,
  };
}

/** A reader's own proposal, with what became of it. */
export function viewOwnProposal(
  proposal: Proposal,
  {
    words,
    prefix,
    isPublic,
  }: {
    readonly words: Words;
    /** Of the paths of that language. */
    readonly prefix: string;
    readonly isPublic: ReadonlySet<number>;
  },
): OwnProposalLine {
  const { id, state, reason, paperId, votes } = proposal;
  const said = [
    words.say(`ownProposal.${state}`),
    ...(reason ? [sayFault(reason, words)] : []),
    ...(state === 'shown' ? [words.say('ownProposal.votes', { count: votes })] : []),
  ];
  return {
    id,
    title: viewProposal(proposal, words).title,
    ...(paperId && isPublic.has(paperId) ? { link: `${prefix}/papers/${paperId}` } : {}),
    said: said.join(' '),
    canWithdraw: state === 'asked' || state === 'shown' || state === 'refused',
  };
}
