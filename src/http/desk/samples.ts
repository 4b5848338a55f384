import type { DeskPageViews, ImportPart, ProgressPart } from '../../core/desk/pages.ts';
import type { Samples } from '../../core/letter/template.ts';

const formToken = 'token';
const field = { name: 'what', value: 'all' };
const feed = { id: 1, name: 'A feed', state: 'fresh', reason: 'so' };
const choice = { value: 'a', label: 'A', isChosen: true };
const count = { label: 'failed', count: 1, tone: 'failed', link: '/admin/deliveries', reply: 'no' };
const line = {
  id: 1,
  address: 'a',
  of: 'edition 2026-11-20',
  state: 'failed',
  tone: 'failed',
  when: 'now',
  reply: '550 no',
};

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
      feeds: [],
      charts: [],
      isPaused: false,
    },
  },
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
  'desk/deliveries': {
    full: {
      states: [choice],
      causes: [choice],
      editions: [choice],
      domain: 'a',
      address: 'a',
      deliveries: [line],
      moreLink: '/admin/deliveries?before=1',
      reachedId: 1,
      resendLink: '/admin/resend',
    },
    minimal: { states: [], causes: [], editions: [], domain: '', address: '', deliveries: [] },
  },
  'desk/delivery': {
    full: {
      formToken,
      id: 1,
      address: 'a',
      state: 'failed',
      facts: [field],
      attempts: [{ when: 'now', relay: 'a', outcome: 'failed', said: '550 no' }],
      readerLink: '/admin/subscribers/1',
      resendLink: '/admin/resend',
      resolveAction: '/admin/deliveries/1/resolve',
      message: { subject: 'A subject', text: 'Text' },
    },
    minimal: { formToken, id: 1, address: '', state: '', facts: [], attempts: [] },
  },
  'desk/resend': {
    full: {
      formToken,
      title: 'Resend',
      error: 'A sentence.',
      note: { edition: '2026-11-20', text: '' },
      plan: {
        total: 2,
        going: 1,
        mayPress: true,
        copies: 1,
        fates: [{ count: 1, words: 'a reason', samples: [{ id: 1, address: 'a' }] }],
        fields: [field],
      },
      reason: 'a reason',
    },
    minimal: { formToken, title: '', reason: '' },
  },
  'desk/press': {
    full: {
      title: 'Resend',
      facts: [field],
      isEnded: true,
      left: 1,
      fates: [{ count: 1, words: 'a reason' }],
    },
    minimal: { title: '', facts: [], isEnded: false, left: 0, fates: [] },
  },
  'desk/feeds': {
    full: { feeds: [{ ...feed, address: 'arxiv:cs.CL' }] },
    minimal: { feeds: [] },
  },
  'desk/feed': {
    full: {
      formToken,
      mayOperate: true,
      name: 'A feed',
      facts: [field],
      days: [{ date: '2026-11-20', state: 'fresh', reason: 'so' }],
      runs: [{ when: 'now', outcome: 'fetched' }],
      refusals: [{ item: 'An item', reason: 'it has no title' }],
    },
    minimal: {
      formToken,
      mayOperate: false,
      name: '',
      facts: [],
      days: [],
      runs: [],
      refusals: [],
    },
  },
  'desk/settings': { full: { settings: [field] }, minimal: { settings: [] } },
  'desk/templates': {
    full: {
      folder: '/etc/paperround/templates',
      own: [{ name: 'mail/digest.mjml', path: '/etc/paperround/templates/mail/digest.mjml' }],
      ours: ['mail/notice.mjml'],
      editions: [choice],
      schemes: [choice],
      address: 'a',
      problem: 'A sentence.',
      shown: { subject: 'A subject', text: 'Text', size: '1.0 kB of 80 kB', link: '/admin' },
    },
    minimal: { own: [], ours: [], editions: [], schemes: [], address: '' },
  },
  'desk/audit': {
    full: {
      actor: 'cli',
      action: 'resend',
      subject: 'delivery 1',
      entries: [{ when: 'now', actor: 'cli', action: 'resend', subject: 'a', detail: '{}' }],
      moreLink: '/admin/audit?before=1',
    },
    minimal: { actor: '', action: '', subject: '', entries: [] },
  },
  'desk/import': {
    full: {
      action: '/',
      error: 'Wrong.',
      source: 'a',
      stateColumn: 'b',
      active: 'c',
      choices: [choice],
      columns: 'address',
    },
    minimal: { action: '', source: '', stateColumn: '', active: '', choices: [], columns: '' },
  },
  'desk/import-file': {
    full: {
      formToken,
      here: '/admin/subscribers/import/1',
      importPart: ' ',
      liveLink: '/admin/subscribers/import/1/live',
      facts: [field],
      lines: ['1 row read.'],
      samples: [{ line: 2, reason: 'it cannot be read' }],
      more: 1,
      refusedLink: '/admin/subscribers/import/1/refused',
      press: 'Take 1 of them over',
    },
    minimal: {
      formToken,
      here: '',
      facts: [],
      lines: [],
      samples: [],
      more: 0,
      press: '',
    },
  },
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
  'desk/suppressions': {
    full: {
      formToken,
      mayOperate: true,
      status: 'Saved.',
      error: 'Wrong.',
      address: 'a',
      why: 'b',
      reasons: [choice],
      suppressions: [
        { address: 'a', link: '/', hash: 'b', reason: 'bounce', note: 'c', when: 'now' },
      ],
      moreLink: '/',
    },
    minimal: {
      formToken,
      mayOperate: false,
      address: '',
      why: '',
      reasons: [],
      suppressions: [],
    },
  },
  'desk/subscribers': {
    full: {
      formToken,
      mayOperate: true,
      query: 'a',
      readers: [{ link: '/admin/subscribers/1', address: 'a', state: 'active' }],
      moreLink: '/admin/subscribers?after=1',
    },
    minimal: { formToken, mayOperate: false, query: '', readers: [] },
  },
  'desk/subscriber': {
    full: {
      formToken,
      mayOperate: true,
      here: '/admin/subscribers/1',
      status: 'Saved.',
      address: 'a',
      state: 'active',
      suppressed: 'since then',
      facts: [field],
      deliveries: [line],
      editions: [choice],
      pausedUntil: '2026-11-20',
      asked: '2026-11-20',
      days: [{ date: '2026-11-20', lines: ['A sentence.'] }],
    },
    minimal: {
      formToken,
      mayOperate: false,
      here: '',
      address: '',
      state: '',
      facts: [],
      deliveries: [],
      editions: [],
      pausedUntil: '',
      asked: '',
      days: [],
    },
  },
};

/** What became of a file of subscribers, to check its template with. */
export const importSamples: Samples<ImportPart> = {
  full: {
    here: '/admin/subscribers/import/1',
    isRunning: true,
    lines: ['1 row read.'],
    refused: 1,
  },
  minimal: { here: '', isRunning: false, lines: [], refused: 0 },
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
