/**
 * A site for members only: what is for everybody elsewhere is read there by who came by a link of a
 * mail, or is signed in, as a reader or at the desk. The pages themselves stay the same for all who may read them.
 */
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findVisitor } from '../steps/readers/session.ts';
import { cookieName as readerCookie } from './acting/visitor.ts';
import { isSecure, nameCookie } from './cookies.ts';
import { hasOpenDesk } from './desk/guard.ts';
import { replyWithMessage } from './errors.ts';
import { findReader, pathOf, type TokenRoute } from './readers/token.ts';
import { replyWithPage, type Site } from './site.ts';

const MONTH_SECONDS = 30 * 86_400;

/** Shows the pages of a scope, on a site for members only, to who may read it. */
export function guardMembers(app: FastifyInstance, site: Site): void {
  if (!site.outside.config.http.isForMembers) return;
  app.addHook('onRequest', async (request, reply) => {
    // Whatever stands between keeps it for nobody else.
    reply.header('cache-control', 'private, no-cache').header('x-robots-tag', 'noindex');
    return (await mayRead(site, request)) ? undefined : replyForMembers(reply, site);
  });
}

/** Whether a visitor holds the cookie of a reader's link or session, or of an operator's. */
export async function mayRead(site: Site, request: FastifyRequest): Promise<boolean> {
  const cookies = fastifyCookie.parse(request.headers.cookie ?? '');
  const token = cookies[nameCookie(site, 'read')];
  const reader = token ? await findReader(site, 'read', token) : undefined;
  if (reader?.state === 'active') return true;
  const session = cookies[readerCookie(site)];
  if (session && (await findVisitor(site.outside, session))) return true;
  return hasOpenDesk(site, cookies);
}

/** Answers a stranger how to become none. */
function replyForMembers(reply: FastifyReply, site: Site): FastifyReply {
  const { words, prefix } = site;
  const title = words.say('members.title');
  const next = { label: words.say('link.button'), link: `${prefix}/link` };
  const view = { title, text: words.say('members.text'), next };
  reply.header('cache-control', 'no-store');
  return replyWithPage(reply, site, { page: 'message', title, view, status: 403 });
}

/** Lets the browser of a reader who opened a link of theirs read the site from now on. */
export function letRead(
  reply: FastifyReply,
  site: Site,
  { id, state }: { readonly id: number; readonly state: string },
): void {
  if (!site.outside.config.http.isForMembers || state !== 'active') return;
  const token = pathOf(site, 'read', id).slice('/read/'.length);
  const cookie = fastifyCookie.serialize(nameCookie(site, 'read'), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(site),
    maxAge: MONTH_SECONDS,
  });
  reply.header('set-cookie', cookie);
}

/** `/read/:token/…`: any page of the site, from a mail to a reader of it. */
export function registerReading(app: FastifyInstance, site: Site): void {
  app.get<TokenRoute>('/read/:token/*', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    const reader = await findReader(site, 'read', request.params.token);
    if (reader?.state !== 'active') return replyWithMessage(reply, site, 410);
    letRead(reply, site, reader);
    // One slash alone begins it: two would lead to another host.
    const [, rest = ''] = /^\/read\/[^/]*[/\\]*(.*)$/.exec(request.url) ?? [];
    return reply.redirect(`/${rest}`, 303);
  });
}
