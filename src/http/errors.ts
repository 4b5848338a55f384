import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { MessagePage } from '../core/letter/pages.ts';
import type { Site } from './site.ts';

/** What there is a page for. */
const known = [200, 400, 403, 404, 410, 413, 429, 500, 503] as const;

type KnownStatus = (typeof known)[number];

function isKnown(status: number): status is KnownStatus {
  return known.some((each) => each === status);
}

/** Answers with a page in plain words under an HTTP status. */
export function replyWithMessage(
  reply: FastifyReply,
  site: Site,
  status: KnownStatus,
): FastifyReply {
  const page: MessagePage = {
    title: site.words.say(`status.${status}`),
    text: site.words.say(`statusNote.${status}`),
    next: { label: site.words.say('status.next'), link: `${site.prefix}/editions` },
  };
  return reply
    .code(status)
    .type('text/html')
    .header('content-language', site.words.language)
    .header('cache-control', 'no-store')
    .send(site.renderPage('message', page, site.frame(page.title)));
}

/** What PostgreSQL says of a character that it cannot keep, such as NUL; only an address or a form can hold one. */
const UNKEEPABLE = new Set(['22021', '22P05']);

/** The status that an error is answered with: what was asked for badly is no fault of ours. */
export function statusOf(error: FastifyError): number {
  return error.statusCode ?? (UNKEEPABLE.has(error.code) ? 400 : 500);
}

/** Every error becomes a page; its cause goes to the log and never to a reader. */
export function registerErrorPages(app: FastifyInstance, site: Site): void {
  app.setNotFoundHandler((_request, reply) => replyWithMessage(reply, site, 404));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error);
    if (status < 500) return replyWithMessage(reply, site, isKnown(status) ? status : 400);
    site.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    return replyWithMessage(reply, site, 500);
  });
}
