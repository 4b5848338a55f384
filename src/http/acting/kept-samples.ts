import type { KeptPageViews } from '../../core/letter/kept-pages.ts';
import type { Samples } from '../../core/letter/template.ts';

const line = { id: 1, title: 'A title', authors: 'An author', link: '/papers/1-a-title' };

/** The pages of what a reader keeps, to check their templates with. */
export const keptSamples: {
  readonly [Name in keyof KeptPageViews]: Samples<KeptPageViews[Name]>;
} = {
  keep: {
    full: {
      title: 'A title',
      authors: 'An author',
      link: '/papers/1-a-title',
      action: '/my-papers/1',
      formToken: 'token',
      isKept: true,
      full: 20_000,
      all: '/my-papers',
    },
    minimal: { title: '', action: '', isKept: false, all: '' },
  },
  'my-papers': {
    full: {
      maskedAddress: 'a',
      here: '/my-papers',
      formToken: 'token',
      query: 'reefs',
      extent: '2 papers of at most 20,000.',
      days: [{ date: 'Monday', groups: [{ label: 'Reefs', papers: [line] }] }],
      older: '/my-papers?before=1',
      files: [{ label: 'BibTeX', link: '/my-papers/papers.bib' }],
      feed: '/kept/1/papers.atom',
      isWeekly: true,
      shelf: {
        library: 'Into the library of a.',
        says: 'A sentence.',
        held: 'Another.',
        hasKey: true,
        withMail: true,
        isHomeless: true,
        failed: [{ title: 'A title', reason: 'Why.' }],
      },
      status: 'A sentence.',
      error: 'A fault.',
    },
    minimal: {
      maskedAddress: '',
      here: '',
      formToken: '',
      query: '',
      days: [],
      files: [],
      feed: '',
      isWeekly: false,
    },
  },
};
