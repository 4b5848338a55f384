import type { FastifyReply } from 'fastify';
import type { WishFault } from '../forms/wishes.ts';

/** An error as RFC 9457 has it. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly WishFault[];
}

/** Answers with an error for scripts. */
export function replyWithProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', ...problem }));
}
