import type { z } from 'zod';
import type { Command } from '../../commands/command.ts';
import { type CommandName, commands } from '../../commands/commands.ts';
import type { DeskRight } from '../../core/desk/operator.ts';

/**
 * A method and a path of `/api/v1` that ask for a command. Where nothing else is said, what
 * stands in braces in the path is the argument of that name; the others come from the query of
 * a GET and from the JSON object of all else. The command's schemas validate, and are the document.
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`, such as `/feeds/{name}`. */
  readonly path: string;
  readonly command: CommandName;
  /** In a few words; the first part of the page's line. */
  readonly summary: string;
  /** What else one should know. */
  readonly description?: string;
  /** What a good answer has, 200 where nothing is said. */
  readonly status?: 200 | 201 | 202;
  /** Arguments that go by another name here: theirs by ours. */
  readonly names?: Readonly<Record<string, string>>;
  /** Arguments that this path itself says. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Arguments that are not offered from afar. */
  readonly hidden?: readonly string[];
  /** The argument that is the name of whoever's key asks. */
  readonly holder?: string;
  /** The right, where it is more than the command's own for all arguments. */
  readonly right?: DeskRight;
  /** The whole body is one argument, as text of this type; all others come from the query. */
  readonly body?: { readonly argument: string; readonly type: string };
  /** The answer is this text of the data, of this type. */
  readonly text?: { readonly field: string; readonly type: string };
  /** What of the command's answers comes here, where those are several. */
  readonly answers?: z.ZodType;
  /** True where a POST asks a question and changes nothing, so that no key makes it once. */
  readonly isQuestion?: boolean;
  /** True where the answer must not be kept under an idempotency key. */
  readonly isUnkept?: boolean;
  /** True where the work may take longer than a request should: then the answer is 202. */
  readonly isLong?: boolean;
  /** Where to look for what is made or goes on. */
  look?(data: Readonly<Record<string, unknown>>): string;
}

/** The command that an operation asks for. */
export function commandOf({ command }: Operation): Command {
  return commands[command];
}

/** What an operation's data is. */
export function answersOf(operation: Operation): z.ZodType {
  return operation.answers ?? commandOf(operation).answers;
}

/** The right that every call of an operation takes. */
export function rightOfOperation(operation: Operation): DeskRight {
  return operation.right ?? commandOf(operation).right;
}

/** Whether doing it twice could differ from doing it once. */
export function isChange({ method, isQuestion }: Operation): boolean {
  return method !== 'GET' && isQuestion !== true;
}

/** The names in braces of a path. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}
