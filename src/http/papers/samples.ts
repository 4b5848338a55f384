import type { HeadPart, PaperPageViews } from '../../core/letter/paper-pages.ts';
import type { Samples } from '../../core/letter/template.ts';

const link = { label: 'A label', link: 'https://example.org/paper' };
const paper = {
  title: 'A title',
  link: '/papers/1-a-title',
  authors: 'An author',
  summary: 'A summary.',
  date: '7 May 2025',
  amended: 'Retracted',
};
const bare = { title: 'A title', link: '/papers/1-a-title', date: '7 May 2025' };
const piece = { text: 'reefs', isHit: true };

/** Pages of papers to check their templates with. */
export const paperSamples: {
  readonly [Name in keyof PaperPageViews]: Samples<PaperPageViews[Name]>;
} = {
  paper: {
    full: {
      title: 'A title',
      vote: '/votes/1',
      keep: '/my-papers/1',
      circle: '/circles/for/1',
      kind: 'Review',
      authors: [{ name: 'An author', link: '/authors/an-author' }],
      amended: { said: 'Retracted', isRetracted: true, link: link.link },
      ways: [link],
      abstract: 'An abstract.',
      facts: [{ name: 'Published', values: [{ text: '7 May 2025', link: link.link }] }],
      citations: [{ label: 'BibTeX', text: '@misc{}', link: '/papers/1/cite.bib' }],
      similar: [paper],
      jsonLd: '{}',
    },
    minimal: {
      title: '',
      vote: '/votes/1',
      keep: '/my-papers/1',
      circle: '/circles/for/1',
      authors: [{ name: '…' }],
      ways: [],
      facts: [{ name: 'Published', values: [{ text: '' }] }],
      citations: [],
      similar: [bare],
      jsonLd: '{}',
    },
  },
  author: {
    full: {
      name: 'An author',
      extent: '84 papers',
      papers: [paper],
      next: '/authors/an-author?after=1',
      feeds: [link],
    },
    minimal: { name: '', extent: '', papers: [bare], feeds: [] },
  },
  search: {
    full: {
      typed: 'reefs',
      fault: 'A fault.',
      found: {
        extent: '84 papers',
        papers: [{ ...paper, title: [piece], excerpt: [piece] }],
        order: link,
        next: '/search?q=reefs&after=1',
        follow: '/subscribe?topics=reefs',
        feeds: [link],
      },
    },
    minimal: { typed: '', found: { extent: '', papers: [], order: link, feeds: [] } },
  },
};

/** What a page says of itself, to check its template with. */
export const headSamples: Samples<HeadPart> = {
  full: {
    metas: [{ name: 'citation_title', content: 'A title' }],
    feeds: [{ type: 'application/atom+xml', title: 'A title', link: '/feed.atom' }],
  },
  minimal: { metas: [], feeds: [] },
};
