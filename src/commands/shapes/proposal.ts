import { z } from 'zod';
import { proposalStates } from '../../core/paper/proposals.ts';
import { count, shape, time } from './shape.ts';

/** A paper that a reader proposed. */
export const proposal = shape(
  'Proposal',
  z.object({
    id: z.int(),
    key: z.string().describe('The id of the paper, such as `arxiv:2505.01234`.'),
    title: z.string().nullable().describe('Null before its source told of it.'),
    link: z.string().nullable(),
    named: z.string().nullable().describe('As whom its reader wishes to be named.'),
    state: z.enum(proposalStates),
    reason: z.string().nullable().describe('Why it was refused or taken down.'),
    paperId: z.int().nullable(),
    proposedAt: time,
    votes: count.describe('Readers who want it, without the one who proposed it.'),
    reports: count,
  }),
);

/** A reader who may not act towards others. */
export const stoppedReader = shape(
  'StoppedReader',
  z.object({
    subscriptionId: z.int(),
    address: z.string(),
    reason: z.string(),
    actor: z.string(),
    at: time,
  }),
);
