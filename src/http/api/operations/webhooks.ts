import type { Operation } from '../operation.ts';

/** What an operation is about one webhook. */
const one = { method: 'POST' } as const;

export const webhookOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/webhooks',
    command: 'webhooks list',
    summary: 'Who elsewhere is told what, and how it goes',
  },
  {
    method: 'POST',
    path: '/webhooks',
    command: 'webhooks add',
    status: 201,
    summary: 'Tell an address what happens from now on',
    description:
      'Its secret is told this once. Under an Idempotency-Key it is made once; the answer is not kept, so that asking again is answered 409.',
    isUnkept: true,
  },
  {
    method: 'GET',
    path: '/webhooks/{name}/log',
    command: 'webhooks log',
    summary: 'What it was told when, and every answer; the newest first',
  },
  { ...one, path: '/webhooks/{name}/test', command: 'webhooks test', summary: 'Send it a test' },
  { ...one, path: '/webhooks/{name}/on', command: 'webhooks on', summary: 'Let it go on' },
  { ...one, path: '/webhooks/{name}/off', command: 'webhooks off', summary: 'Tell it nothing' },
  {
    ...one,
    path: '/webhooks/{name}/skip',
    command: 'webhooks skip',
    summary: 'Tell the batch that waits to nobody',
  },
  {
    ...one,
    path: '/webhooks/{name}/secret',
    command: 'webhooks secret',
    summary: 'Give it a new secret',
    description: 'It is told this once, and not kept. The old one signs, too, for a day.',
    isUnkept: true,
  },
  {
    ...one,
    path: '/webhooks/batches/{batch}/resend',
    command: 'webhooks resend',
    summary: 'Send a batch now, again under the same key',
  },
  {
    method: 'DELETE',
    path: '/webhooks/{name}',
    command: 'webhooks remove',
    summary: 'Remove it with its log',
  },
];
