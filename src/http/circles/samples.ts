import type { CirclePageViews } from '../../core/letter/circle-pages.ts';
import type { Samples } from '../../core/letter/template.ts';

const note = { id: 1, by: 'Ada', text: 'A line.', date: '7 May 2025', isOff: false };
const paper = {
  id: 1,
  title: 'A title',
  link: '/papers/1',
  authors: 'An author',
  notes: [
    { ...note, isOwn: false, isReported: false, reports: 1, mute: 2, meets: 'Thursday' },
    { ...note, isOwn: true, isReported: true },
  ],
  meetings: ['Meeting: Thursday'],
};
const bounds = { notesADay: 10, longestLine: 500 };
const asking = { siteName: 'Paperround', circle: 'A circle', action: '/join/1' };

/** The pages of circles, to check their templates with. */
export const circleSamples: {
  readonly [Name in keyof CirclePageViews]: Samples<CirclePageViews[Name]>;
} = {
  circles: {
    full: {
      circles: [{ name: 'A circle', link: '/circles/1', said: '2 members' }],
      name: 'A circle',
      as: 'Ada',
      error: 'A fault.',
      formToken: 'token',
      maskedAddress: 'a',
      mostMembers: 300,
    },
    minimal: {
      circles: [],
      name: '',
      as: '',
      formToken: 'token',
      maskedAddress: '',
      mostMembers: 300,
    },
  },
  circle: {
    full: {
      name: 'A circle',
      here: '/circles/1',
      formToken: 'token',
      said: '2 members.',
      error: 'A fault.',
      closed: 'It is closed.',
      isAside: true,
      isOwner: true,
      next: { title: 'A title', when: 'Thursday', said: 'Set by Ben.', calendar: '/m.ics' },
      week: '/circles/1/weeks/2025-W19',
      zone: 'UTC',
      programs: [{ label: 'RSS', link: 'https://example.org/circle/1/papers.rss' }],
      papers: [paper],
      typed: 'a',
      line: 'a',
      members: [{ id: 1, name: 'Ada', said: 'the owner', isSelf: false, isMuted: true }],
      invitation: { link: 'https://example.org/join/1', said: 'It ends.' },
      ...bounds,
    },
    minimal: {
      name: '',
      here: '/circles/1',
      formToken: 'token',
      said: '',
      isAside: false,
      isOwner: false,
      week: '/circles/1/weeks/2025-W19',
      zone: 'UTC',
      papers: [],
      typed: '',
      line: '',
      members: [],
      ...bounds,
    },
  },
  'circle-join': {
    full: {
      ...asking,
      as: 'Ada',
      error: 'A fault.',
      signIn: '/sign-in',
      asked: { formToken: 'token', maskedAddress: 'a' },
    },
    minimal: { ...asking, siteName: '', circle: '', as: '' },
  },
  'circle-week': {
    full: { heading: 'A week', papers: [paper], earlier: '/a', later: '/b' },
    minimal: { heading: '', papers: [] },
  },
  'circle-mark': {
    full: {
      title: 'A title',
      authors: 'An author',
      link: '/papers/1',
      action: '/circles/for/1',
      formToken: 'token',
      circles: [{ id: 1, name: 'A circle', isChosen: true }],
      line: 'a',
      error: 'A fault.',
      done: { name: 'A circle', link: '/circles/1' },
      ...bounds,
    },
    minimal: {
      title: '',
      link: '/papers/1',
      action: '/circles/for/1',
      formToken: 'token',
      circles: [],
      line: '',
      ...bounds,
    },
  },
};
