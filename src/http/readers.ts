import type { FastifyInstance, FastifyReply } from 'fastify';
import type { UnsubscribePage } from '../core/letter/pages.ts';
import { maskAddress } from '../core/reader/address.ts';
import { buildToken, parseToken, type Right } from '../core/reader/keys.ts';
import { ageWhenDue } from '../core/reader/schedule.ts';
import type { Subscription } from '../core/reader/subscription.ts';
import { changeWishes, unsubscribe } from '../steps/subscribe.ts';
import { renderWebView } from '../steps/view.ts';
import { replyWithMessage } from './errors.ts';
import {
  parsePreferences,
  type TypedPreferences,
  typedOf,
  viewPreferences,
} from './preferences.ts';
import type { Site } from './site.ts';

interface TokenRoute {
  Params: { token: string };
}

/** The pages behind the links of a mail: leave, choose, view in browser. A GET changes nothing. */
export function registerReaderRoutes(app: FastifyInstance, site: Site): void {
  app.register((signed, _options, done) => {
    signed.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    });
    registerLeaving(signed, site);
    registerPreferences(signed, site);
    registerView(signed, site);
    done();
  });
}

/** RFC 8058: a POST without cookie, in any form or none, ends the subscription and answers 200. */
function registerLeaving(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.get<TokenRoute>('/unsubscribe/:token', async (request, reply) => {
    const reader = await findReader(site, 'unsubscribe', request.params.token);
    if (!reader) return replyWithMessage(reply, site, 404);
    return showLeaving(reply, site, { reader, isDone: reader.state === 'ended' });
  });

  app.register((anyBody, _options, done) => {
    anyBody.removeAllContentTypeParsers();
    anyBody.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    anyBody.post<TokenRoute>('/unsubscribe/:token', async (request, reply) => {
      const id = parseToken(outside.keys, 'unsubscribe', request.params.token);
      const isOneClick = /List-Unsubscribe/i.test(String(request.body ?? ''));
      const reader = id && (await unsubscribe(outside, id, isOneClick ? 'one-click' : 'page'));
      if (!reader) return replyWithMessage(reply, site, 404);
      return showLeaving(reply, site, { reader, isDone: true });
    });
    done();
  });
}

function showLeaving(
  reply: FastifyReply,
  site: Site,
  state: { reader: Subscription; isDone: boolean },
): FastifyReply {
  const { keys, config } = site.outside;
  const { reader, isDone } = state;
  const view: UnsubscribePage = {
    siteName: config.site.name,
    maskedAddress: maskAddress(reader.address),
    action: `/unsubscribe/${buildToken(keys, 'unsubscribe', reader.id)}`,
    isDone,
    contact: config.site.contact,
    ...(isDone
      ? {}
      : { preferences: `/preferences/${buildToken(keys, 'preferences', reader.id)}` }),
  };
  const title = isDone ? 'You have left' : 'Unsubscribe';
  return reply.type('text/html').send(site.renderPage('unsubscribe', view, site.frame(title)));
}

function registerPreferences(app: FastifyInstance, site: Site): void {
  const { outside } = site;
  const show = (
    reply: FastifyReply,
    reader: Subscription,
    state: { typed: TypedPreferences; isSaved: boolean; errors: readonly string[] },
  ) => {
    const { typed, isSaved, errors } = state;
    const age = ageWhenDue(reader.schedule, outside.config.cut, outside.now());
    const view = {
      ...viewPreferences(typed, age),
      isSaved,
      errors,
      maskedAddress: maskAddress(reader.address),
      action: `/preferences/${buildToken(outside.keys, 'preferences', reader.id)}`,
      unsubscribe: `/unsubscribe/${buildToken(outside.keys, 'unsubscribe', reader.id)}`,
    };
    const page = site.renderPage('preferences', view, site.frame('Preferences'));
    return reply
      .code(errors.length > 0 ? 400 : 200)
      .type('text/html')
      .send(page);
  };

  app.get<TokenRoute>('/preferences/:token', async (request, reply) => {
    const reader = await findReader(site, 'preferences', request.params.token);
    if (!reader) return replyWithMessage(reply, site, 404);
    if (reader.state !== 'active') return showLeaving(reply, site, { reader, isDone: true });
    return show(reply, reader, { typed: typedOf(reader), isSaved: false, errors: [] });
  });

  app.post<TokenRoute>('/preferences/:token', async (request, reply) => {
    const reader = await findReader(site, 'preferences', request.params.token);
    if (!reader) return replyWithMessage(reply, site, 404);
    const parsed = parsePreferences(request.body, reader);
    if (reader.state === 'active' && 'errors' in parsed) {
      return show(reply, reader, { ...parsed, isSaved: false });
    }
    const isSaved = 'wishes' in parsed && (await changeWishes(outside, reader.id, parsed.wishes));
    if (!isSaved) return showLeaving(reply, site, { reader, isDone: true });
    const changed = { ...reader, ...parsed.wishes };
    return show(reply, changed, { typed: typedOf(changed), isSaved, errors: [] });
  });
}

function registerView(app: FastifyInstance, site: Site): void {
  const { outside } = site;
  app.get<TokenRoute>('/view/:token', async (request, reply) => {
    const id = parseToken(outside.keys, 'view', request.params.token);
    if (!id) return replyWithMessage(reply, site, 404);
    const html = await renderWebView(outside, id);
    if (!html) return replyWithMessage(reply, site, 410);
    return reply
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .type('text/html')
      .send(html);
  });
}

async function findReader(
  site: Site,
  right: Right,
  token: string,
): Promise<Subscription | undefined> {
  const id = parseToken(site.outside.keys, right, token);
  return id === undefined ? undefined : site.outside.store.subscribers.find(id);
}
