import type { NamedAuthor, Reason, ReasonPart } from '../ranking/reason.ts';
import { nameField } from '../reader/field-names.ts';
import type { Words } from '../words/words.ts';

type PartOf<Code extends ReasonPart['code']> = Extract<ReasonPart, { code: Code }>;

/** In which language, and the name of the group that the paper stands in. */
export interface Saying {
  readonly words: Words;
  readonly groupLabel: string;
}

/** The sentence of each code. */
const sentences: {
  readonly [Code in ReasonPart['code']]: (part: PartOf<Code>, saying: Saying) => string;
} = {
  topics: ({ names }, { words }) => words.say('reason.topics', listed(names, words)),
  near: ({ names }, { words }) => words.say('reason.near', listed(names, words)),
  field: ({ id }, { words }) => words.say('reason.field', { field: nameField(id, words) }),
  library: ({ papers: count }, { words }) => words.say('reason.library', { count }),
  more: ({ like }, { words }) =>
    like ? words.say('reason.like', { title: like }) : words.say('reason.liked'),
  authors: ({ authors }, { words }) => sayAuthors(authors, words),
  popular: (_part, { words }) => words.say('reason.popular'),
  upvotes: ({ votes }, { words }) =>
    words.say('reason.upvotes', { upvotes: words.say('upvotes', { count: votes }) }),
  readers: ({ votes: count }, { words }) =>
    words.say('reason.readers', { count, number: words.numeral(count) }),
  votes: ({ votes: count }, { words }) => words.say('reason.votes', { count }),
  leads: (_part, { words, groupLabel: group }) => words.say('reason.leads', { group }),
  group: (_part, { words, groupLabel: group }) => words.say('reason.group', { group }),
};

/** Says why a paper was chosen, in sentences. */
export function sayReason(reason: Reason, saying: Saying): string {
  if (typeof reason === 'string') return reason;
  return reason.map((part) => sayPart(part, saying)).join(' ');
}

function sayPart<Code extends ReasonPart['code']>(part: PartOf<Code>, saying: Saying): string {
  const say = sentences[part.code as Code] as (part: PartOf<Code>, saying: Saying) => string;
  return say(part, saying);
}

function listed(names: readonly string[], words: Words) {
  return { names: words.join(names), count: names.length };
}

function sayAuthors([first, ...others]: readonly NamedAuthor[], words: Words): string {
  if (!first) return '';
  const { followed, printed, isSure } = first;
  if (others.length === 0 && !isSure) {
    return words.say('reason.maybeAuthor', { printed, followed });
  }
  const names = others.length > 0 ? [first, ...others].map((author) => author.printed) : [followed];
  return words.say('reason.authors', listed(names, words));
}

/** As it begins a reason, also where an older version froze it in words. */
const BEGINS_OUTSIDE = /^outside your usual(?:[.;] ?|$)/i;

/** The same with what the label of its place says, for who shows no label. */
export function sayPlacedReason(
  { reason, place }: { reason: Reason; place?: string | undefined },
  saying: Saying,
): string {
  const said = sayReason(reason, saying);
  if (place !== 'outside' || typeof reason === 'string') return said;
  const outside = saying.words.say('reason.outside');
  return said === '' ? outside : `${outside} ${said}`;
}

/** The same without it: the label of the place says what the reason began with. */
export function sayLabelledReason(
  { reason, place }: { reason: Reason; place?: string | undefined },
  saying: Saying,
): string {
  const said = sayReason(reason, saying);
  return place === 'outside' ? said.replace(BEGINS_OUTSIDE, '') : said;
}
