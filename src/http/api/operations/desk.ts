import type { Operation } from '../operation.ts';

export const deskOperations: readonly Operation[] = [
  { method: 'GET', path: '/today', command: 'today', summary: 'The morning on one screen' },
  {
    method: 'GET',
    path: '/inbound',
    command: 'inbound list',
    summary: 'What came back and waits for a person',
    hidden: ['after'],
  },
  {
    method: 'GET',
    path: '/inbound/{id}',
    command: 'inbound show',
    summary: 'One of them, with its text',
    description: 'Without what acts for a reader; byte for byte it is shown by the command line.',
    hidden: ['raw'],
  },
  {
    method: 'POST',
    path: '/inbound/{id}/done',
    command: 'inbound done',
    summary: 'You have looked at it: it may go with its age',
  },
  {
    method: 'GET',
    path: '/operators',
    command: 'operators list',
    summary: 'Who may sign in, and to do what',
    description: 'Operators are made and changed by whoever has a shell on the machine.',
  },
  {
    method: 'POST',
    path: '/operators/{name}/sign-out',
    command: 'operators sign-out',
    summary: 'End every session of an operator',
  },
  {
    method: 'GET',
    path: '/keys',
    command: 'operators key list',
    summary: 'The keys, without what they say',
  },
  {
    method: 'POST',
    path: '/keys',
    command: 'operators key add',
    status: 201,
    summary: 'Make another key that acts for you',
    description:
      'It is shown this once. Under an Idempotency-Key it is made once; the answer is not kept, so that asking again is answered 409.',
    holder: 'operator',
    isUnkept: true,
  },
  {
    method: 'DELETE',
    path: '/keys/{key}',
    command: 'operators key revoke',
    summary: 'End a key at once',
  },
  {
    method: 'GET',
    path: '/audit',
    command: 'audit',
    summary: 'What was changed, by whom and when; the newest first',
    hidden: ['before'],
  },
];
