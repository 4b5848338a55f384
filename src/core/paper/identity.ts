import { ID_SCHEMES, type IdScheme } from './id-form.ts';
import {
  haveSameAuthors,
  haveSameText,
  isOtherTitle,
  isSameTitle,
  isTellingTitle,
  titleOverlap,
} from './likeness.ts';
import { fragmentOf } from './link.ts';
import type { Paper } from './paper.ts';
import { isGenericTitle, isRemark } from './remarks.ts';

// What decides whether two papers are one, in order. A paper that is taken for another is in
// no mail, and one that is not recognised is mailed twice: so what says most comes first, and
// what says little decides only where nothing speaks against it.

/** A paper and everything it is known by, see `paperKeys`. */
export interface Known {
  readonly keys: ReadonlySet<string>;
  readonly paper: Pick<Paper, 'title' | 'abstract' | 'authors' | 'link' | 'publishedAt'>;
}

export type Verdict = 'same' | 'other';

/** One kind of evidence; undefined where it says nothing of the two. */
export interface IdentityRule {
  readonly evidence: string;
  readonly reason: string;
  readonly judge: (a: Known, b: Known) => Verdict | undefined;
}

/** The rules, in the order in which they decide: the first that says something is believed. */
export const IDENTITY_RULES: readonly IdentityRule[] = [
  {
    evidence: 'an id of one kind',
    reason:
      'Somebody gave it to this work and to no other: two ids of one kind are two works, and of several kinds the strongest decides, since a work has one arXiv id but may have a second DOI.',
    judge: compareIds,
  },
  {
    evidence: 'a remark and no remark',
    reason: 'A correction, a retraction or a reply has the title, authors and page of its paper.',
    judge: (a, b) => (isRemark(a.paper.title) === isRemark(b.paper.title) ? undefined : 'other'),
  },
  {
    evidence: 'what the feed itself calls the item',
    reason:
      'The same name in the same feed is the same item, whatever became of its link and title. Other names are other items, unless the titles are equal: some feeds name their items anew each time.',
    judge: compareGuids,
  },
  {
    evidence: 'the link',
    reason:
      'A page of its own is one paper, also where its title was mended. It is no page of its own where titles, authors, texts, or the places in the page are others.',
    judge: compareLinks,
  },
  {
    evidence: 'an equal title',
    reason:
      'It is enough beside equal authors or texts, or where one of the two has no id to say otherwise; never where many papers have it ("Editorial").',
    judge: compareTitles,
  },
];

/** Whether two papers are one, by the first rule that says so. */
export function isSameWork(a: Known, b: Known): boolean {
  for (const { judge } of IDENTITY_RULES) {
    const verdict = judge(a, b);
    if (verdict !== undefined) return verdict === 'same';
  }
  return false;
}

/** Whether a key is an id, and not a name in a feed, a link or a title. */
export function isIdKey(key: string): boolean {
  return SCHEMES.has(schemeOf(key));
}

const SCHEMES: ReadonlySet<string> = new Set<IdScheme>(ID_SCHEMES);

/** What ids say of two works, by their keys: the strongest kind that both have decides. */
export function compareIds(a: Known, b: Known): Verdict | undefined {
  for (const scheme of ID_SCHEMES) {
    const [first, second] = [keysOf(a, scheme), keysOf(b, scheme)];
    if (first.length === 0 || second.length === 0) continue;
    const isShared = second.some((key) => first.includes(key));
    return isShared || (scheme === 'doi' && isMisread(a, b)) ? 'same' : 'other';
  }
  return undefined;
}

/** Older versions took what follows a DOI in a link for a part of it; those papers are still known so. */
function isMisread(a: Known, b: Known): boolean {
  const goesOn = (whole: string, part: string) => whole.startsWith(`${part}/`);
  const [first, second] = [keysOf(a, 'doi'), keysOf(b, 'doi')];
  return (
    isSameTitle(a.paper.title, b.paper.title) &&
    first.some((key) => second.some((other) => goesOn(key, other) || goesOn(other, key)))
  );
}

function compareGuids(a: Known, b: Known): Verdict | undefined {
  const [first, second] = [namesByFeed(a), namesByFeed(b)];
  for (const [feed, names] of first) {
    const others = second.get(feed);
    if (!others) continue;
    if (others.some((name) => names.includes(name))) return areUnlike(a, b) ? 'other' : 'same';
    return isSameTitle(a.paper.title, b.paper.title) ? undefined : 'other';
  }
  return undefined;
}

function compareLinks(a: Known, b: Known): Verdict | undefined {
  const shared = keysOf(b, 'link').some((key) => a.keys.has(key));
  if (!shared) return undefined;
  if (isSameTitle(a.paper.title, b.paper.title)) return 'same';
  const [place, other] = [fragmentOf(a.paper.link), fragmentOf(b.paper.link)];
  if (place !== other || areUnlike(a, b)) return 'other';
  const isMended = titleOverlap(a.paper.title, b.paper.title) >= MENDED_TITLE;
  return isMended || areAlike(a, b) ? 'same' : 'other';
}

/** A title that was mended keeps half of its words. */
const MENDED_TITLE = 0.5;

function areAlike({ paper: a }: Known, { paper: b }: Known): boolean {
  return (
    haveSameAuthors(a.authors, b.authors) === true || haveSameText(a.abstract, b.abstract) === true
  );
}

function compareTitles(a: Known, b: Known): Verdict {
  const [{ paper }, { paper: other }] = [a, b];
  if (!isSameTitle(paper.title, other.title)) return 'other';
  const isSameText = haveSameText(paper.abstract, other.abstract);
  const areSameAuthors = haveSameAuthors(paper.authors, other.authors);
  const isLinkedElsewhere = keysOf(a, 'link').length > 0 && keysOf(b, 'link').length > 0;
  const hasId = [...a.keys, ...b.keys].some(isIdKey);
  if (areSameAuthors === false) return 'other';
  if (isLinkedElsewhere && !hasId && isLongBetween(paper, other)) return 'other';
  if (isSameText) return 'same';
  if ((isLinkedElsewhere || hasId) && isGenericTitle(paper.title)) return 'other';
  if (areSameAuthors) return 'same';
  if (isSameText === false && !isTellingTitle(paper.title)) return 'other';
  if (!isLinkedElsewhere || hasId) return 'same';
  return isTellingTitle(paper.title) && isSameDay(paper, other) ? 'same' : 'other';
}

/** Whether two titles differ, and what else is known of the papers does too. */
function areUnlike({ paper: a }: Known, { paper: b }: Known): boolean {
  if (isSameTitle(a.title, b.title)) return false;
  return (
    haveSameAuthors(a.authors, b.authors) === false ||
    haveSameText(a.abstract, b.abstract) === false ||
    isOtherTitle(a.title, b.title)
  );
}

type Dated = Pick<Paper, 'publishedAt'>;
const LONG_MS = 3 * 24 * 3_600_000;

/** A column has one title for ever, and another date each time. */
function isLongBetween(a: Dated, b: Dated): boolean {
  if (!a.publishedAt || !b.publishedAt) return false;
  return Math.abs(a.publishedAt.getTime() - b.publishedAt.getTime()) > LONG_MS;
}

function isSameDay(a: Dated, b: Dated): boolean {
  const day = ({ publishedAt }: Dated) => publishedAt?.toISOString().slice(0, 10);
  return day(a) !== undefined && day(a) === day(b);
}

function keysOf({ keys }: Known, scheme: string): string[] {
  return [...keys].filter((key) => schemeOf(key) === scheme);
}

/** What each feed calls a paper: `guid:feed:name`. */
function namesByFeed(known: Known): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const key of keysOf(known, 'guid')) {
    const feed = key.split(':')[1] ?? '';
    names.set(feed, [...(names.get(feed) ?? []), key]);
  }
  return names;
}

function schemeOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
