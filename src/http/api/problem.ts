import type { FastifyReply } from 'fastify';

/** An error as RFC 9457 has it. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** What to do about it. */
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export const PROBLEM_TYPE = 'application/problem+json';

const words: Readonly<Record<number, Omit<Problem, 'status'>>> = {
  404: {
    title: 'There is nothing here.',
    detail: 'GET /api/v1/openapi.json names every operation; /api is the same to read.',
  },
  413: { title: 'That is too much.', detail: 'Send it in several parts.' },
  415: {
    title: 'This takes another type of body.',
    detail: 'Send "Content-Type: application/json", or the type that the operation names.',
  },
  429: {
    title: 'Too many requests from this place.',
    detail: 'Wait as many seconds as Retry-After says.',
  },
  500: {
    title: 'Something went wrong on our side.',
    detail: 'It was written down. Please try again in a few minutes.',
  },
};

/** What is said of a status where the fault itself has no words for whoever asked. */
export function problemOf(status: number, error?: Error): Problem {
  const known = words[Math.min(status, 500)];
  return known ? { status, ...known } : { status, title: error?.message ?? 'That did not work.' };
}

/** The JSON of a problem. */
export function tellProblem(problem: Problem): string {
  return JSON.stringify({ type: 'about:blank', ...problem });
}

/** Answers with an error for scripts. */
export function replyWithProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type(PROBLEM_TYPE).send(tellProblem(problem));
}
