import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayUse, type Operator } from '../../core/desk/operator.ts';
import { findKeyHolder } from '../../steps/desk/sign-in.ts';
import { rightOf } from '../desk/guard.ts';
import type { Site } from '../site.ts';
import { replyWithProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** For whom an API key acts; set by the guard of the operators' API. */
    keyHolder: Operator | undefined;
  }
}

/** `Authorization: Bearer KEY` (RFC 6750) on every route of a scope, with the rights of its role. */
export function guardApi(api: FastifyInstance, site: Site): void {
  api.decorateRequest('keyHolder', undefined);
  api.addHook('onRequest', async (request, reply) => {
    const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const operator = key ? await findKeyHolder(site.outside, key) : undefined;
    if (!operator) return replyUnknown(reply);
    request.keyHolder = operator;
    const right = rightOf(request);
    if (mayUse(operator, right)) return undefined;
    const title = 'This key may not do this.';
    const detail = `It needs the role "${right}", of the key and of whom it acts for.`;
    return replyWithProblem(reply, { status: 403, title, detail });
  });
}

function replyUnknown(reply: FastifyReply): FastifyReply {
  return replyWithProblem(reply.header('www-authenticate', 'Bearer'), {
    status: 401,
    title: 'This needs a key that is good.',
    detail: 'Send "Authorization: Bearer KEY"; "paperround operators key add" makes one.',
  });
}

/** For whom a request's key acts. Throws outside of the guard. */
export function holderOf({ keyHolder }: FastifyRequest): Operator {
  if (!keyHolder) throw new Error('a route of the operators stands outside of its guard');
  return keyHolder;
}
