import type { ImportPart } from '../../../core/desk/subscriber-pages.ts';
import type { Samples } from '../../../core/letter/template.ts';
import { choice, type DeskSamples, field, formToken, line } from './parts.ts';

/** The desk's pages of readers, to check their templates with. */
export const subscribersSamples: DeskSamples<
  | 'desk/subscribers'
  | 'desk/subscriber'
  | 'desk/wishes'
  | 'desk/suppressions'
  | 'desk/import'
  | 'desk/import-file'
> = {
  'desk/subscribers': {
    full: {
      formToken,
      mayOperate: true,
      query: 'a',
      standings: [{ ...choice, count: 1, link: '/admin/subscribers' }],
      standing: 'active',
      shown: '1 of 2',
      readers: [{ link: '/admin/subscribers/1', address: 'a', standing: 'active', tone: 'a' }],
      moreLink: '/admin/subscribers?after=1',
      charts: [{ title: 'Readers', svg: '', note: 'A sentence.' }],
    },
    minimal: {
      formToken,
      mayOperate: false,
      query: '',
      standings: [],
      standing: '',
      shown: '',
      readers: [],
      charts: [],
    },
  },
  'desk/subscriber': {
    full: {
      formToken,
      mayOperate: true,
      here: '/admin/subscribers/1',
      status: 'Saved.',
      error: 'Wrong.',
      address: 'a',
      standing: 'active',
      means: 'get mail',
      isSubscribed: true,
      consents: [{ said: 'asked', words: 'in the words' }],
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
      standing: '',
      means: '',
      isSubscribed: false,
      consents: [],
      facts: [],
      deliveries: [],
      editions: [],
      pausedUntil: '',
      asked: '',
      days: [],
    },
  },
  'desk/wishes': {
    full: {
      formToken,
      action: '/',
      back: '/',
      title: 'A title',
      errors: ['Wrong.'],
      isNew: true,
      address: 'a',
      papersPart: '',
      timesPart: '',
      button: 'Save',
    },
    minimal: {
      formToken,
      action: '',
      back: '',
      title: '',
      errors: [],
      isNew: false,
      address: '',
      papersPart: '',
      timesPart: '',
      button: '',
    },
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
