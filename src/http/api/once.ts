import type { FastifyRequest } from 'fastify';
import type { Operator } from '../../core/desk/operator.ts';
import { claimOnce, type Done } from '../../steps/desk/once.ts';
import type { Site } from '../site.ts';
import type { Operation } from './operation.ts';
import { failWith, type Outcome } from './run.ts';

/** An outcome that may say when to ask again, or that it is one of before. */
export type OnceOutcome = Outcome & {
  readonly retryAfter?: number;
  readonly isReplayed?: boolean;
};

const LONGEST_KEY = 200;

/** The Idempotency-Key of a request: a problem where it cannot be one, undefined where there is none. */
export function readOnceKey({ headers }: FastifyRequest): { key: string } | Outcome | undefined {
  const given = headers['idempotency-key'];
  if (given === undefined) return undefined;
  // The draft has it as a structured-field string, in quotes; most clients send it bare.
  const key = String(given)
    .replace(/^"(.*)"$/, '$1')
    .trim();
  if (/^[\x21-\x7e]+$/.test(key) && key.length <= LONGEST_KEY) return { key };
  const message = `must be 1 to ${LONGEST_KEY} visible characters, such as a UUID`;
  const errors = [{ field: 'Idempotency-Key', message }];
  return failWith({ status: 400, title: 'Some arguments cannot be used.', errors });
}

/** Runs what is asked for once under its key, or answers what it came to before. */
export async function runOnce(
  { outside }: Pick<Site, 'outside'>,
  asked: { operation: Operation; request: FastifyRequest; holder: Operator; key: string },
  run: () => Promise<Outcome>,
): Promise<OnceOutcome> {
  const { operation, request, holder, key } = asked;
  const once = await claimOnce(outside, {
    operatorId: holder.id,
    key,
    request: `${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`,
  });
  switch (once.kind) {
    case 'other':
      return failWith({
        status: 422,
        title: 'This Idempotency-Key was used for another request.',
        detail: 'Take a new key for each thing that you ask for.',
      });
    case 'running': {
      const title = 'The same request is being done.';
      const detail = 'Ask again under the same key: it will be answered with what came of it.';
      return { ...failWith({ status: 409, title, detail }), retryAfter: once.seconds };
    }
    case 'done':
      return replay(once.done);
    case 'yours': {
      const outcome = await run();
      if (outcome.status >= 300) await once.doing.release();
      else await once.doing.keep(keep(outcome, operation));
      return outcome;
    }
  }
}

function keep({ status, location, body }: Outcome, { isUnkept }: Operation): Done {
  return { status, location: location ?? null, body: isUnkept ? null : body };
}

function replay({ status, location, body }: Done): OnceOutcome {
  if (body === null) {
    const title = 'This was done under the same key, and its answer is not kept.';
    const detail = 'It holds what must not lie in a table. Take a new key to do it once more.';
    return failWith({ status: 409, title, detail });
  }
  const found = { status, body, type: 'application/json', isReplayed: true };
  return location === null ? found : { ...found, location };
}
