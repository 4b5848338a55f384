import type { FastifyRequest } from 'fastify';
import type { Answer, Caller } from '../../commands/command.ts';
import { type CommandName, runCommand } from '../../commands/commands.ts';
import { ArgumentError } from '../../commands/faults.ts';
import { actorOf } from '../../core/desk/operator.ts';
import { findProblem } from '../api/faults.ts';
import type { Site } from '../site.ts';
import { visitOf } from './guard.ts';

/** What an order of the desk came to: what the command answered, or why it was not done. */
export type Ordered = { readonly answer: Answer } | { readonly error: string };

/** A command by its name, with its arguments as the desk gives them. */
export interface Order {
  readonly name: CommandName;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Gives an order to the command of that name, for whoever is signed in and with their rights: what the
 * desk can do is what scripts and the shell can. Rejects only for faults that are ours.
 */
export async function giveOrder(
  site: Site,
  request: FastifyRequest,
  order: Order,
): Promise<Ordered> {
  const { operator } = visitOf(request);
  const caller: Caller = { actor: actorOf(operator), rights: operator };
  try {
    return { answer: await runCommand(site.outside, order, caller) };
  } catch (error) {
    return { error: tellFault(error) };
  }
}

function tellFault(error: unknown): string {
  if (error instanceof ArgumentError) {
    return error.faults.map(({ field, message }) => `${sayField(field)} ${message}.`).join(' ');
  }
  const problem = findProblem(error);
  if (!problem) throw error;
  const said = [problem.title, problem.detail].filter(Boolean).join(' ');
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

/** `Hour` for `hour`, `Days` for `days.1`. */
function sayField(field: string): string {
  const [name = ''] = field.split('.');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
