import { createHash, timingSafeEqual } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { createReadiness } from '../../steps/signals/readiness.ts';
import type { Outside } from '../../steps/steps.ts';
import { createMetrics, type Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route that is asked all day: its answers are not logged. */
    isProbe?: boolean;
  }
}

type SignalsOutside = Pick<Outside, 'store' | 'queue' | 'config' | 'now'>;

/** A route that is asked every few seconds: neither limited nor logged. */
const probe = { config: { isProbe: true, rateLimit: false } };

/**
 * `/healthz`: this process answers; asks nothing else. `/readyz`: it can do its work, or why
 * not (503), in about two seconds at most. Neither needs a sign-in or tells a secret.
 */
function registerProbes(app: FastifyInstance, outside: SignalsOutside): void {
  const { version } = outside.config;
  const isReady = createReadiness(outside);
  app.get('/healthz', probe, (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .header('paperround', version)
      .send({ status: 'alive' }),
  );
  app.get('/readyz', probe, async (_request, reply) => {
    const { isReady: ready, ...rest } = await isReady();
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not ready', ...rest });
  });
}

/** `/metrics`; with a token, for those who show it and for nobody else. */
function registerMetrics(app: FastifyInstance, metrics: Metrics, token?: string): void {
  app.get('/metrics', probe, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
      return reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .send({ status: 'refused', reason: 'show METRICS_TOKEN as a bearer token' });
    }
    return reply.type(metrics.contentType).send(await metrics.show());
  });
}

/** In the same time wherever they differ, and however long they are. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** Puts the probes beside the pages, and the metrics where a token is set, since anybody reaches this port. */
export function registerSignals(app: FastifyInstance, outside: SignalsOutside): void {
  registerProbes(app, outside);
  const { metricsToken } = outside.config.signals;
  if (metricsToken === undefined) return;
  const metrics = createMetrics(outside);
  countRequests(app, metrics);
  registerMetrics(app, metrics, metricsToken);
}

function countRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'unknown', config } = request.routeOptions;
    if (config?.isProbe) return;
    metrics.countRequest({ method: request.method, route, status: reply.statusCode });
  });
}

/**
 * Answers probes and metrics on a port of their own, where one is configured: for workers, which
 * have no pages, and for a Prometheus that should not need the token. Undefined where none is.
 */
export async function openHealthPort(
  outside: SignalsOutside,
  pages?: FastifyInstance,
): Promise<{ readonly port: number; close(): Promise<void> } | undefined> {
  const { healthHost: host, healthPort: port } = outside.config.signals;
  if (port === undefined) return undefined;
  const app = fastify({ requestTimeout: 10_000 });
  const metrics = createMetrics(outside);
  registerProbes(app, outside);
  registerMetrics(app, metrics);
  if (pages) countRequests(pages, metrics);
  await app.listen({ host, port }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    const advice = 'each process on a machine needs one of its own';
    throw new Error(`HEALTH_PORT: port ${port} is taken; ${advice}`, { cause });
  });
  return { port, close: () => app.close() };
}
