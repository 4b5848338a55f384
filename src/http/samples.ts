import type { LayoutPage, PageViews } from '../core/letter/pages.ts';
import type { Samples } from '../core/letter/template.ts';

const paper = {
  title: 'A title',
  authors: 'An author',
  summary: 'A summary.',
  link: 'https://example.org/paper',
};
const edition = {
  date: 'Wednesday, 7 May 2025',
  paperCount: 84,
  link: '/editions/2025-05-07',
  isSample: true,
};
const choice = { value: '07:00', label: '07:00', isChosen: true };

/** The frame to check its template with. */
export const layoutSamples: Samples<LayoutPage> = {
  full: { siteName: 'Paperround', title: 'Title', isSandbox: true, isSample: true, body: '' },
  minimal: { siteName: '', title: '', isSandbox: false, isSample: false, body: '' },
};

/** Pages to check their templates with. */
export const pageSamples: { readonly [Name in keyof PageViews]: Samples<PageViews[Name]> } = {
  home: {
    full: {
      siteName: 'Paperround',
      latest: { ...edition, papers: [paper] },
      editions: [edition],
    },
    minimal: { siteName: '', editions: [] },
  },
  edition: {
    full: {
      date: edition.date,
      paperCount: 84,
      groups: [{ label: 'A group', overview: 'An overview.', papers: [paper] }],
      earlier: edition,
      later: edition,
    },
    minimal: {
      date: edition.date,
      paperCount: 1,
      groups: [{ label: 'A group', papers: [{ title: 'A title' }] }],
    },
  },
  outbox: {
    full: { messages: [{ link: '/outbox/1', to: 'a', subject: 'b', size: '1 kB', time: 'c' }] },
    minimal: { messages: [] },
  },
  'outbox-message': {
    full: {
      subject: 'Subject',
      headers: [{ name: 'To', value: 'a' }],
      htmlLink: '/outbox/1/html',
      text: 'Text',
      sourceLink: '/outbox/1/source',
      outboxLink: '/outbox',
    },
    minimal: { subject: '', headers: [], sourceLink: '/outbox/1/source', outboxLink: '/outbox' },
  },
  unsubscribe: {
    full: {
      siteName: 'Paperround',
      maskedAddress: 'a',
      action: '/unsubscribe/1',
      isDone: true,
      contact: 'editor@example.org',
      preferences: '/preferences/1',
    },
    minimal: { siteName: '', maskedAddress: '', action: '', isDone: false },
  },
  preferences: {
    full: {
      maskedAddress: 'a',
      action: '/preferences/1',
      isSaved: true,
      errors: ['A fault.'],
      topics: 'reward models',
      days: [choice],
      hours: [choice],
      zones: [choice],
      counts: [choice],
      freshness: 'A sentence.',
      unsubscribe: '/unsubscribe/1',
    },
    minimal: {
      maskedAddress: '',
      action: '',
      isSaved: false,
      errors: [],
      topics: '',
      days: [],
      hours: [],
      zones: [],
      counts: [],
      unsubscribe: '',
    },
  },
  message: {
    full: { title: 'Title', text: 'Text', next: { label: 'Home', link: '/' } },
    minimal: { title: '', text: '' },
  },
};
