import { choice, type DeskSamples, formToken } from './parts.ts';

/** The desk's pages of editions, to check their templates with. */
export const editionsSamples: DeskSamples<'desk/editions' | 'desk/edition' | 'desk/draft'> = {
  'desk/editions': {
    full: {
      formToken,
      mayOperate: true,
      draft: '84 papers so far',
      editions: [
        {
          name: '2026-11-20',
          link: '/admin/editions/2026-11-20',
          papers: '84 papers',
          state: 'held',
          tone: 'doubt',
          isSample: true,
        },
      ],
      moreLink: '/admin/editions?before=2026-11-20',
    },
    minimal: { formToken, mayOperate: false, draft: '0 papers so far', editions: [] },
  },
  'desk/edition': {
    full: {
      formToken,
      mayOperate: true,
      here: '/admin/editions/2026-11-20',
      name: '2026-11-20',
      status: 'A test is on its way.',
      error: 'Wrong.',
      isHeld: true,
      facts: [{ name: 'State', value: 'held' }],
      states: [{ label: 'accepted', tone: 'accepted', count: 3, link: '/admin/deliveries' }],
      mailLink: '/admin/templates',
      webLink: '/editions/2026-11-20',
      correctLink: '/admin/resend',
      isStopped: true,
      cancelling: 'A sentence.',
      to: 'a@example.org',
      groups: [
        {
          label: 'A group',
          overview: 'An overview.',
          papers: [
            {
              title: 'A title',
              link: 'https://example.org/paper',
              authors: 'An author',
              summary: 'A summary.',
              isPicked: true,
            },
          ],
        },
      ],
    },
    minimal: {
      formToken,
      mayOperate: false,
      here: '',
      name: '2026-11-20',
      isHeld: false,
      facts: [],
      states: [],
      mailLink: '/admin/templates',
      isStopped: false,
      to: '',
      groups: [],
    },
  },
  'desk/draft': {
    full: {
      formToken,
      mayOperate: true,
      query: 'words=a',
      status: 'A test is on its way.',
      error: 'Wrong.',
      lead: '84 papers so far.',
      words: 'a',
      marks: [choice],
      papers: [
        {
          id: 1,
          title: 'A title',
          link: 'https://example.org/paper',
          by: 'An author',
          abstract: 'An abstract.',
          mark: 'pick 2',
          upTo: 1,
        },
      ],
      moreLink: '/admin/editions/draft?after=0.12',
      to: 'a@example.org',
    },
    minimal: {
      formToken,
      mayOperate: false,
      query: '',
      lead: 'No papers so far.',
      words: '',
      marks: [],
      papers: [],
      to: '',
    },
  },
};
