import type { DigestView } from '../core/letter/digest-view.ts';
import type { Samples } from '../core/letter/template.ts';
import type { AnnouncementMail, DigestMail, NoticeMail } from './views.ts';

const sender = {
  siteName: 'Paperround',
  postalAddress: '1 Example Street, 12345 Example Town',
  imprint: 'https://papers.example/imprint',
  privacy: 'https://papers.example/privacy',
  contact: 'editor@example.org',
};
const bareSender = { siteName: 'Paperround', postalAddress: '', contact: '' };
const bareLinks = { home: 'https://example.org/', edition: 'https://example.org/editions/1' };
const links = {
  ...bareLinks,
  view: 'https://example.org/view',
  preferences: 'https://example.org/preferences',
  unsubscribe: 'https://example.org/unsubscribe',
  vote: 'https://example.org/vote',
  keep: 'https://example.org/keep',
  subscribe: 'https://example.org/subscribe',
  circle: 'https://example.org/circles/for',
};

const digest: DigestView = {
  editionName: '2025-05-07',
  editionDate: 'Wednesday, 7 May 2025',
  paperCount: 84,
  day: 'Today: reward models; 2 of 84 papers chosen; 3 minutes.',
  isSample: true,
  note: 'These are the papers of two editions.',
  isCorrection: true,
  isTest: true,
  items: [
    {
      kind: 'alert',
      label: 'From your alerts',
      papers: [
        {
          title: 'A title that an alert named',
          authors: 'An author and 3 more · A journal',
          link: 'https://example.org/alerted',
          summary: 'A summary.',
          reason: 'From your Google Scholar alert “reward models” and two others.',
          id: 3,
          page: 'papers/3',
        },
      ],
      moreCount: 4,
    },
  ],
  chosen: [
    {
      id: 1,
      title: 'A title',
      authors: 'An author and 3 more',
      link: 'https://example.org/paper',
      summary: 'A summary.',
      reason: 'You follow reward models.',
      isOutside: true,
      isPicked: true,
      page: 'papers/1',
    },
  ],
  picked: [
    {
      id: 2,
      title: 'A title that was picked',
      authors: 'An author',
      link: 'https://example.org/paper',
      summary: 'A summary.',
      isPicked: true,
      page: 'papers/2',
    },
  ],
  rising: [
    {
      title: 'A title of last week',
      authors: 'An author',
      link: 'https://example.org/paper',
      summary: 'A summary.',
      reason: '42 upvotes on Hugging Face, 30 of them since Tuesday, 6 May 2025.',
    },
  ],
  kept: {
    papers: [{ title: 'A title of last week', link: 'https://example.org/kept' }],
    moreCount: 2,
  },
  amended: [
    {
      title: 'A title of last month',
      said: 'Publisher Correction',
      link: 'https://example.org/correction',
    },
  ],
  groups: [
    {
      label: 'Reward models',
      overview: 'An overview.',
      papers: [{ title: 'Another title', link: 'https://example.org/other' }],
      moreCount: 3,
      path: 'editions/2025-05-07/groups/1',
    },
  ],
  moreCount: 12,
  extent: '84 papers today, 1 for you',
};

const bareDigest: DigestView = {
  editionName: '2025-05-07',
  editionDate: 'Wednesday, 7 May 2025',
  paperCount: 2,
  day: 'Today: 2 papers; 1 minute.',
  isSample: false,
  chosen: [{ id: 1, title: 'A title' }],
  groups: [{ label: 'Others', papers: [{ title: 'Another title' }], moreCount: 0 }],
  moreCount: 0,
};

/** Digests to check templates with. */
export const digestSamples: Samples<DigestMail> = {
  full: { digest, links, sender, subject: 'Subject', preheader: 'Preheader', isWeb: false },
  minimal: {
    digest: bareDigest,
    links: bareLinks,
    sender: bareSender,
    subject: '',
    preheader: '',
    isWeb: true,
  },
};

/** Notices to check templates with. */
export const noticeSamples: Samples<NoticeMail> = {
  full: {
    sender,
    subject: 'Subject',
    paragraphs: ['A paragraph.'],
    button: { label: 'Confirm', url: 'https://example.org/confirm' },
    more: { label: 'The edition', url: 'https://example.org/editions/1' },
    links: {
      home: links.home,
      preferences: links.preferences,
      unsubscribe: links.unsubscribe,
    },
  },
  minimal: { sender: bareSender, subject: '', paragraphs: [], links: { home: bareLinks.home } },
};

/** Announcements to check templates with. */
export const announcementSamples: Samples<AnnouncementMail> = {
  full: {
    sender,
    subject: 'Subject',
    body: { html: '<p>A paragraph.</p>', text: 'A paragraph.' },
    isService: true,
    links: {
      home: links.home,
      preferences: links.preferences,
      unsubscribe: links.unsubscribe,
    },
  },
  minimal: {
    sender: bareSender,
    subject: '',
    body: { html: '', text: '' },
    isService: false,
    links: { home: bareLinks.home },
  },
};
