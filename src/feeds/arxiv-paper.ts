import { readIds } from '../core/paper/identifier.ts';
import { saysWithdrawn } from '../core/paper/kind.ts';
import type { Announcement, Paper } from '../core/paper/paper.ts';
import { parseArxivAuthors, toAuthor } from './authors.ts';
import { buildPaper, readLink } from './fields.ts';
import { type RawEntry, textOf, textsOf } from './raw-feed.ts';
import { readDate } from './texts/dates.ts';

const ANNOUNCEMENTS: readonly string[] = ['new', 'cross', 'replace', 'replace-cross'];
// `arXiv:2609.28553v1 Announce Type: new ` and `Abstract: ` on the next line.
const PREFIX = /^\s*arXiv:\S{1,40}\s+Announce Type:\s*([a-z-]{1,20})\s+(?:Abstract:\s*)?/i;
// A search's entries may carry ACM and MSC classes among the categories.
const CATEGORY = /^[a-z]+(-[a-z]+)?(\.[A-Za-z-]+)?$/;
/**
 * Reads an entry of arXiv's RSS, Atom or query API: base id without version, TeX cleaned,
 * the primary category first. Throws where it has no arXiv id or no title.
 */
export function toArxivPaper(entry: RawEntry): Paper {
  const links = entry.links.filter(({ rel }) => rel === 'alternate').map(({ href }) => href);
  const guids = [...textsOf(entry, 'guid'), ...textsOf(entry, 'id')];
  const {
    ids: { arxiv },
  } = readIds({ guids, links });
  if (arxiv === undefined) throw new Error('It has no arXiv id.');
  const explicit = textOf(entry, 'arxiv:doi', 'arxiv:DOI').split(/\s+/).slice(0, 1);
  const {
    ids: { doi },
  } = readIds({ explicit });
  const abstract = textOf(entry, 'description', 'summary');
  return buildPaper({
    title: textOf(entry, 'title'),
    abstract: abstract.replace(PREFIX, ''),
    authors:
      entry.persons.length > 0
        ? entry.persons.flatMap(({ name, affiliations }) => toAuthor(name, affiliations))
        : parseArxivAuthors(textOf(entry, 'dc:creator')),
    categories: readCategories(entry),
    ids: { arxiv, ...(doi !== undefined && { doi }) },
    link: readLink(links.map(toAbsPage)) ?? `https://arxiv.org/abs/${arxiv}`,
    publishedAt: readDate(textOf(entry, 'pubDate', 'published')),
    // A withdrawn paper keeps its title, and mostly its abstract; the comment alone says it.
    kind: saysWithdrawn(textOf(entry, 'arxiv:comment')) ? 'retraction' : undefined,
    announcement: readAnnouncement(
      textOf(entry, 'arxiv:announce_type') || (PREFIX.exec(abstract)?.[1] ?? ''),
    ),
  });
}

function readCategories(entry: RawEntry): string[] {
  const primary = textOf(entry, 'arxiv:primary_category');
  return [primary, ...entry.terms].filter((term) => CATEGORY.test(term));
}

function readAnnouncement(text: string): Announcement | undefined {
  return isAnnouncement(text) ? text : undefined;
}

function isAnnouncement(text: string): text is Announcement {
  return ANNOUNCEMENTS.includes(text);
}

function toAbsPage(link: string): string {
  return link.replace(/^http:/, 'https:').replace(/v\d+$/, '');
}
