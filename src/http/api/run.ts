import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../commands/command.ts';
import { runCommand } from '../../commands/commands.ts';
import { ArgumentError } from '../../commands/faults.ts';
import { actorOf, type Operator } from '../../core/desk/operator.ts';
import type { Site } from '../site.ts';
import { nameFaults, type Offered, readArguments } from './arguments.ts';
import { findProblem } from './faults.ts';
import type { Operation } from './operation.ts';
import { PROBLEM_TYPE, type Problem, problemOf, tellProblem } from './problem.ts';

/** What an operation answers with, before it is sent. */
export interface Outcome {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly location?: string | undefined;
}

/** An operation with what a call of it needs to know. */
export interface Prepared {
  readonly operation: Operation;
  readonly offered: readonly Offered[];
}

/** The outcome of a problem. */
export function failWith(problem: Problem): Outcome {
  return { status: problem.status, type: PROBLEM_TYPE, body: tellProblem(problem) };
}

/** Runs the command of an operation. Never rejects: every fault becomes a problem, and ours goes to the log. */
export async function runOperation(
  site: Site,
  { operation, offered }: Prepared,
  { request, holder, onceKey }: { request: FastifyRequest; holder: Operator; onceKey?: string },
): Promise<Outcome> {
  const caller: Caller = {
    actor: actorOf(holder),
    rights: holder,
    isHasty: true,
    ...(onceKey ? { onceKey } : {}),
  };
  try {
    const args = readArguments({ operation, offered }, request, holder);
    const answer = await runCommand(site.outside, { name: operation.command, args }, caller);
    return succeed(operation, answer);
  } catch (error) {
    const named = error instanceof ArgumentError ? nameFaults(error, offered) : error;
    const problem = findProblem(named);
    if (problem) return failWith(problem);
    site.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    return failWith(problemOf(500));
  }
}

function succeed(
  { status = 200, answers, look, text }: Operation,
  { data, goesOn }: { data: unknown; goesOn?: boolean },
): Outcome {
  // Where a command answers in several ways, only what is promised here is given out.
  const given = (answers ? answers.parse(data) : data) as Record<string, unknown>;
  const made = goesOn ? 202 : status;
  const location = look && made !== 200 ? `/api/v1${look(given)}` : undefined;
  const said = text
    ? { type: text.type, body: String(given[text.field]) }
    : { type: 'application/json', body: JSON.stringify(given) };
  return { status: made, ...said, ...(location ? { location } : {}) };
}
