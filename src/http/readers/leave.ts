import type { FastifyInstance, FastifyReply } from 'fastify';
import { maskAddress } from '../../core/reader/address.ts';
import { parseToken } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { requestSubscription } from '../../steps/readers/request.ts';
import { unsubscribe } from '../../steps/readers/subscribe.ts';
import { replyWithMessage } from '../errors.ts';
import { replyTooOften } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { findReader, pathOf, type TokenRoute } from './token.ts';

/** RFC 8058: a POST without cookie, in any form or none, ends the subscription and answers 200. */
export function registerLeaving(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.get<TokenRoute>('/unsubscribe/:token', async (request, reply) => {
    const id = parseToken(outside.keys, 'unsubscribe', request.params.token);
    if (id === undefined) return replyWithMessage(reply, site, 404);
    const reader = await outside.store.subscribers.find(id);
    if (!reader) return replyWithMessage(reply, site, 200);
    return showLeaving(reply, site, { reader, isDone: reader.state === 'ended' });
  });

  app.register((anyBody, _options, done) => {
    // A header that is no type at all must not keep anyone from leaving.
    anyBody.addHook('onRequest', async ({ raw }) => {
      raw.headers['content-type'] = 'application/octet-stream';
    });
    anyBody.removeAllContentTypeParsers();
    anyBody.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    anyBody.post<TokenRoute>('/unsubscribe/:token', async (request, reply) => {
      const id = parseToken(outside.keys, 'unsubscribe', request.params.token);
      const isOneClick = /List-Unsubscribe/i.test(String(request.body ?? ''));
      if (id === undefined) return replyWithMessage(reply, site, 404);
      const reader = await unsubscribe(outside, id, isOneClick ? 'one-click' : 'page');
      // Whoever was erased gets nothing either: leaving never fails.
      if (!reader) return replyWithMessage(reply, site, 200);
      return showLeaving(reply, site, { reader, isDone: true });
    });
    done();
  });
}

/** Asks, or says that it is done and how to come back; for every page of one who has left. */
export function showLeaving(
  reply: FastifyReply,
  unspoken: Site,
  { reader, isDone }: { reader: Subscription; isDone: boolean },
): FastifyReply {
  const site = speakTo(unspoken, reader);
  const { site: named } = site.outside.config;
  const view = {
    siteName: named.name,
    maskedAddress: maskAddress(reader.address),
    action: pathOf(site, 'unsubscribe', reader.id),
    isDone,
    contact: named.contact,
    ...(isDone
      ? { comeBack: pathOf(site, 'return', reader.id) }
      : { preferences: `${site.prefix}/link` }),
  };
  const title = site.words.say(isDone ? 'leave.done' : 'leave.heading');
  return replyWithPage(reply, site, { page: 'unsubscribe', title, view });
}

/** `/return/:token`: mails the way back to one who left, and does no more. */
export function registerReturning(app: FastifyInstance, site: Site): void {
  const show = (reply: FastifyReply, reader: Subscription, isDone: boolean) =>
    replyWithPage(reply, speakTo(site, reader), {
      page: 'return',
      title: speakTo(site, reader).words.say('return.heading'),
      view: {
        siteName: site.outside.config.site.name,
        maskedAddress: maskAddress(reader.address),
        action: pathOf(site, 'return', reader.id),
        isDone,
      },
    });

  app.get<TokenRoute>('/return/:token', async (request, reply) => {
    const reader = await findReader(site, 'return', request.params.token);
    return reader ? show(reply, reader, false) : replyWithMessage(reply, site, 404);
  });

  app.post<TokenRoute>('/return/:token', async (request, reply) => {
    const reader = await findReader(site, 'return', request.params.token);
    if (!reader) return replyWithMessage(reply, site, 404);
    const wait = await requestSubscription(site.outside, {
      address: { address: reader.address, key: reader.address.toLowerCase() },
      wishes: reader,
      form: 'return',
      from: request.ip,
    });
    return wait === undefined ? show(reply, reader, true) : replyTooOften(reply, site, wait);
  });
}
