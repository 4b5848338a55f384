import { choice, type DeskSamples, field, formToken, line } from './parts.ts';

/** The desk's pages of deliveries and resends, to check their templates with. */
export const deliveriesSamples: DeskSamples<
  'desk/deliveries' | 'desk/delivery' | 'desk/resend' | 'desk/press'
> = {
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
      relays: [{ name: 'relay', by: 'a host', state: '5 connections', isDown: true }],
    },
    minimal: {
      states: [],
      causes: [],
      editions: [],
      domain: '',
      address: '',
      deliveries: [],
      relays: [],
    },
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
      post: 'Text',
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
};
