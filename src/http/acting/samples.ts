import type { ActingPageViews } from '../../core/letter/acting-pages.ts';
import type { Samples } from '../../core/letter/template.ts';

const proposal = {
  id: 1,
  title: 'A title',
  link: 'https://example.org/paper',
  authors: 'An author',
  abstract: 'An abstract.',
  date: '7 May 2025',
  named: 'A reader',
  votes: 2,
};
const bare = { id: 1, title: 'arxiv:2505.01234', votes: 0 };

/** The pages of a reader's session, to check their templates with. */
export const actingSamples: {
  readonly [Name in keyof ActingPageViews]: Samples<ActingPageViews[Name]>;
} = {
  'sign-in': {
    full: { address: 'a', next: '/propose', error: 'A fault.', isDone: false },
    minimal: { address: '', next: '/propose', isDone: true },
  },
  session: {
    full: { siteName: 'Paperround', maskedAddress: 'a', action: '/session/1' },
    minimal: { siteName: '', maskedAddress: '', action: '' },
  },
  'web-vote': {
    full: {
      title: 'A title',
      authors: 'An author',
      link: '/papers/1-a-title',
      action: '/votes/1',
      formToken: 'token',
      isMore: true,
      isLess: true,
      isAsked: true,
      isLessFirst: true,
    },
    minimal: {
      title: '',
      link: '/papers/1',
      action: '/votes/1',
      formToken: 'token',
      isMore: false,
      isLess: false,
      isAsked: false,
      isLessFirst: false,
    },
  },
  follow: {
    full: { topic: 'a', formToken: 'token', error: 'A fault.', isDone: false },
    minimal: { topic: '', formToken: 'token', isDone: true },
  },
  propose: {
    full: {
      paper: '2505.01234',
      named: 'A reader',
      error: 'A fault.',
      maskedAddress: 'a',
      formToken: 'token',
      most: 3,
      oldest: 90,
      readers: 3,
      own: [{ id: 1, title: 'A title', link: '/papers/1', said: 'Shown.', canWithdraw: true }],
    },
    minimal: {
      paper: '',
      named: '',
      maskedAddress: '',
      formToken: 'token',
      most: 3,
      oldest: 90,
      readers: 3,
      own: [{ id: 1, title: 'arxiv:2505.01234', said: 'Taken.', canWithdraw: false }],
    },
  },
  proposal: {
    full: {
      ...proposal,
      formToken: 'token',
      contact: 'editor@example.org',
      isShown: true,
      isTaken: true,
      isOwn: true,
      hasVoted: true,
      isReported: true,
    },
    minimal: {
      ...bare,
      formToken: 'token',
      contact: '',
      isShown: false,
      isTaken: false,
      isOwn: false,
      hasVoted: false,
      isReported: false,
    },
  },
  proposals: {
    full: {
      proposals: [proposal],
      taken: [proposal],
      readers: 3,
      oldest: 90,
      contact: 'editor@example.org',
    },
    minimal: { proposals: [bare], taken: [], readers: 3, oldest: 90, contact: '' },
  },
};
