import { createHash } from 'node:crypto';
import { ID_SCHEMES } from './id-form.ts';
import { type PaperIds, readIdentifier } from './identifier.ts';
import { foldLink } from './link.ts';

export type { PaperIds } from './identifier.ts';

import { isAmendment } from './kind.ts';
import type { PaperKind } from './kinds.ts';

/** One work as the store and the pages know it, all its versions and feeds together. */
export interface Paper {
  /** Cleaned text: no markup, no TeX, one line. */
  readonly title: string;
  /** Cleaned text; empty where the feed gave none. */
  readonly abstract: string;
  readonly authors: readonly Author[];
  /** As the feed spells them, the primary one first. */
  readonly categories: readonly string[];
  /** An http(s) address for people, where one is known. */
  readonly link?: string;
  /** When the work was published or announced, where the feed says so. */
  readonly publishedAt?: Date;
  /** When the feed took it up, where that is another day: Hugging Face's daily papers. Not stored. */
  readonly announcedAt?: Date;
  /** Votes on the feed's own site (Hugging Face), where it has them. */
  readonly upvotes?: number;
  /** What its authors, or its site, call it by; cleaned. */
  readonly keywords?: readonly string[];
  /** An http(s) address of its code. */
  readonly code?: string;
  readonly announcement?: Announcement;
  /** What its feed calls the item, see `nameItem`; only where it says more than link and ids. Not stored. */
  readonly guid?: string;
  readonly ids: PaperIds;
  /** What it is, where it is more or less than a paper. */
  readonly kind?: PaperKind;
}

/** One author's name in reading order, cleaned. */
export interface Author {
  readonly name: string;
  readonly affiliations?: readonly string[];
}

/** How arXiv announced it, relative to the categories asked for. */
export type Announcement = 'new' | 'cross' | 'replace' | 'replace-cross';

/** Whether a paper was announced as one: a new version of a known work is not a new paper. */
export function isFreshAnnouncement(paper: Pick<Paper, 'announcement'>): boolean {
  return paper.announcement !== 'replace' && paper.announcement !== 'replace-cross';
}

/**
 * The canonical keys of a paper, strongest first: its ids in the order of `ID_SCHEMES`, what its
 * feed calls it, the link, and always the folded title. The first key names the paper. Which
 * papers they join, `isSameWork` says.
 */
export function paperKeys(paper: Pick<Paper, 'ids' | 'link' | 'title' | 'guid'>): string[] {
  const { guid, link, title } = paper;
  const ids = currentIds(paper.ids);
  const keys = ID_SCHEMES.flatMap((scheme) => {
    const id = ids[scheme];
    return id === undefined ? [] : [`${scheme}:${id}`];
  });
  if (ids.article) keys.push(`doi:${ids.article}`);
  if (guid) keys.push(`guid:${guid}`);
  // The link of an arXiv paper says no more than its id.
  if (link && !ids.arxiv) keys.push(`link:${foldLink(link)}`);
  return [...keys, `title:${hash(foldTitle(title) || title).slice(0, 32)}`];
}

/** arXiv's own DOI says no more than its id, and a version's DOI no more than the base. */
function currentIds({ doi, ...ids }: PaperIds): PaperIds {
  const found = doi === undefined ? undefined : readIdentifier(doi);
  return found ? { [found.scheme]: found.id, ...ids } : { ...ids, ...(doi && { doi }) };
}

/** What a feed calls an item, as `Paper.guid` has it: names of different feeds say nothing of each other. */
export function nameItem(feed: string, name: string): string {
  const text = /^https?:/i.test(name) && URL.canParse(name) ? foldLink(name) : name.trim();
  return `${hash(feed).slice(0, 8)}:${hash(text).slice(0, 24)}`;
}

/**
 * Keys as they are written today, of keys that an older version may have stored: DOIs without
 * their version, links without what says nothing, and the ids that they hold.
 */
export function renewKeys(keys: Iterable<string>): Set<string> {
  const renewed = new Set(keys);
  const hasScheme = (scheme: string) => [...renewed].some((key) => key.startsWith(`${scheme}:`));
  for (const key of [...renewed]) {
    const text = key.slice(key.indexOf(':') + 1);
    if (key.startsWith('doi:')) renewed.add(`doi:${readIdentifier(text)?.id ?? text}`);
    const link = `https://${text}`;
    if (!key.startsWith('link:') || !URL.canParse(link)) continue;
    renewed.add(`link:${foldLink(link)}`);
    const found = readIdentifier(link);
    if (found && !hasScheme(found.scheme)) renewed.add(`${found.scheme}:${found.id}`);
  }
  return renewed;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * A known paper with what another source adds: what was missing, the longer abstract, what it is,
 * the newest count of votes. The same object where nothing changed.
 */
export function mergePapers(known: Paper, other: Paper): Paper {
  // An amendment that comes under its paper's own id is not what the paper says.
  if (isAmendment(other.kind) && !isAmendment(known.kind)) return known;
  const gained: Partial<Paper> = {
    ...(other.abstract.length > known.abstract.length && { abstract: other.abstract }),
    ...(known.authors.length === 0 && other.authors.length > 0 && { authors: other.authors }),
    ...(known.categories.length === 0 &&
      other.categories.length > 0 && { categories: other.categories }),
    ...(!known.link && other.link && { link: other.link }),
    ...(!known.publishedAt && other.publishedAt && { publishedAt: other.publishedAt }),
    ...(other.upvotes !== undefined &&
      other.upvotes !== known.upvotes && { upvotes: other.upvotes }),
    ...(!known.kind && other.kind && { kind: other.kind }),
    ...(!known.keywords && other.keywords && { keywords: other.keywords }),
    ...(!known.code && other.code && { code: other.code }),
    ...(hasNewId(known.ids, other.ids) && { ids: { ...other.ids, ...known.ids } }),
    ...(isBetterDoi(known.ids, other.ids) && { ids: { ...known.ids, ...other.ids } }),
  };
  return Object.keys(gained).length === 0 ? known : { ...known, ...gained };
}

function hasNewId(known: PaperIds, other: PaperIds): boolean {
  return Object.keys(other).some((scheme) => !Object.hasOwn(known, scheme));
}

/** Whether what an older version took for a DOI is this one and what followed it in a link. */
function isBetterDoi(known: PaperIds, other: PaperIds): boolean {
  return other.doi !== undefined && known.doi?.startsWith(`${other.doi}/`) === true;
}

/** The title's letters and digits alone, without accents, case or spaces. */
export function foldTitle(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
