import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../core/desk/operator.ts';
import { originOf } from '../../core/reader/origin.ts';
import { addPasskey, removePasskey, siteOf } from '../../steps/desk/passkeys.ts';
import { hasApp, hasFactor, mayEnrolFrom, takeCode } from '../../steps/desk/second-factor.ts';
import { mayTryAgain } from '../../steps/desk/tries.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import {
  type Form,
  notFromHere,
  own,
  refuseBeginning,
  type Said,
  show,
  tooOften,
  wrongCode,
} from './factor.ts';
import { FACTOR, visitOf } from './guard.ts';

const LONGEST_NAME = 60;

/** `/admin/factor/passkey/…`: one's own passkeys, each of which stands for password and code. */
export function registerPasskeys(desk: FastifyInstance, site: Site): void {
  const { outside } = site;

  desk.post<Form>(`${FACTOR}/passkey/begin`, own, async (request, reply) => {
    if (!siteOf(outside)) return replyWithMessage(reply, site, 404);
    const error = await refuseBeginning(site, request);
    return show(request, reply, { site, said: error ? { error } : { makesPasskey: true } });
  });

  desk.post<Form>(`${FACTOR}/passkey/add`, own, async (request, reply) => {
    const { operator, sessionId } = visitOf(request);
    const isFirst = !(await hasFactor(outside, operator));
    if (isFirst && !(await mayEnrolFrom(outside, operator.id, originOf(request.ip)))) {
      return show(request, reply, { site, said: { error: notFromHere } });
    }
    const text = (name: string) => textOf(request.body?.[name]);
    const name = text('name').trim().slice(0, LONGEST_NAME) || 'a passkey';
    const given = { proof: text('proof'), answer: text('answer'), name };
    const order = { ...given, operator, sessionId, actor: actorOf(operator) };
    const added = await addPasskey(outside, order);
    const said: Said = added
      ? { status: `You can sign in with ${name}.`, ...added }
      : { error: 'That was no good, or took too long. Begin anew.' };
    return show(request, reply, { site, said });
  });

  desk.post<Form>(`${FACTOR}/passkey/remove`, own, async (request, reply) => {
    const { operator, sessionId } = visitOf(request);
    const refuse = (error: string) => show(request, reply, { site, said: { error } });
    const passkeys = await outside.store.passkeys.listOf(operator.id);
    const isLast = passkeys.length === 1 && !(await hasApp(outside, operator));
    if (isLast && outside.config.http.requiresSecondFactor) return refuse('It is required.');
    if (!(await mayTryAgain(outside, operator.name))) return refuse(tooOften);
    if (!(await takeCode(outside, operator.id, textOf(request.body?.['code'])))) {
      return refuse(wrongCode);
    }
    const credentialId = textOf(request.body?.['id']);
    const order = { operator, sessionId, credentialId, actor: actorOf(operator) };
    if (!(await removePasskey(outside, order))) return replyWithMessage(reply, site, 404);
    const status = 'It lets nobody in any more, and your other sessions have ended.';
    return show(request, reply, { site, said: { status } });
  });
}
