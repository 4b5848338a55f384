import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayUse, type Operator } from '../../core/desk/operator.ts';
import { findKeyHolder } from '../../steps/desk/sign-in.ts';
import { gatherToday } from '../../steps/desk/today.ts';
import { rightOf } from '../desk/guard.ts';
import type { Site } from '../site.ts';
import { replyWithProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** For whom an API key acts; set by the guard of the operators' API. */
    keyHolder: Operator | undefined;
  }
}

/** The operators' part of `/api/v1`: with a key, and with the rights of its role. */
export function registerOperatorApi(app: FastifyInstance, site: Site): void {
  app.register((api, _options, done) => {
    api.decorateRequest('keyHolder', undefined);
    guardApi(api, site);
    api.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) {
        site.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
      }
      const title = status >= 500 ? 'Something went wrong on our side.' : error.message;
      return replyWithProblem(reply, { status, title });
    });

    api.get('/api/v1/operator', async (request) => {
      const { name, role, mayResendAll } = holderOf(request);
      return { name, role, mayResendAll };
    });
    api.get('/api/v1/today', () => gatherToday(site.outside));
    done();
  });
}

/** `Authorization: Bearer KEY` (RFC 6750) on every route of a scope. */
function guardApi(api: FastifyInstance, site: Site): void {
  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const operator = key ? await findKeyHolder(site.outside, key) : undefined;
    if (!operator) return replyUnknown(reply);
    request.keyHolder = operator;
    if (mayUse(operator, rightOf(request))) return undefined;
    return replyWithProblem(reply, { status: 403, title: 'This key may not do this.' });
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
