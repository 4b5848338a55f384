import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashFor } from '../../core/reader/keys.ts';
import type { Site } from '../site.ts';
import { listOffered } from './arguments.ts';
import { holderOf } from './guard.ts';
import { type OnceOutcome, readOnceKey, runOnce } from './once.ts';
import { isChange, type Operation, rightOfOperation } from './operation.ts';
import { operationGroups } from './operations.ts';
import { waitAWhile } from './patience.ts';
import { problemOf, replyWithProblem } from './problem.ts';
import { type Prepared, runOperation } from './run.ts';

const MEBIBYTE = 1024 * 1024;
/** As much as the desk takes of a file. */
const LARGEST_FILE = 16 * MEBIBYTE;

/** Registers every operation that takes a key. */
export function registerOperations(api: FastifyInstance, site: Site): void {
  const working = new Set<Promise<unknown>>();
  // What went on past its request must not find the database closed.
  api.addHook('onClose', async () => {
    await Promise.allSettled(working);
  });
  for (const operation of Object.values(operationGroups).flat()) {
    registerOperation(api, { site, operation, working });
  }
}

function registerOperation(
  api: FastifyInstance,
  given: { site: Site; operation: Operation; working: Set<Promise<unknown>> },
): void {
  const { site, operation, working } = given;
  const prepared: Prepared = { operation, offered: listOffered(operation) };
  api.route({
    method: operation.method,
    url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
    config: { right: rightOfOperation(operation) },
    ...(operation.body ? { bodyLimit: LARGEST_FILE } : {}),
    async handler(request, reply) {
      if (!isTypeRight(request, operation)) return replyWithProblem(reply, problemOf(415));
      const work = perform(site, prepared, request);
      working.add(work);
      work.finally(() => working.delete(work)).catch(() => {});
      return send(reply, operation.isLong ? await waitAWhile(work, operation) : await work);
    },
  });
}

/** Whether what was sent is of the type that an operation reads. */
function isTypeRight({ headers, body }: FastifyRequest, operation: Operation): boolean {
  if (operation.method !== 'POST') return true;
  const [type] = (headers['content-type'] ?? '').split(';');
  if (operation.body) return type?.trim().toLowerCase() === operation.body.type;
  return body === undefined || body === null || type?.trim().toLowerCase() === 'application/json';
}

async function perform(
  site: Site,
  prepared: Prepared,
  request: FastifyRequest,
): Promise<OnceOutcome> {
  const { operation } = prepared;
  const holder = holderOf(request);
  const once = isChange(operation) ? readOnceKey(request) : undefined;
  if (!once) return runOperation(site, prepared, { request, holder });
  if (!('key' in once)) return once;
  const { key } = once;
  // A press keeps its key for ever; it must not be that of another operator.
  const onceKey = `api:${hashFor(site.outside.keys, 'press', `${holder.id}:${key}`)}`;
  return runOnce(site, { operation, request, holder, key }, () =>
    runOperation(site, prepared, { request, holder, onceKey }),
  );
}

function send(reply: FastifyReply, outcome: OnceOutcome): FastifyReply {
  const { status, type, body, location, retryAfter, isReplayed } = outcome;
  if (location) reply.header('location', location);
  if (retryAfter) reply.header('retry-after', retryAfter);
  if (isReplayed) reply.header('idempotency-replayed', 'true');
  return reply.code(status).type(type).send(body);
}
