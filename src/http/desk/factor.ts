import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../../core/desk/operator.ts';
import { drawQr } from '../../core/desk/qr.ts';
import { originOf } from '../../core/reader/origin.ts';
import { askToAdd, siteOf } from '../../steps/desk/passkeys.ts';
import {
  beginFactor,
  enrolFactor,
  findBegun,
  hasApp,
  hasFactor,
  mayEnrolFrom,
  removeFactor,
  renewCodes,
  takeCode,
} from '../../steps/desk/second-factor.ts';
import { showsPassword } from '../../steps/desk/sign-in.ts';
import { mayTryAgain } from '../../steps/desk/tries.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { cookieName, cookieOptions, FACTOR, visitOf } from './guard.ts';

/** What the page says beside what is set up. */
export interface Said {
  readonly status?: string;
  readonly error?: string;
  readonly codes?: readonly string[];
  /** True where the browser is to make a passkey now. */
  readonly makesPasskey?: boolean;
}

/** A form of the page. */
export type Form = { Body: Record<string, unknown> | undefined };

/** It is one's own: who may only look has one, too, and who must have one gets here without. */
export const own = { config: { right: 'look', isFactorless: true } } as const;
export const tooOften = 'That was tried too often. Try again in a quarter of an hour.';
export const wrongCode = 'This code is wrong, or was used before.';

/** `/admin/factor`: setting up one's second factor, new recovery codes, taking it off. */
export function registerFactor(desk: FastifyInstance, site: Site): void {
  const { outside } = site;

  desk.get(FACTOR, own, (request, reply) => show(request, reply, { site }));

  desk.post<Form>(`${FACTOR}/begin`, own, async (request, reply) => {
    const error = await refuseBeginning(site, request);
    if (error) return show(request, reply, { site, said: { error } });
    await beginFactor(outside, visitOf(request).operator);
    return show(request, reply, { site });
  });

  desk.post<Form>(`${FACTOR}/confirm`, own, async (request, reply) => {
    const { operator, sessionId } = visitOf(request);
    const code = textOf(request.body?.['code']);
    const order = { operator, sessionId, code, actor: actorOf(operator) };
    if (!(await mayTryAgain(outside, operator.name))) return refuse(request, reply, tooOften);
    if (!(await mayEnrolFrom(outside, operator.id, originOf(request.ip)))) {
      return refuse(request, reply, notFromHere);
    }
    const codes = await enrolFactor(outside, order);
    const said = codes ? { status: 'It is switched on.', codes } : { error: wrongCode };
    return show(request, reply, { site, said });
  });

  desk.post<Form>(`${FACTOR}/codes`, own, async (request, reply) => {
    const { operator } = visitOf(request);
    if (!(await mayTryAgain(outside, operator.name))) return refuse(request, reply, tooOften);
    const by = await takeCode(outside, operator.id, textOf(request.body?.['code']));
    // Whoever has an app shows it: one code that got out must not make ten.
    const isGood = by === 'app' || (by && !(await hasApp(outside, operator)));
    if (!isGood) return refuse(request, reply, wrongCode);
    const order = { operator, action: 'factor_codes', actor: actorOf(operator) } as const;
    const codes = await outside.store.transaction((tx) =>
      renewCodes({ ...outside, store: tx }, order),
    );
    return show(request, reply, { site, said: { status: 'Those before are no good now.', codes } });
  });

  desk.post<Form>(`${FACTOR}/remove`, own, async (request, reply) => {
    const { operator } = visitOf(request);
    if (outside.config.http.requiresSecondFactor) return refuse(request, reply, 'It is required.');
    if (!(await mayTryAgain(outside, operator.name))) return refuse(request, reply, tooOften);
    const by = await takeCode(outside, operator.id, textOf(request.body?.['code']));
    if (!by) return refuse(request, reply, wrongCode);
    await removeFactor(outside, { operator, actor: actorOf(operator), what: 'app' });
    return reply.clearCookie(cookieName(site), cookieOptions(site)).redirect('/admin/sign-in', 303);
  });

  const refuse = (request: FastifyRequest, reply: FastifyReply, error: string) =>
    show(request, reply, { site, said: { error } });
}

export const notFromHere =
  'From here none can be set up: ask whoever runs this machine for "paperround operators factor add".';

/**
 * Why a factor cannot be set up; undefined where it can. A session alone is not enough, since it may be
 * stolen: the first one takes the password, a further one a code.
 */
export async function refuseBeginning(
  { outside }: Pick<Site, 'outside'>,
  request: FastifyRequest<Form>,
): Promise<string | undefined> {
  const { operator } = visitOf(request);
  const { password, code } = request.body ?? {};
  if (!(await mayTryAgain(outside, operator.name))) return tooOften;
  if (await hasFactor(outside, operator)) {
    return (await takeCode(outside, operator.id, textOf(code))) ? undefined : wrongCode;
  }
  if (!(await showsPassword(outside, operator.name, textOf(password)))) {
    return 'This is not your password.';
  }
  const isHere = await mayEnrolFrom(outside, operator.id, originOf(request.ip));
  return isHere ? undefined : notFromHere;
}

/** Answers with the page. */
export async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: Said },
): Promise<FastifyReply> {
  const { outside } = site;
  const { operator } = visitOf(request);
  const begun = await findBegun(outside, operator);
  const qr = begun && drawQr(begun.uri, 'The secret as a QR code');
  const { makesPasskey, ...words } = said;
  const making = makesPasskey ? await askToAdd(outside, operator) : undefined;
  const passkeys = await outside.store.passkeys.listOf(operator.id);
  const view = {
    formToken: formTokenFor(request),
    ...words,
    hasFactor: await hasFactor(outside, operator),
    hasApp: await hasApp(outside, operator),
    mayHavePasskeys: siteOf(outside) !== undefined,
    passkeys: passkeys.map(({ credentialId, name, addedAt, usedAt }) => ({
      id: credentialId,
      name,
      told: `added ${timeOf(addedAt)}${usedAt ? `, used ${timeOf(usedAt)}` : ''}`,
    })),
    ...(making ? { making } : {}),
    isRequired: outside.config.http.requiresSecondFactor,
    codesLeft: await outside.store.factors.countCodes(operator.id),
    ...(begun && qr ? { begun: { ...begun, qr } } : {}),
  };
  const shown = { site, page: 'desk/factor', title: 'Second factor', view } as const;
  return replyWithDesk(request, reply, {
    ...shown,
    ...(making ? { script: '/passkey.js' } : {}),
    status: said.error ? 400 : 200,
  });
}
