import type { DeskPageViews } from '../../core/desk/pages.ts';
import type { Samples } from '../../core/letter/template.ts';

const formToken = 'token';

/** Pages of the desk to check their templates with. */
export const deskSamples: {
  readonly [Name in keyof DeskPageViews]: Samples<DeskPageViews[Name]>;
} = {
  'desk/sign-in': {
    full: { hasOperators: true, name: 'ada', next: '/admin', error: 'A sentence.' },
    minimal: { hasOperators: false, name: '', next: '' },
  },
  'desk/sessions': {
    full: {
      formToken,
      mayEnd: true,
      sessions: [{ id: 1, operator: 'ada', since: 'now', seen: 'now', isHere: true }],
    },
    minimal: { formToken, mayEnd: false, sessions: [] },
  },
  'desk/subscribers': {
    full: { readers: [{ link: '/admin/subscribers/1', address: 'a', state: 'active' }] },
    minimal: { readers: [] },
  },
  'desk/subscriber': {
    full: {
      address: 'a',
      state: 'active',
      asked: '2026-11-20',
      days: [{ date: '2026-11-20', lines: ['A sentence.'] }],
    },
    minimal: { address: '', state: '', asked: '', days: [] },
  },
};
