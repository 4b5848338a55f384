import { choice, type DeskSamples, formToken } from './parts.ts';

/** The desk's pages of letters, announcements and proposals, to check their templates with. */
export const lettersSamples: DeskSamples<
  | 'desk/inbox'
  | 'desk/announcements'
  | 'desk/announcement-form'
  | 'desk/announcement'
  | 'desk/proposals'
> = {
  'desk/inbox': {
    full: {
      formToken,
      mayOperate: true,
      status: 'Done.',
      error: 'Wrong.',
      answers: 'a',
      letters: [{ id: 1, when: 'now', from: 'a', subject: 'b', what: 'c', text: 'd', link: '/' }],
      moreLink: '/',
    },
    minimal: { formToken, mayOperate: false, letters: [] },
  },
  'desk/announcements': {
    full: {
      mayOperate: true,
      announcements: [
        { link: '/', subject: 'a', state: 'sent', tone: 'good', when: 'now', readers: '2 readers' },
      ],
      moreLink: '/',
    },
    minimal: { mayOperate: false, announcements: [] },
  },
  'desk/announcement-form': {
    full: {
      ...{ formToken, title: 'Title', back: '/', action: '/', errors: ['Wrong.'] },
      ...{ subject: 'a', body: 'b', isOther: true, fields: [choice], address: 'c' },
      ...{ longestSubject: 1, longestBody: 1 },
    },
    minimal: {
      ...{ formToken, title: '', back: '', action: '', errors: [], subject: '', body: '' },
      ...{ isOther: false, fields: [], address: '', longestSubject: 0, longestBody: 0 },
    },
  },
  'desk/announcement': {
    full: {
      ...{ formToken, mayOperate: true, status: 'Done.', error: 'Wrong.', here: '/', id: 1 },
      ...{ subject: 'a', facts: [{ name: 'State', value: 'sent' }], isDraft: true, readers: 2 },
      ...{ readersInWords: '2 readers', isSending: true, isPaused: true, isOpen: true },
      turns: 'A warm-up goes on.',
      ...{ states: [{ label: 'accepted', tone: 'good', count: 2 }], text: 'b' },
    },
    minimal: {
      ...{ formToken, mayOperate: false, here: '', id: 0, subject: '', facts: [], isDraft: false },
      ...{ readers: 0, readersInWords: '', isSending: false, isPaused: false, isOpen: false },
      ...{ states: [], text: '' },
    },
  },
  'desk/proposals': {
    full: {
      formToken,
      mayOperate: true,
      status: 'Saved.',
      error: 'Wrong.',
      proposals: [
        {
          ...{ id: 1, title: 'a', link: '/', by: 'b', votes: 2, reports: 1, isShown: true },
          reason: 'c',
        },
      ],
      stopped: [{ id: 1, link: '/', address: 'a', reason: 'b' }],
    },
    minimal: {
      formToken,
      mayOperate: false,
      proposals: [{ id: 1, title: 'a', by: 'b', votes: 0, reports: 0, isShown: false }],
      stopped: [],
    },
  },
};
