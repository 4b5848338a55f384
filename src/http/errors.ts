import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { MessagePage } from '../core/letter/pages.ts';
import type { Site } from './site.ts';

const words = {
  200: {
    title: 'You get no mail',
    text: 'This subscription is gone with everything that was kept of it. No digest is sent to its address.',
  },
  400: {
    title: 'That did not work',
    text: 'The request was not one that this page understands. Go back and try again.',
  },
  403: {
    title: 'That came from elsewhere',
    text: 'This form takes only what is sent from its own page. Open the link from your mail and try again there.',
  },
  404: {
    title: 'There is nothing here',
    text: 'The address may be mistyped, or the page was taken away. A link from a mail must be whole to its last letter.',
  },
  410: {
    title: 'This page has expired',
    text: 'It was kept for a while and is gone now. The editions are still here.',
  },
  413: { title: 'That is too much', text: 'What was sent is larger than this page takes.' },
  429: {
    title: 'That was a lot at once',
    text: 'More was asked for from your connection, or for your mail provider, than this page answers. Please try again later.',
  },
  500: {
    title: 'That was our fault',
    text: 'Something went wrong on our side and was written down. Please try again in a few minutes.',
  },
  503: {
    title: 'One moment',
    text: 'We are still busy with what was asked before. Please try again in a few seconds: nothing was changed.',
  },
} as const satisfies Record<number, Pick<MessagePage, 'title' | 'text'>>;

type KnownStatus = keyof typeof words;

function isKnown(status: number): status is KnownStatus {
  return Object.hasOwn(words, status);
}

/** Answers with a page in plain words under an HTTP status. */
export function replyWithMessage(
  reply: FastifyReply,
  site: Site,
  status: KnownStatus,
): FastifyReply {
  const page: MessagePage = {
    ...words[status],
    next: { label: 'To the editions', link: '/editions' },
  };
  return reply
    .code(status)
    .type('text/html')
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
