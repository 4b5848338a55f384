import type { FastifyError, FastifyInstance } from 'fastify';
import { actorOf } from '../../core/desk/operator.ts';
import { exportSubscribers } from '../../steps/readers/export.ts';
import { statusOf } from '../errors.ts';
import type { Site } from '../site.ts';
import { buildDocument } from './document.ts';
import { guardApi, holderOf } from './guard.ts';
import { createMissing } from './missing.ts';
import { operationGroups } from './operations.ts';
import { registerApiPage } from './page.ts';
import { problemOf, replyWithProblem } from './problem.ts';
import { registerOperations } from './routes.ts';
import { registerSubscriptionApi } from './subscriptions.ts';

const operate = { config: { right: 'operate' } } as const;

/**
 * `/api/v1`: the second door to what the CLI asks by name. Whatever goes wrong in it is
 * answered as a problem (RFC 9457), also under paths that are not there.
 */
export function registerApi(app: FastifyInstance, site: Site): void {
  const document = buildDocument(operationGroups, site.outside.config);
  const text = JSON.stringify(document);
  registerApiPage(app, site, document);
  app.register(
    (api, _options, done) => {
      // Before the guard, so that whoever tries keys is counted, too.
      api.addHook('onRequest', api.rateLimit());
      api.addHook('onRequest', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      api.setNotFoundHandler(createMissing(document));
      api.setErrorHandler((error: FastifyError, request, reply) => {
        const status = statusOf(error);
        if (status >= 500) {
          site.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
        }
        return replyWithProblem(reply, problemOf(status, error));
      });
      api.get('/openapi.json', (_request, reply) => reply.type('application/json').send(text));
      registerSubscriptionApi(api, site);
      api.register((own, _own, ready) => {
        guardApi(own, site);
        readTexts(own);
        own.get('/operator', async (request) => {
          const { name, role, mayResendAll } = holderOf(request);
          return { name, role, mayResendAll };
        });
        own.get('/subscribers/export', operate, (request, reply) => {
          const rows = exportSubscribers(site.outside, { actor: actorOf(holderOf(request)) });
          return reply.type('text/csv; charset=utf-8').send(rows);
        });
        registerOperations(own, site);
        ready();
      });
      done();
    },
    { prefix: '/api/v1' },
  );
}

/** Bodies that are one text: files of papers, feeds and subscribers. */
function readTexts(api: FastifyInstance): void {
  const types = [
    ...new Set(
      Object.values(operationGroups)
        .flat()
        .flatMap(({ body }) => (body ? [body.type] : [])),
    ),
  ].filter((type) => type !== 'text/plain');
  // Fastify reads text/plain by itself.
  api.addContentTypeParser(types, { parseAs: 'string' }, (_request, body, parsed) =>
    parsed(null, body),
  );
}
