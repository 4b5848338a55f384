import type { z } from 'zod';
import { CommandError } from './command.ts';

/** What is wrong with one argument. */
export interface ArgumentFault {
  /** Its name, with the place in it where it has several: `days.1`. */
  readonly field: string;
  readonly message: string;
}

/** Arguments that cannot be used, each with its fault. */
export class ArgumentError extends CommandError {
  readonly faults: readonly ArgumentFault[];

  constructor(faults: readonly ArgumentFault[]) {
    super(faults.map(({ field, message }) => `${field}: ${message}`).join('\n'));
    this.faults = faults;
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** A fault that zod found, in our words; undefined where the schema has words of its own. */
export function tellIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if ('input' in issue && issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${types[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${issue.origin === 'number' ? 'be' : 'have'} at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must ${issue.origin === 'number' ? 'be' : 'have'} at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `is not known: ${issue.keys.join(', ')}`;
    default:
      return undefined;
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

/** Every fault with its place. */
export function listFaults(error: z.ZodError): ArgumentFault[] {
  return error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.') || 'arguments',
    message,
  }));
}
