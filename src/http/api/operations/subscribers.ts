import type { Operation } from '../operation.ts';

/** In a path a reader is best named by the number of their subscription: logs of proxies keep paths. */
const one = { names: { subscriber: 'address' } } as const;

export const subscriberOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/subscribers',
    command: 'subscribers list',
    summary: 'Who reads, the oldest first',
    hidden: ['after', 'csv'],
  },
  {
    method: 'POST',
    path: '/subscribers',
    command: 'subscribers add',
    status: 201,
    summary: 'Subscribe somebody who asked you to',
    look: ({ id }) => `/subscribers/${id}`,
  },
  {
    method: 'GET',
    path: '/subscribers/growth',
    command: 'subscribers growth',
    summary: 'How many readers stand how, and how many came and left on each of the last days',
  },
  {
    method: 'POST',
    path: '/subscribers/import',
    command: 'subscribers import',
    summary: 'Take subscribers over from a CSV file',
    description:
      'As the command does it: nobody who left or is suppressed comes back, and no consent is invented. Its answer may quote cells, so it is not kept under an Idempotency-Key.',
    hidden: ['file', 'refused'],
    body: { argument: 'text', type: 'text/csv' },
    isLong: true,
    isUnkept: true,
    look: () => '/audit?subject=subscribers',
  },
  {
    method: 'GET',
    path: '/subscribers/{subscriber}',
    command: 'subscribers show',
    summary: 'One reader: state, wishes, consents, every date',
    description:
      'By the number of the subscription, or the address. Of a suppressed address that nobody has, only its suppression is known.',
    ...one,
  },
  {
    method: 'GET',
    path: '/subscribers/{subscriber}/export',
    command: 'subscribers export',
    summary: 'Everything that is kept of a reader',
    ...one,
  },
  {
    method: 'GET',
    path: '/subscribers/{subscriber}/library',
    command: 'subscribers library show',
    summary: 'The papers that a reader has, and what is read for them at Zotero',
    ...one,
  },
  {
    method: 'POST',
    path: '/subscribers/{subscriber}/library',
    command: 'subscribers library add',
    summary: 'Add papers to what a reader has',
    description:
      'The body is what a reference manager or a database exported, or a list of ids and links; what it is, is told by itself.',
    hidden: ['file'],
    body: { argument: 'text', type: 'text/plain' },
    ...one,
  },
  {
    method: 'POST',
    path: '/subscribers/{subscriber}/library/follow',
    command: 'subscribers library follow',
    summary: 'Read a library at Zotero daily',
    ...one,
  },
  {
    method: 'POST',
    path: '/subscribers/{subscriber}/library/unfollow',
    command: 'subscribers library unfollow',
    summary: 'Read a library at Zotero no more',
    ...one,
  },
  {
    method: 'POST',
    path: '/subscribers/{subscriber}/change',
    command: 'subscribers change',
    summary: 'Change what a reader asks for; what is not named stays',
    ...one,
  },
  {
    method: 'POST',
    path: '/subscribers/{subscriber}/link',
    command: 'subscribers link',
    summary: 'Mail a reader the link to their preferences',
    ...one,
  },
  {
    method: 'POST',
    path: '/subscribers/{subscriber}/pause',
    command: 'subscribers pause',
    summary: 'Send a reader nothing before a date of theirs; without one, go on',
    ...one,
  },
  {
    method: 'DELETE',
    path: '/subscribers/{subscriber}',
    command: 'subscribers erase',
    summary: 'Erase a reader and everything that is kept of them, for good',
    fixed: { yes: true },
    ...one,
  },
  {
    method: 'GET',
    path: '/why',
    command: 'why',
    summary: 'Why a reader did or did not get mail on a date of theirs',
  },
  {
    method: 'GET',
    path: '/suppressions',
    command: 'suppressions list',
    summary: 'Addresses that get no mail, the newest first',
  },
  {
    method: 'POST',
    path: '/suppressions',
    command: 'suppressions add',
    summary: 'Never mail an address again',
  },
  {
    method: 'POST',
    path: '/suppressions/lift',
    command: 'suppressions lift',
    summary: 'Let an address be mailed again',
  },
];
