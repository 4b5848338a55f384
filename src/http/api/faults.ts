import { CommandError, type FaultKind } from '../../commands/command.ts';
import { ArgumentError } from '../../commands/faults.ts';
import { FeedError } from '../../core/feed/feed.ts';
import { PaperListError } from '../../core/paper/paper-list.ts';
import { AddressError } from '../../core/reader/address.ts';
import { PauseRefused } from '../../steps/deliveries/pause.ts';
import { AccessRefused } from '../../steps/desk/operators.ts';
import { TrialRefused } from '../../steps/digests/trial.ts';
import { OrderRefused } from '../../steps/order-refused.ts';
import { ResendRefused } from '../../steps/resend/scope.ts';
import type { Problem } from './problem.ts';

const statusOf: Readonly<Record<FaultKind, number>> = {
  missing: 404,
  conflict: 409,
  forbidden: 403,
  refused: 422,
};

/** What a step refuses for a reason that whoever asked can mend; each says it in its message. */
const refusals = [
  PauseRefused,
  ResendRefused,
  TrialRefused,
  AccessRefused,
  FeedError,
  PaperListError,
  AddressError,
];

/** The problem behind a fault of whoever asked; undefined where it is ours. */
export function findProblem(error: unknown): Problem | undefined {
  if (error instanceof ArgumentError) {
    return { status: 400, title: 'Some arguments cannot be used.', errors: error.faults };
  }
  if (error instanceof CommandError) return tell(statusOf[error.kind], error.message);
  if (error instanceof OrderRefused) return tell(statusOf[error.kind], error.message);
  const isRefused = refusals.some((kind) => error instanceof kind);
  return isRefused ? tell(422, (error as Error).message) : undefined;
}

/** The first line as its title, the others as what to do. */
function tell(status: number, message: string): Problem {
  const [title = '', ...rest] = message.split('\n');
  // What begins with an address or a name that somebody gave stays as it was given.
  const said = /^[a-z]+[ ,.]/.test(title)
    ? `${title.charAt(0).toUpperCase()}${title.slice(1)}`
    : title;
  return { status, title: said, ...(rest.length > 0 ? { detail: rest.join('\n') } : {}) };
}
