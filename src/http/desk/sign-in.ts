import type { FastifyInstance, FastifyReply } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { originOf } from '../../core/reader/origin.ts';
import { askToSignIn } from '../../steps/desk/passkeys.ts';
import {
  IDLE_MS,
  revokeSession,
  type SignIn,
  signIn,
  signInWithCode,
  signInWithPasskey,
} from '../../steps/desk/sign-in.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { replyWithPage, type Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { cookieName, cookieOptions, visitOf } from './guard.ts';

const BUSY_SECONDS = 10;

type Field = 'name' | 'password' | 'next' | 'proof' | 'code' | 'asked' | 'answer';
type SignInForm = Partial<Record<Field, unknown>> | undefined;

/** `/admin/sign-in`: the only page of the desk that is open to strangers. */
export function registerSignIn(door: FastifyInstance, site: Site): void {
  const { outside } = site;
  const show = async (
    reply: FastifyReply,
    given: { name: string; next: string; proof?: string; error?: string; status?: number },
  ) => {
    const { status = 200, ...form } = given;
    const hasOperators = (await outside.store.access.countOperators()) > 0;
    const passkey = askToSignIn(outside);
    const view = { hasOperators, ...form, ...(passkey ? { passkey } : {}) };
    const script = passkey ? { script: '/passkey.js' } : {};
    const shown = { page: 'desk/sign-in', title: 'Sign in', view, status } as const;
    return replyWithPage(reply, site, { ...shown, ...script });
  };

  door.get<{ Querystring: { next?: unknown } }>('/admin/sign-in', (request, reply) =>
    show(reply, { name: '', next: placeOf(request.query.next) }),
  );

  door.post<{ Body: SignInForm }>('/admin/sign-in', async (request, reply) => {
    const name = textOf(request.body?.name).trim().slice(0, 100);
    const next = placeOf(request.body?.next);
    const origin = originOf(request.ip);
    const { proof: shown, answer } = request.body ?? {};
    const tried = await trySignIn(site, request.body, { name, origin });
    if (tried.kind === 'busy') {
      const error = 'Many people sign in at this moment. Try again in a few seconds.';
      reply.header('retry-after', BUSY_SECONDS);
      return show(reply, { name, next, error, status: 503 });
    }
    if (tried.kind === 'wait') {
      const minutes = Math.ceil(tried.seconds / 60);
      const error = `That was tried too often. Try again in ${minutes} minutes.`;
      reply.header('retry-after', tried.seconds);
      return show(reply, { name, next, error, status: 429 });
    }
    if (tried.kind === 'code') {
      const wrong = 'This code is wrong, or was used before.';
      const said = shown ? { error: wrong, status: 401 } : {};
      return show(reply, { name, next, proof: tried.proof, ...said });
    }
    if (tried.kind === 'no_factor') {
      const error =
        'A second factor is required, and you have none. From here none can be set up: ask whoever runs this machine for "paperround operators factor add".';
      return show(reply, { name, next, error, status: 403 });
    }
    if (tried.kind === 'refused') {
      const wrong = shown
        ? 'That took too long. Begin anew.'
        : 'This name and this password do not belong together.';
      const error = answer ? 'This passkey is not known here, or it took too long.' : wrong;
      return show(reply, { name, next, error, status: 401 });
    }
    const options = { ...cookieOptions(site), expires: tried.expiresAt };
    return reply.setCookie(cookieName(site), tried.token, options).redirect(next, 303);
  });
}

/** By what of the form somebody wants in: a passkey, a code after the password, or a password. */
function trySignIn(
  { outside, passwords }: Site,
  body: SignInForm,
  { name, origin }: { name: string; origin: string },
): Promise<SignIn> {
  const { proof, code, password, asked, answer } = body ?? {};
  if (answer) {
    const given = { proof: textOf(asked), answer: textOf(answer), origin };
    return signInWithPasskey(outside, given);
  }
  const shown = textOf(proof);
  if (shown) return signInWithCode(outside, { proof: shown, code: textOf(code), origin });
  return signIn({ ...outside, passwords }, { name, password: textOf(password), origin });
}

/** Signing out, and who else is signed in. */
export function registerSessions(desk: FastifyInstance, site: Site): void {
  const { outside } = site;

  // Whoever may only look may leave, too.
  desk.post(
    '/admin/sign-out',
    { config: { right: 'look', isFactorless: true } },
    async (request, reply) => {
      const { operator, sessionId } = visitOf(request);
      await revokeSession(outside, { sessionId, actor: actorOf(operator) });
      return reply
        .clearCookie(cookieName(site), cookieOptions(site))
        .redirect('/admin/sign-in', 303);
    },
  );

  desk.get('/admin/sessions', async (request, reply) => {
    const { operator, sessionId } = visitOf(request);
    const sessions = await outside.store.access.listSessions({
      now: outside.now(),
      idleMs: IDLE_MS,
    });
    const view = {
      formToken: formTokenFor(request),
      mayEnd: mayUse(operator, 'operate'),
      sessions: sessions.map((session) => ({
        id: session.id,
        operator: session.operator,
        since: timeOf(session.createdAt),
        seen: timeOf(session.seenAt),
        isHere: session.id === sessionId,
      })),
    };
    return replyWithDesk(request, reply, { site, page: 'desk/sessions', title: 'Sessions', view });
  });

  desk.post<{ Params: { id: string } }>('/admin/sessions/:id/end', async (request, reply) => {
    const { operator } = visitOf(request);
    const sessionId = idOf(request.params.id);
    const isEnded = await revokeSession(outside, { sessionId, actor: actorOf(operator) });
    if (!isEnded) return replyWithMessage(reply, site, 404);
    return reply.redirect('/admin/sessions', 303);
  });
}

/** A row's id out of a path; 0, which no row has, where it is none. */
export function idOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** A page of the desk to go on to, and no other place. */
function placeOf(next: unknown): string {
  const path = typeof next === 'string' ? next : '';
  return /^\/admin([/?][\w/?=&.%+-]*)?$/.test(path) && !path.startsWith('/admin/sign')
    ? path
    : '/admin';
}
