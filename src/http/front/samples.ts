import type { FrontPageViews } from '../../core/letter/front-pages.ts';
import type { Samples } from '../../core/letter/template.ts';

const paper = {
  title: 'A title',
  authors: 'An author',
  summary: 'A summary.',
  link: 'https://example.org/paper',
  abstract: 'An abstract.',
  amended: 'Retracted',
};
const bare = { title: 'A title' };
const voted = { ...paper, vote: '/votes/1', keep: '/my-papers/1' };
const bareVoted = { ...bare, vote: '/votes/1', keep: '/my-papers/1' };
const way = { label: 'A label', link: '/somewhere', isCurrent: true };
const bareWay = { label: 'A label', link: '/somewhere' };
const group = { ...way, paperCount: 35 };
const edition = {
  date: 'Wednesday, 7 May 2025',
  turn: 'second edition of the day, 14:05',
  paperCount: 84,
  link: '/editions/2025-05-07.2',
  isSample: true,
};
const bareEdition = {
  date: 'Wednesday, 7 May 2025',
  paperCount: 1,
  link: '/editions/2025-05-07',
  isSample: false,
};

/** The pages that are the same for all, to check their templates with. */
export const frontSamples: {
  readonly [Name in keyof FrontPageViews]: Samples<FrontPageViews[Name]>;
} = {
  home: {
    full: {
      siteName: 'Paperround',
      tagline: 'A sentence',
      subscribePart: '',
      latest: { ...edition, lead: paper, second: [paper], third: [paper], groups: [group] },
      rising: [{ ...paper, numbers: '+31 upvotes at its source, today', edition: way }],
      read: [{ ...paper, readers: 7, edition: way }],
      earlier: [edition],
      awaited: 'A sentence.',
    },
    minimal: { siteName: '', tagline: '', subscribePart: '', rising: [], read: [], earlier: [] },
  },
  edition: {
    full: {
      date: edition.date,
      turn: edition.turn,
      paperCount: 84,
      views: [way],
      isTitles: true,
      picked: [voted],
      groups: [
        {
          label: 'A group',
          link: '/editions/2025-05-07/groups/1',
          overview: 'An overview.',
          papers: [voted],
          open: [voted],
          folded: [voted],
        },
      ],
      month: way,
      earlier: edition,
      later: edition,
      subscribePart: '',
    },
    minimal: {
      date: edition.date,
      paperCount: 1,
      views: [bareWay],
      isTitles: false,
      picked: [],
      groups: [{ label: 'A group', link: '', papers: [bareVoted], open: [bareVoted], folded: [] }],
      month: bareWay,
      subscribePart: '',
    },
  },
  group: {
    full: {
      label: 'A group',
      overview: 'An overview.',
      edition: way,
      papers: [voted],
      groups: [group],
      subscribePart: '',
    },
    minimal: {
      label: 'A group',
      edition: bareWay,
      papers: [bareVoted],
      groups: [{ ...bareWay, paperCount: 1 }],
      subscribePart: '',
    },
  },
  editions: {
    full: {
      month: 'May 2025',
      weeks: [{ number: 19, days: [{ day: '7', editions: [{ ...way, says: edition.date }] }] }],
      editions: [edition],
      years: [{ year: '2025', months: [way] }],
      earlier: way,
      later: way,
      awaited: 'A sentence.',
    },
    minimal: {
      month: '',
      weeks: [{ number: 1, days: [{ day: '', editions: [] }] }],
      editions: [bareEdition],
      years: [],
    },
  },
  subscribe: {
    full: {
      siteName: 'Paperround',
      papersPart: '',
      timesPart: '',
      digestsPart: ' ',
      earlierPart: ' ',
      address: 'a',
      errors: ['A fault.'],
      consentText: 'A sentence.',
      follow: '/follow?topic=a',
      announcementsText: 'A sentence.',
      wantsAnnouncements: true,
    },
    minimal: {
      siteName: '',
      papersPart: '',
      timesPart: '',
      address: '',
      errors: [],
      consentText: '',
      announcementsText: '',
      wantsAnnouncements: false,
    },
  },
};
