import type { Operation } from '../operation.ts';

export const proposalOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/proposals',
    command: 'proposals list',
    summary: 'Papers that readers propose, the newest first',
  },
  {
    method: 'GET',
    path: '/proposals/stopped',
    command: 'proposals stopped',
    summary: 'Readers who may not vote and propose',
  },
  {
    method: 'POST',
    path: '/proposals/let',
    command: 'proposals let',
    summary: 'Let a reader who was stopped act again',
  },
  {
    method: 'POST',
    path: '/proposals/{id}/take',
    command: 'proposals take',
    summary: 'Make one a paper of the draft',
  },
  {
    method: 'POST',
    path: '/proposals/{id}/leave',
    command: 'proposals leave',
    summary: 'Leave one that was reported',
  },
  {
    method: 'POST',
    path: '/proposals/{id}/down',
    command: 'proposals down',
    summary: 'Take one down',
    description: 'Whoever proposed it reads the reason.',
  },
  {
    method: 'POST',
    path: '/proposals/{id}/stop',
    command: 'proposals stop',
    summary: 'Keep whoever proposed one from voting and proposing',
    description: 'Nothing that they proposed is shown any more.',
  },
];
