import type { LayoutPage, PageViews } from '../core/letter/pages.ts';
import type { PartViews } from '../core/letter/parts.ts';
import type { Samples } from '../core/letter/template.ts';
import { keptSamples } from './acting/kept-samples.ts';
import { actingSamples } from './acting/samples.ts';
import { apiSamples } from './api/samples.ts';
import { circleSamples } from './circles/samples.ts';
import { deskSamples, importSamples, progressSamples } from './desk/samples/samples.ts';
import { frontSamples } from './front/samples.ts';
import { headSamples, paperSamples } from './papers/samples.ts';

const paper = {
  title: 'A title',
  authors: 'An author',
  summary: 'A summary.',
  link: 'https://example.org/paper',
  abstract: 'An abstract.',
};
const way = { label: 'A label', link: '/somewhere', isCurrent: true };
const edition = {
  date: 'Wednesday, 7 May 2025',
  paperCount: 84,
  link: '/editions/2025-05-07',
  isSample: true,
  turn: 'second edition of the day, 14:05',
};
const choice = { value: '07:00', label: '07:00', isChosen: true };

const asking = { siteName: 'Paperround', maskedAddress: 'a', action: '/a/1', isDone: true };
const alertLine = { id: 1, when: 'now', label: 'moss', says: 'A sentence.', isUnread: false };
const bareAsking = { siteName: '', maskedAddress: '', action: '', isDone: false };

/** The frame to check its template with. */
export const layoutSamples: Samples<LayoutPage> = {
  full: {
    siteName: 'Paperround',
    publicUrl: 'https://example.org',
    title: 'Title',
    isSandbox: true,
    isSample: true,
    script: '/zone.js',
    style: '/style.css?v=1',
    logo: '/logo?v=1',
    ways: [way],
    shared: {
      canonical: 'https://example.org/',
      description: 'A sentence.',
      card: 'https://example.org/card.png',
      languages: [{ language: 'en', name: 'English', link: '/', isCurrent: true }],
    },
    head: '',
    isWide: true,
    footText: 'A sentence.',
    footWays: [way],
    desk: {
      operator: 'ada',
      formToken: 'token',
      links: [{ label: 'Today', link: '/admin', isCurrent: true }],
    },
    body: '',
  },
  minimal: {
    siteName: '',
    publicUrl: '',
    title: '',
    isSandbox: false,
    isSample: false,
    style: '',
    ways: [],
    footText: '',
    footWays: [],
    body: '',
  },
};

/** Pages to check their templates with. */
export const pageSamples: { readonly [Name in keyof PageViews]: Samples<PageViews[Name]> } = {
  legal: { full: { text: '<h1>Imprint</h1>' }, minimal: { text: '<h1>Privacy</h1>' } },
  ...frontSamples,
  ...actingSamples,
  ...keptSamples,
  ...circleSamples,
  api: apiSamples,
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
      ...asking,
      contact: 'editor@example.org',
      preferences: '/preferences/1',
      comeBack: '/return/1',
    },
    minimal: bareAsking,
  },
  announcements: {
    full: { ...asking, leaveAction: '/unsubscribe/1' },
    minimal: { ...bareAsking, leaveAction: '' },
  },
  return: { full: asking, minimal: bareAsking },
  confirm: {
    full: {
      ...asking,
      wishes: ['Up to ten papers'],
      preferences: '/preferences/1',
      isWelcomed: true,
    },
    minimal: { ...bareAsking, wishes: [], isWelcomed: false },
  },
  address: { full: asking, minimal: bareAsking },
  asked: { full: { contact: 'editor@example.org' }, minimal: { contact: '' } },
  link: {
    full: { address: 'a', error: 'A fault.', isDone: false },
    minimal: { address: '', isDone: false },
  },
  preferences: {
    full: {
      maskedAddress: 'a',
      action: '/preferences/1',
      isSaved: true,
      errors: ['A fault.'],
      papersPart: '',
      timesPart: '',
      digestsPart: ' ',
      pausedUntil: 'Monday',
      privateAction: '/preferences/1/private',
      privateAnswer: 'A sentence.',
      taste: '/taste/1',
      cited: '/cited/1',
      unsubscribe: '/unsubscribe/1',
    },
    minimal: {
      maskedAddress: '',
      action: '',
      isSaved: false,
      errors: [],
      papersPart: '',
      timesPart: '',
      privateAction: '',
      taste: '',
      cited: '',
      unsubscribe: '',
    },
  },
  vote: {
    full: {
      title: 'A title',
      authors: 'An author',
      link: paper.link,
      action: '/vote/1/2',
      heading: 'More like this?',
      said: 'Recorded.',
      before: 'You asked for more like this.',
      buttons: [{ way: 'more', label: 'More like this', isFirst: true }],
      changes: ['A sentence.'],
      digestsPart: ' ',
    },
    minimal: { title: '', action: '', heading: '', buttons: [], changes: [] },
  },
  taste: {
    full: {
      maskedAddress: 'a',
      here: '/taste/1',
      said: 'A sentence.',
      error: 'A fault.',
      isLookingUp: true,
      liked: ['reward models'],
      disliked: ['poker'],
      votes: [{ id: 1, title: 'A title', way: 'more' }],
      libraryCount: 3,
      library: [{ key: 'arxiv:2505.01234', title: 'A title', isUnseen: true }],
      moreCount: 2,
      read: {
        format: 'RIS',
        lines: [{ line: 1, text: 'A title' }],
        faults: [{ line: 2, text: 'A line', problem: 'A fault.' }],
        moreFaults: 2,
      },
      preferences: '/preferences/1',
    },
    minimal: {
      maskedAddress: '',
      here: '',
      isLookingUp: false,
      liked: [],
      disliked: [],
      votes: [],
      libraryCount: 0,
      library: [],
      moreCount: 0,
      preferences: '',
    },
  },
  cited: {
    full: {
      maskedAddress: 'a',
      here: '/cited/1',
      said: 'A sentence.',
      error: 'A fault.',
      isLookingUp: true,
      typed: '10.5555/gulls',
      faults: [{ line: 2, text: 'A line', problem: 'A fault.' }],
      moreFaults: 2,
      authors: [
        {
          id: 1,
          name: 'An author',
          says: 'A sentence.',
          found: [{ place: 0, title: 'A title', year: '2025' }],
        },
      ],
      works: [
        {
          id: 1,
          title: 'A title',
          link: paper.link,
          retracted: 'A sentence.',
          says: 'A sentence.',
        },
      ],
      tellsOwn: true,
      most: 300,
      newest: 5,
      sources: [{ name: 'OpenAlex', says: 'A sentence.' }],
      preferences: '/preferences/1',
    },
    minimal: {
      maskedAddress: '',
      here: '',
      isLookingUp: false,
      typed: '',
      faults: [],
      moreFaults: 0,
      authors: [],
      works: [],
      tellsOwn: false,
      most: 300,
      newest: 5,
      sources: [],
      preferences: '',
    },
  },
  private: {
    full: {
      goodUntil: 'Monday',
      feed: '/feed/1/digests.atom',
      allFeed: '/feed/1/editions.atom',
      here: '/private/1',
      maskedAddress: 'a',
      query: 'reefs',
      lists: [
        {
          label: 'Monday',
          papers: [
            {
              id: 1,
              title: 'A title',
              authors: 'An author',
              link: paper.link,
              vote: 'more',
              voteLink: '/vote/1/1',
            },
          ],
        },
      ],
      named: [
        {
          title: 'A paper that an alert named',
          authors: 'Ada Lovelace · Nature',
          link: 'https://example.org/named',
          reason: 'From your Google Scholar alert “reward models”.',
        },
      ],
      hasMore: true,
      newAddress: 'b',
      alerts: '/private/1/alerts',
      followed: [{ id: 1, place: 'groups/2482', page: paper.link, says: 'A sentence.' }],
      sessions: [{ id: 1, since: 'now', until: 'then' }],
      newLibrary: 'groups/2482',
      status: 'A sentence.',
      error: 'A fault.',
    },
    minimal: {
      goodUntil: '',
      here: '',
      maskedAddress: '',
      query: '',
      lists: [],
      hasMore: false,
      newAddress: '',
      followed: [],
      sessions: [],
      newLibrary: '',
    },
  },
  alerts: {
    full: {
      goodUntil: 'Monday',
      maskedAddress: 'a',
      here: '/private/1/alerts',
      back: '/private/1',
      alertAddress: 'al-0@in.example',
      status: 'A sentence.',
      error: 'A fault.',
      isBegun: true,
      notes: ['A sentence.'],
      confirmations: [
        { ...alertLine, warning: 'A sentence.', link: 'https://example.org/yes', code: '123' },
      ],
      asked: [alertLine],
      mails: [{ ...alertLine, isUnread: true }],
    },
    minimal: {
      goodUntil: '',
      maskedAddress: '',
      here: '',
      back: '',
      notes: [],
      confirmations: [],
      asked: [],
      mails: [],
    },
  },
  erase: {
    full: { siteName: 'Paperround', action: '/private/1/erase', back: '/private/1' },
    minimal: { siteName: '' },
  },
  ...deskSamples,
  ...paperSamples,
  message: {
    full: { title: 'Title', text: 'Text', next: { label: 'Home', link: '/' } },
    minimal: { title: '', text: '' },
  },
};

const chosen = {
  ...paper,
  reason: 'You follow reward models.',
  isOutside: true,
  moved: 'up 3 places',
};
const digest = {
  date: edition.date,
  link: edition.link,
  paperCount: 84,
  shownOf: '2 of 84 papers shown',
  moreCount: 2,
};

/** Parts to check their templates with. */
export const partSamples: { readonly [Name in keyof PartViews]: Samples<PartViews[Name]> } = {
  head: headSamples,
  progress: progressSamples,
  import: importSamples,
  papers: {
    full: {
      areas: [{ name: 'An area', fields: [choice] }],
      topics: 'reward models',
      more: {
        exclude: 'poker',
        hides: [{ word: 'poker', papers: 3, titles: ['A title', 'Another title'] }],
        authors: 'An author',
        crossLists: true,
        surprise: true,
      },
    },
    minimal: { areas: [], topics: '' },
  },
  times: {
    full: {
      days: [choice],
      hours: [choice],
      zones: [{ ...choice, alsoCalled: 'Asia/Calcutta' }],
      counts: [choice],
      freshness: 'A sentence.',
      languages: [{ value: 'de', label: 'Deutsch', isChosen: true }],
      more: {
        pausedUntil: '2026-12-24',
        quietNote: true,
        items: { only: true },
        announcements: [{ value: 'none', label: 'None', isChosen: true }],
      },
    },
    minimal: {
      days: [],
      hours: [],
      zones: [{ ...choice, isChosen: false, alsoCalled: '' }],
      counts: [],
      freshness: '',
    },
  },
  subscribe: {
    full: { heading: 'A sentence.', consentText: 'A sentence.' },
    minimal: { heading: '', consentText: '' },
  },
  digests: {
    full: { digests: [{ ...digest, chosen: [chosen] }] },
    minimal: { digests: [{ ...digest, chosen: [], moreCount: 0 }] },
  },
};
