import { choice, type DeskSamples, feed, field, formToken } from './parts.ts';

/** The desk's pages of feeds, to check their templates with. */
export const feedsSamples: DeskSamples<'desk/feeds' | 'desk/feed'> = {
  'desk/feeds': {
    full: {
      formToken,
      mayOperate: true,
      error: 'Wrong.',
      typed: 'a',
      found: { address: 'arxiv:cs.CL', name: 'a', how: 'found', titles: ['A title'] },
      feeds: [{ ...feed, address: 'arxiv:cs.CL' }],
    },
    minimal: { formToken, mayOperate: false, typed: '', feeds: [] },
  },
  'desk/feed': {
    full: {
      formToken,
      mayOperate: true,
      here: '/admin/feeds/1',
      status: 'Saved.',
      error: 'Wrong.',
      kinds: [choice],
      removal: 'A sentence.',
      name: 'A feed',
      facts: [field],
      days: [{ date: '2026-11-20', state: 'fresh', reason: 'so' }],
      runs: [{ when: 'now', outcome: 'fetched' }],
      refusals: [{ item: 'An item', reason: 'it has no title' }],
    },
    minimal: {
      formToken,
      mayOperate: false,
      here: '',
      kinds: [],
      removal: '',
      name: '',
      facts: [],
      days: [],
      runs: [],
      refusals: [],
    },
  },
};
