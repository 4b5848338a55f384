import type { ProgressPart } from '../../../core/desk/today-pages.ts';
import type { Samples } from '../../../core/letter/template.ts';
import { count, type DeskSamples, feed, field, formToken } from './parts.ts';

/** The desk's pages of the morning, to check their templates with. */
export const todaySamples: DeskSamples<'desk/today'> = {
  'desk/today': {
    full: {
      formToken,
      mayOperate: true,
      date: '2026-11-20',
      progressPart: '',
      edition: ['A sentence.'],
      needs: [
        {
          words: 'A sentence.',
          command: 'paperround today',
          buttons: [{ label: 'Go', link: '/admin', action: '/admin/resume', fields: [field] }],
        },
      ],
      unfinished: [{ words: 'A sentence.', command: 'paperround today', link: '/' }],
      warmUp: {
        words: 'A sentence.',
        providers: [{ name: 'google.com', words: '143 of 250 messages' }],
        more: 'and 3 more providers',
      },
      stages: [{ value: 1, label: '150 a day' }],
      feeds: [feed],
      charts: [{ title: 'Digests', svg: '', note: 'A sentence.' }],
      correct: '2026-11-20',
      isPaused: true,
    },
    minimal: {
      formToken,
      mayOperate: false,
      date: '',
      progressPart: '',
      edition: [],
      needs: [],
      unfinished: [],
      stages: [],
      feeds: [],
      charts: [],
      isPaused: false,
    },
  },
};

/** The progress of the morning to check its template with. */
export const progressSamples: Samples<ProgressPart> = {
  full: {
    account: '2 readers due',
    isBalanced: false,
    ended: 1,
    total: 2,
    isRunning: true,
    pace: '1 a minute',
    whole: '',
    ends: [count],
    failures: [count],
  },
  minimal: {
    account: '',
    isBalanced: true,
    ended: 0,
    total: 0,
    isRunning: false,
    pace: '',
    whole: '',
    ends: [],
    failures: [],
  },
};
