import type { Operation } from '../operation.ts';

export const circleOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/circles',
    command: 'circles list',
    summary: 'Readers who read together, the newest first: how many, and nothing of what they say',
  },
  {
    method: 'POST',
    path: '/circles',
    command: 'circles make',
    summary: 'Make one for a department, by a list of addresses',
    description: 'Readers get one notice, others a confirmation. Nobody is in before a press.',
  },
  {
    method: 'POST',
    path: '/circles/{id}/close',
    command: 'circles close',
    summary: 'Close one',
    description: 'Its members read it for two more weeks.',
  },
];
