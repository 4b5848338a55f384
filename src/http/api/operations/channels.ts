import type { Operation } from '../operation.ts';

/** What an operation is about one channel. */
const one = { method: 'POST' } as const;

export const channelOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/channels',
    command: 'channels list',
    summary: 'The channels that editions are posted to, and how it goes',
  },
  {
    method: 'POST',
    path: '/channels',
    command: 'channels add',
    status: 201,
    summary: 'Post editions to a channel of a team',
    description:
      'The secret of a Standard Webhook is told this once. Under an Idempotency-Key it is made once; the answer is not kept, so that asking again is answered 409.',
    isUnkept: true,
  },
  {
    method: 'POST',
    path: '/channels/{name}',
    command: 'channels change',
    summary: 'Change what it is brought, and when',
  },
  {
    method: 'GET',
    path: '/channels/{name}/posts',
    command: 'channels log',
    summary: 'What was posted there, the newest first',
  },
  {
    method: 'GET',
    path: '/channels/{name}/dates/{date}',
    command: 'channels why',
    summary: 'Why a date of its brought it something or nothing',
  },
  { ...one, path: '/channels/{name}/test', command: 'channels test', summary: 'Post a test' },
  { ...one, path: '/channels/{name}/pause', command: 'channels pause', summary: 'Post nothing' },
  { ...one, path: '/channels/{name}/resume', command: 'channels resume', summary: 'Let it go on' },
  {
    ...one,
    path: '/channels/{name}/resend',
    command: 'channels resend',
    summary: 'Post an edition once more',
  },
  {
    method: 'DELETE',
    path: '/channels/{name}',
    command: 'channels remove',
    summary: 'Remove it, with its address',
  },
];
