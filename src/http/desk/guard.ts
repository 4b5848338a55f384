import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DeskRight, mayUse, type Operator } from '../../core/desk/operator.ts';
import { isFormToken } from '../../core/desk/token.ts';
import { hasFactor } from '../../steps/desk/second-factor.ts';
import { findSignedIn } from '../../steps/desk/sign-in.ts';
import { isSecure, nameCookie } from '../cookies.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';

/** Who opened a page of the desk, by which session. */
export interface Visit {
  readonly operator: Operator;
  readonly sessionId: number;
  /** The session's own token: what its forms are bound to. */
  readonly token: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard of the desk before any route of it runs. */
    visit: Visit | undefined;
  }
  interface FastifyContextConfig {
    /** What a route asks for where its method does not say it: a GET looks, all else operates. */
    right?: DeskRight;
    /** True where who has no second factor gets, although one is required. */
    isFactorless?: boolean;
  }
}

/** Where a second factor is set up. */
export const FACTOR = '/admin/factor';

/** The right that a route asks for. */
export function rightOf(request: FastifyRequest): DeskRight {
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  return request.routeOptions.config.right ?? (isReading ? 'look' : 'operate');
}

/**
 * Lets nothing of a scope be opened without a session whose operator has the right, and
 * takes no form that was not made for it. The browser is not told what is there.
 */
export function guardDesk(desk: FastifyInstance, site: Site): void {
  desk.addHook('onRequest', async (request, reply) => {
    const token = request.cookies[cookieName(site)];
    const found = token ? await findSignedIn(site.outside, token) : undefined;
    if (!token || !found) {
      const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : '';
      return reply.redirect(`/admin/sign-in${next}`, 303);
    }
    request.visit = { ...found, token };
    const { isFactorless = false } = request.routeOptions.config;
    if (site.outside.config.http.requiresSecondFactor && !isFactorless) {
      if (!(await hasFactor(site.outside, found.operator))) return reply.redirect(FACTOR, 303);
    }
    if (!mayUse(found.operator, rightOf(request))) return replyForbidden(reply, site);
    return undefined;
  });
  desk.addHook('preHandler', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return undefined;
    // The body of a file is read by its route, piece by piece: its token stands in the address.
    const isFile = request.headers['content-type']?.startsWith('multipart/form-data');
    const { form } = ((isFile ? request.query : request.body) ?? {}) as { form?: unknown };
    if (isFormToken(visitOf(request).token, form)) return undefined;
    return replyWithMessage(reply, site, 403);
  });
}

/** Whoever opened this page. Throws outside of the guard. */
export function visitOf({ visit }: FastifyRequest): Visit {
  if (!visit) throw new Error('a route of the desk stands outside of its guard');
  return visit;
}

/** Answers who is signed in and goes beyond their role. */
export function replyForbidden(reply: FastifyReply, site: Site): FastifyReply {
  const title = 'You may not do this';
  const view = {
    title,
    text: 'You are signed in, but your role does not go so far. Ask whoever makes the operators.',
    next: { label: 'To the desk', link: '/admin' },
  };
  return reply
    .code(403)
    .type('text/html')
    .send(site.renderPage('message', view, site.frame(title)));
}

/** The name of the cookie of a session. */
export function cookieName(site: Site): string {
  return nameCookie(site, 'desk');
}

/** Whether some cookies hold a session to which the desk opens. */
export async function hasOpenDesk(
  site: Site,
  cookies: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const token = cookies[cookieName(site)];
  const found = token ? await findSignedIn(site.outside, token) : undefined;
  if (!found) return false;
  const { requiresSecondFactor } = site.outside.config.http;
  return !requiresSecondFactor || hasFactor(site.outside, found.operator);
}

/** For this site alone, and for no script. */
export function cookieOptions(site: Site) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(site) } as const;
}
