import type { NamedAuthor, Reason, ReasonPart } from '../ranking/reason.ts';
import { findField } from '../reader/fields.ts';
import { countOf, joinWords, writeNumber } from '../text/words.ts';

type PartOf<Code extends ReasonPart['code']> = Extract<ReasonPart, { code: Code }>;

/** The sentence of each code: the one place that a reason's language comes from. */
const words: {
  readonly [Code in ReasonPart['code']]: (part: PartOf<Code>, groupLabel: string) => string;
} = {
  topics: ({ names }) => `You follow ${joinWords(names)}.`,
  near: ({ names }) => `Close to ${joinWords(names)}, which you follow.`,
  field: ({ id }) => `You follow the field ${findField(id)?.name ?? id}.`,
  library: ({ papers }) => `Like ${countOf(papers, 'paper')} in your library.`,
  more: ({ like }) =>
    like ? `Like “${like}”, which you voted for.` : 'Like papers that you voted for.',
  authors: ({ authors }) => sayAuthors(authors),
  popular: () => 'Popular today.',
  upvotes: ({ votes }) => `${countOf(votes, 'upvote')} on Hugging Face.`,
  readers: ({ votes }) =>
    `${writeNumber(votes)} ${votes === 1 ? 'reader' : 'readers'} here voted for it.`,
  votes: ({ votes }) => `It has ${countOf(votes, 'vote')}.`,
  leads: (_part, label) => `Leads today’s group “${label}”.`,
  group: (_part, label) => `High up in today’s group “${label}”.`,
};

/** Says why a paper was chosen, in sentences; `groupLabel` names the group that it stands in. */
export function sayReason(reason: Reason, groupLabel: string): string {
  if (typeof reason === 'string') return reason;
  return reason.map((part) => sayPart(part, groupLabel)).join(' ');
}

function sayPart<Code extends ReasonPart['code']>(part: PartOf<Code>, label: string): string {
  const say = words[part.code as Code] as (part: PartOf<Code>, label: string) => string;
  return say(part, label);
}

function sayAuthors([first, ...others]: readonly NamedAuthor[]): string {
  if (!first) return '';
  if (others.length > 0) {
    return `By ${joinWords([first, ...others].map(({ printed }) => printed))}, whom you follow.`;
  }
  const { followed, printed, isSure } = first;
  return isSure ? `By ${followed}, whom you follow.` : `By ${printed}; you follow ${followed}.`;
}

const OUTSIDE = 'Outside your usual.';
/** As it begins a reason, also where an older version froze it in words. */
const BEGINS_OUTSIDE = /^outside your usual(?:[.;] ?|$)/i;

/** The same with what the label of its place says, for who shows no label. */
export function sayPlacedReason(
  { reason, place }: { reason: Reason; place?: string | undefined },
  groupLabel: string,
): string {
  const said = sayReason(reason, groupLabel);
  if (place !== 'outside' || typeof reason === 'string') return said;
  return said === '' ? OUTSIDE : `${OUTSIDE} ${said}`;
}

/** The same without it: the label of the place says what the reason began with. */
export function sayLabelledReason(
  { reason, place }: { reason: Reason; place?: string | undefined },
  groupLabel: string,
): string {
  const said = sayReason(reason, groupLabel);
  return place === 'outside' ? said.replace(BEGINS_OUTSIDE, '') : said;
}
