import type { FastifyReply, FastifyRequest } from 'fastify';
import { formTokenOf } from '../../core/desk/token.ts';
import type { PageViews } from '../../core/letter/pages.ts';
import type { Shown, Site } from '../site.ts';
import { visitOf } from './guard.ts';

const links = [
  { label: 'Today', link: '/admin' },
  { label: 'Editions', link: '/admin/editions' },
  { label: 'Proposals', link: '/admin/proposals' },
  { label: 'Deliveries', link: '/admin/deliveries' },
  { label: 'Announcements', link: '/admin/announcements' },
  { label: 'Subscribers', link: '/admin/subscribers' },
  { label: 'Inbox', link: '/admin/inbox' },
  { label: 'Suppressions', link: '/admin/suppressions' },
  { label: 'Feeds', link: '/admin/feeds' },
  { label: 'Channels', link: '/admin/channels' },
  { label: 'Webhooks', link: '/admin/webhooks' },
  { label: 'Queue', link: '/admin/queue' },
  { label: 'Templates', link: '/admin/templates' },
  { label: 'Audit', link: '/admin/audit' },
  { label: 'Settings', link: '/admin/settings' },
  { label: 'Sessions', link: '/admin/sessions' },
  { label: 'Second factor', link: '/admin/factor' },
];

/** What the forms of a request's session carry. */
export function formTokenFor(request: FastifyRequest): string {
  return formTokenOf(visitOf(request).token);
}

/** Answers with a page of the desk, with its ways and who is signed in around it. */
export function replyWithDesk<Name extends keyof PageViews>(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, page, title, view, status = 200, script }: Shown<Name> & { site: Site; script?: string },
): FastifyReply {
  const { operator } = visitOf(request);
  const desk = {
    operator: operator.name,
    formToken: formTokenFor(request),
    links: markCurrent(request),
  };
  return reply
    .code(status)
    .type('text/html')
    .send(
      site.renderPage(page, view, { ...site.frame(title), desk, ...(script ? { script } : {}) }),
    );
}

/** The ways of the desk, with the one whose page, or a page below it, is asked for. */
function markCurrent({ url }: FastifyRequest) {
  const [path = ''] = url.split('?');
  const isHere = (link: string) =>
    path === link || (link !== '/admin' && path.startsWith(`${link}/`));
  return links.map((way) => ({ ...way, isCurrent: isHere(way.link) }));
}

/** `2026-11-20 07:05 UTC`. */
export function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
