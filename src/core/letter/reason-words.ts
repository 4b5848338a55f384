import type { NamedAuthor, Reason, ReasonPart } from '../ranking/reason.ts';
import { findField } from '../reader/fields.ts';
import { countOf } from '../text/words.ts';

type PartOf<Code extends ReasonPart['code']> = Extract<ReasonPart, { code: Code }>;

/** The words of each code: the one place that a reason's language comes from. */
const words: {
  readonly [Code in ReasonPart['code']]: (part: PartOf<Code>, groupLabel: string) => string;
} = {
  topics: ({ names }) => `matches: ${names.join(', ')}`,
  near: ({ names }) => `near your ${names.length === 1 ? 'topic' : 'topics'} ${names.join(', ')}`,
  field: ({ id }) => `in ${findField(id)?.name ?? id}`,
  library: ({ papers }) => `like ${countOf(papers, 'paper')} in your library`,
  more: ({ like }) =>
    like ? `like “${like}”, which you asked for more of` : 'like papers you asked for more of',
  authors: ({ authors }) => sayAuthors(authors),
  popular: () => 'popular today',
  votes: ({ votes }) => `popular: ${countOf(votes, 'vote')}`,
  group: (_part, label) => `among the first of “${label}”`,
};

/** Says why a paper was chosen; `groupLabel` names the group that it stands in. */
export function sayReason(reason: Reason, groupLabel: string): string {
  if (typeof reason === 'string') return reason;
  return reason.map((part) => sayPart(part, groupLabel)).join('; ');
}

function sayPart<Code extends ReasonPart['code']>(part: PartOf<Code>, label: string): string {
  const say = words[part.code as Code] as (part: PartOf<Code>, label: string) => string;
  return say(part, label);
}

function sayAuthors([first, ...others]: readonly NamedAuthor[]): string {
  if (!first) return '';
  if (others.length > 0) {
    return `by ${[first, ...others].map(({ printed }) => printed).join(' and ')}, whom you follow`;
  }
  const { followed, printed, isSure } = first;
  return isSure ? `by ${followed}, whom you follow` : `by ${printed}; you follow ${followed}`;
}

const OUTSIDE = 'outside your usual';

/** The same with what the label of its place says, for who shows no label. */
export function sayPlacedReason(
  { reason, place }: { reason: Reason; place?: string | undefined },
  groupLabel: string,
): string {
  const said = sayReason(reason, groupLabel);
  if (place !== 'outside' || typeof reason === 'string') return said;
  return said === '' ? OUTSIDE : `${OUTSIDE}; ${said}`;
}

/** The same without it: the label of the place says what the reason began with. */
export function sayLabelledReason(
  { reason, place }: { reason: Reason; place?: string | undefined },
  groupLabel: string,
): string {
  const said = sayReason(reason, groupLabel);
  return place === 'outside' ? said.replace(/^outside your usual(?:; )?/, '') : said;
}
