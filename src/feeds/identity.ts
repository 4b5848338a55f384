import { type PaperIds, readIds } from '../core/paper/identifier.ts';
import { titleOverlap } from '../core/paper/likeness.ts';
import { foldLink } from '../core/paper/link.ts';
import { nameItem, type Paper } from '../core/paper/paper.ts';
import { type RawEntry, textsOf } from './raw-feed.ts';

const IDENTIFIERS = [
  'dc:identifier',
  'prism:doi',
  'dc:doi',
  'doi',
  'bibo:doi',
  'arxiv:doi',
  'arxiv:DOI',
];

/**
 * Reads what an item is known by, in the order of trust: elements for ids, the guid, links, what was
 * `found` around the abstract, the description; what its feed calls it, where that says more; and whether it is a later version.
 */
export function readIdentity(
  entry: RawEntry,
  { address, found }: { readonly address: string; readonly found: readonly string[] },
): Pick<Paper, 'ids' | 'guid' | 'announcement'> {
  const all = (...names: string[]) => names.flatMap((name) => textsOf(entry, name));
  const alternates = entry.links.filter(({ rel }) => rel === 'alternate').map(({ href }) => href);
  const guids = all('guid', 'id');
  const links = [...alternates, ...all('prism:url')];
  const { ids, version = 1 } = readIds({
    explicit: all(...IDENTIFIERS),
    guids,
    links,
    texts: [...found, ...all('dc:source', 'description', 'summary', 'content:encoded', 'content')],
  });
  const [name] = guids;
  const isLink = links.some((link) => isSameLink(link, name ?? ''));
  const isId = readIds({ guids }).ids;
  // A list of others' papers links any version of what arXiv has; a server announces its own.
  const isLater = version > 1 && ids.arxiv === undefined;
  return {
    ids,
    ...(name && !isLink && Object.keys(isId).length === 0 && { guid: nameItem(address, name) }),
    ...(isLater && { announcement: 'replace' as const }),
  };
}

function isSameLink(link: string, name: string): boolean {
  const [one, other] = [link.trim(), name.trim()];
  if (!URL.canParse(one) || !URL.canParse(other)) return one === other;
  return foldLink(one) === foldLink(other);
}

// Two may be versions of one paper under other titles.
const FEWEST_SHARERS = 3;
const LIKE_TITLE = 0.5;

/** Takes from the papers of one answer the ids that several unlike titles share: they are the journal's. */
export function dropSharedIds(papers: readonly Paper[]): Paper[] {
  const titles = new Map<string, string[]>();
  for (const { ids, title } of papers) {
    for (const id of Object.values(ids)) {
      const known = titles.get(id) ?? [];
      if (known.length >= FEWEST_SHARERS) continue;
      if (known.every((other) => titleOverlap(title, other) < LIKE_TITLE)) known.push(title);
      titles.set(id, known);
    }
  }
  const isOwn = (id: string) => (titles.get(id)?.length ?? 0) < FEWEST_SHARERS;
  return papers.map((paper) => ({ ...paper, ids: keepIds(paper.ids, isOwn) }));
}

function keepIds(ids: PaperIds, isOwn: (id: string) => boolean): PaperIds {
  return Object.fromEntries(Object.entries(ids).filter(([, id]) => isOwn(id)));
}
