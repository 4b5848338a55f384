import { choice, type DeskSamples, field } from './parts.ts';

/** The desk's pages of settings, templates and the audit, to check their templates with. */
export const settingsSamples: DeskSamples<'desk/settings' | 'desk/templates' | 'desk/audit'> = {
  'desk/settings': {
    full: { unknown: [field], set: [field], defaults: [field] },
    minimal: { unknown: [], set: [], defaults: [] },
  },
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
};
