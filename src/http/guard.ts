import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { originOf } from '../core/reader/origin.ts';
import { replyWithMessage } from './errors.ts';
import type { Site } from './site.ts';

const quiet = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
};

/**
 * Bounds what one visitor may ask for in a minute, in this process. Leaving is never
 * refused: mail providers post it for many readers from a few addresses.
 */
export async function limitVisitors(app: FastifyInstance, site: Site): Promise<void> {
  await app.register(rateLimit, {
    max: site.outside.config.readers.requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => originOf(request.ip),
    allowList: (request) => /^\/(unsubscribe|announcements)\//.test(request.url),
    // How much one asked for is told to nobody until it is too much.
    addHeaders: quiet,
    addHeadersOnExceeding: quiet,
  });
}

/** Answers that something is asked for too often, and when to come back. */
export function replyTooOften(reply: FastifyReply, site: Site, seconds: number): FastifyReply {
  return replyWithMessage(reply.header('retry-after', seconds), site, 429);
}

/** Less than this is rarely worth coming back for. */
const AGAIN_SECONDS = 5;

/** A reader's request that costs much. */
interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly subscriberId: number;
}

/**
 * Answers a reader's costly request in its turn; 503 where too many are in line. Whoever has
 * gone by then gets no work done.
 */
export async function answerInTurn(
  site: Site,
  { request, reply, subscriberId }: Asked,
  answer: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const refuse = () => replyWithMessage(reply.header('retry-after', AGAIN_SECONDS), site, 503);
  const turn = site.turns.take(subscriberId, async () =>
    request.socket.destroyed ? refuse() : answer(),
  );
  return turn ?? refuse();
}

/**
 * Refuses a form that another site sends in a visitor's name. Browsers say where a request
 * comes from (Fetch Metadata; the Origin header before that); who says nothing is no
 * browser and holds nobody's rights but those of the link it was given.
 */
export function refuseForeignForms(app: FastifyInstance, site: Site): void {
  const own = new URL(site.outside.config.http.publicUrl).host;
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'POST' || !isForeign(request, own)) return undefined;
    return replyWithMessage(reply, site, 403);
  });
}

function isForeign({ headers }: FastifyRequest, own: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // Without a referrer even our own pages send "null".
  const { origin } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host !== own && host !== headers.host;
}

const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_NAME = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Shows pages to requests from this machine only; to anyone else they are not there. */
export function showLocally(app: FastifyInstance, site: Site): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!isLocal(request)) return replyWithMessage(reply, site, 404);
    reply.header('cache-control', 'no-store');
    return undefined;
  });
}

/** From this machine, and asked for by its name: a page elsewhere cannot read it by rebinding a name of its own. */
function isLocal(request: FastifyRequest): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? '') && LOOPBACK_NAME.test(host);
}
