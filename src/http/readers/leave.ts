import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { maskAddress } from '../../core/reader/address.ts';
import { parseToken } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { endAnnouncements } from '../../steps/announcements/end-announcements.ts';
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

  takeAnyBody(app, (anyBody) =>
    anyBody.post<TokenRoute>('/unsubscribe/:token', async (request, reply) => {
      const id = parseToken(outside.keys, 'unsubscribe', request.params.token);
      if (id === undefined) return replyWithMessage(reply, site, 404);
      const how = howOf(request);
      const reader = await unsubscribe(outside, id, how);
      // Whoever was erased gets nothing either: leaving never fails.
      if (!reader) return replyWithMessage(reply, site, 200);
      if (how === 'one-click') return sayLeft(reply, speakTo(site, reader));
      return showLeaving(reply, site, { reader, isDone: true });
    }),
  );
}

/** RFC 8058 for announcements: the same, and digests go on; the page offers to end these, too. */
export function registerEndingAnnouncements(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.get<TokenRoute>('/announcements/:token', async (request, reply) => {
    const id = parseToken(outside.keys, 'announcements', request.params.token);
    if (id === undefined) return replyWithMessage(reply, site, 404);
    const reader = await outside.store.subscribers.find(id);
    if (!reader) return replyWithMessage(reply, site, 200);
    return showEnding(reply, site, { reader, isDone: reader.announcements === 'none' });
  });

  takeAnyBody(app, (anyBody) =>
    anyBody.post<TokenRoute>('/announcements/:token', async (request, reply) => {
      const id = parseToken(outside.keys, 'announcements', request.params.token);
      if (id === undefined) return replyWithMessage(reply, site, 404);
      const reader = await endAnnouncements(outside, id, howOf(request));
      if (!reader) return replyWithMessage(reply, site, 200);
      return showEnding(reply, site, { reader, isDone: true });
    }),
  );
}

function showEnding(
  reply: FastifyReply,
  unspoken: Site,
  { reader, isDone }: { reader: Subscription; isDone: boolean },
): FastifyReply {
  if (reader.state === 'ended') return showLeaving(reply, unspoken, { reader, isDone: true });
  const site = speakTo(unspoken, reader);
  const view = {
    siteName: site.outside.config.site.name,
    maskedAddress: maskAddress(reader.address),
    action: pathOf(site, 'announcements', reader.id),
    isDone,
    leaveAction: pathOf(site, 'unsubscribe', reader.id),
  };
  const title = site.words.say(isDone ? 'announcement.end' : 'wishes.announcements');
  return replyWithPage(reply, site, { page: 'announcements', title, view });
}

/** Takes a POST with any body, or none. */
function takeAnyBody(app: FastifyInstance, register: (anyBody: FastifyInstance) => void): void {
  app.register((anyBody, _options, done) => {
    // A header that is no type at all must not keep anyone from leaving.
    anyBody.addHook('onRequest', async ({ raw }) => {
      raw.headers['content-type'] = 'application/octet-stream';
    });
    anyBody.removeAllContentTypeParsers();
    anyBody.addContentTypeParser('*', async (_request: FastifyRequest, body: IncomingMessage) =>
      readBeginning(body),
    );
    register(anyBody);
    done();
  });
}

/** So much of a body tells whether a mail provider sent it. */
const BEGINNING = 4_096;

/** The first bytes of a body, of whatever length: what follows is let go by, unread. */
async function readBeginning(body: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const end = () => {
      resolve(text);
      body.resume();
    };
    body.on('data', (piece: Buffer) => {
      if (text.length < BEGINNING) text += piece.toString('latin1', 0, BEGINNING);
      if (text.length >= BEGINNING) end();
    });
    // A body that breaks off asks for the same.
    for (const over of ['end', 'error', 'close']) body.on(over, end);
  });
}

function howOf({ body }: FastifyRequest): 'one-click' | 'page' {
  return /List-Unsubscribe/i.test(String(body ?? '')) ? 'one-click' : 'page';
}

/** What a mail provider is told, in whose place nobody reads a page. */
function sayLeft(reply: FastifyReply, { words }: Site): FastifyReply {
  return reply.type('text/plain; charset=utf-8').send(`${words.say('leave.done')}.\n`);
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

/** Answers an active reader whose preferences a token opens; who has left is told so. */
export async function answerActive(
  site: Site,
  { reply, token }: { readonly reply: FastifyReply; readonly token: string },
  answer: (reader: Subscription) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const reader = await findReader(site, 'preferences', token);
  if (!reader) return replyWithMessage(reply, site, 404);
  if (reader.state !== 'active') return showLeaving(reply, site, { reader, isDone: true });
  return answer(reader);
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
      readerId: reader.id,
    });
    return wait === undefined ? show(reply, reader, true) : replyTooOften(reply, site, wait);
  });
}
