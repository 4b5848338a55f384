import type { FastifyReply, FastifyRequest } from 'fastify';
import { formTokenOf, isFormToken } from '../../core/desk/token.ts';
import type { Acting } from '../../steps/readers/propose.ts';
import { type Begun, findVisitor, type Visitor } from '../../steps/readers/session.ts';
import { isSecure, nameCookie } from '../cookies.ts';
import type { Site } from '../site.ts';

/** The name of the cookie of a session. */
export function cookieName(site: Site): string {
  return nameCookie(site, 'reader');
}

/** For this site alone and no script; a link from elsewhere may open a page, and no form of elsewhere acts. */
export function cookieOptions(site: Site) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(site) } as const;
}

/** Gives this browser a session that has just begun, and leads on. */
export function enterSession(reply: FastifyReply, site: Site, begun: Begun): FastifyReply {
  const options = { ...cookieOptions(site), expires: begun.expiresAt };
  return reply.setCookie(cookieName(site), begun.token, options).redirect(begun.next, 303);
}

/** Who has a session in this browser; undefined where nobody has. */
export async function visitorOf(site: Site, request: FastifyRequest): Promise<Visitor | undefined> {
  const token = request.cookies[cookieName(site)];
  return token ? findVisitor(site.outside, token) : undefined;
}

/** Has somebody sign in first, in the language that they read, and come back to this path of it. */
export function askToSignIn(reply: FastifyReply, { prefix }: Site, path: string): FastifyReply {
  const next = `${prefix}${path}`;
  return reply.redirect(`${prefix}/sign-in?${new URLSearchParams({ next })}`, 303);
}

/**
 * Whether a form was made by a page of ours for this session. Pages that are the same for all carry
 * no token: of their forms the browser itself says where they stand (Fetch Metadata).
 */
export function isOwnForm({ headers, body }: FastifyRequest, { token }: Visitor): boolean {
  if (headers['sec-fetch-site'] === 'same-origin') return true;
  return isFormToken(token, (body as { form?: unknown } | undefined)?.form);
}

/** What the forms of a visitor's own pages carry. */
export function formTokenFor({ token }: Visitor): string {
  return formTokenOf(token);
}

/** A visitor as the steps know them. */
export function actingOf({ reader }: Visitor, { ip: from }: FastifyRequest): Acting {
  return { subscriberId: reader.subscriberId, subscriptionId: reader.id, from };
}
