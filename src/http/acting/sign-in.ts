import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SignInPage } from '../../core/letter/acting-pages.ts';
import { maskAddress } from '../../core/reader/address.ts';
import { parseToken } from '../../core/reader/keys.ts';
import { FIRST_PLACE, readPlace } from '../../core/reader/session.ts';
import { requestSession } from '../../steps/readers/request.ts';
import { beginSession } from '../../steps/readers/session.ts';
import { readAddress, textOf } from '../forms/address.ts';
import { replyTooOften } from '../guard.ts';
import type { TokenRoute } from '../readers/token.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { cookieName, cookieOptions, enterSession, isOwnForm, visitorOf } from './visitor.ts';

type Form = { Body: Record<string, unknown> | undefined };
type Place = { Querystring: { next?: unknown } };

/** `/sign-in`: mails a link, behind which a POST begins a session of 30 days; the same for every address.
 * `/sign-out` ends it. */
export function registerSignIn(app: FastifyInstance, site: Site): void {
  const { outside, prefix } = site;
  const first = `${prefix}${FIRST_PLACE}`;

  app.get<Place>('/sign-in', (request, reply) =>
    show(reply, site, { address: '', next: readPlace(request.query.next, first), isDone: false }),
  );

  app.post<Form>('/sign-in', async (request, reply) => {
    const next = readPlace(request.body?.['next'], first);
    // People do not see the field; what fills in every field is none.
    if (textOf(request.body?.['website']) !== '') {
      return show(reply, site, { address: '', next, isDone: true });
    }
    const address = textOf(request.body?.['address']);
    const read = readAddress(address);
    if ('error' in read) {
      const error = site.words.translate(read.error);
      return show(reply, site, { address, next, error, isDone: false });
    }
    const typed = { address: read.address, from: request.ip, next };
    const wait = await requestSession(outside, typed);
    if (wait !== undefined) return replyTooOften(reply, site, wait);
    return show(reply, site, { address: '', next, isDone: true });
  });

  app.post<Form>('/sign-out', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (visitor && isOwnForm(request, visitor)) {
      const own = { id: visitor.sessionId, subscriptionId: visitor.reader.id };
      await outside.store.readerSessions.end(own);
      reply.clearCookie(cookieName(site), cookieOptions(site));
    }
    return reply.redirect(`${prefix}/`, 303);
  });
}

/** `/session/:token`: what the mailed link leads to; in the reader's language, so at one place. */
export function registerSession(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.get<TokenRoute>('/session/:token', async (request, reply) => {
    const id = parseToken(outside.keys, 'session', request.params.token);
    const link = id && (await outside.store.mailedLinks.findGood(id, 'session', outside.now()));
    const reader = link && (await outside.store.subscribers.find(link.subscriptionId));
    if (!reader) return replyUsedUp(reply, site);
    const spoken = speakTo(site, reader);
    return replyWithPage(reply, spoken, {
      page: 'session',
      title: spoken.words.say('session.button'),
      view: {
        siteName: outside.config.site.name,
        maskedAddress: maskAddress(reader.address),
        action: `/session/${request.params.token}`,
      },
    });
  });

  app.post<TokenRoute>('/session/:token', async (request, reply) => {
    const id = parseToken(outside.keys, 'session', request.params.token);
    const begun = id === undefined ? undefined : await beginSession(outside, id);
    if (!begun) return replyUsedUp(reply, site);
    return enterSession(reply, site, begun);
  });
}

/** Answers that a link opens no session, and where there is another. */
function replyUsedUp(reply: FastifyReply, site: Site): FastifyReply {
  const { words, prefix } = site;
  const title = words.say('session.gone');
  const next = { label: words.say('signIn.button'), link: `${prefix}/sign-in` };
  const view = { title, text: words.say('session.goneNote'), next };
  return replyWithPage(reply, site, { page: 'message', title, view, status: 410 });
}

function show(reply: FastifyReply, site: Site, view: SignInPage): FastifyReply {
  const path = `${site.prefix}/sign-in?${new URLSearchParams({ next: view.next })}`;
  const title = site.words.say(view.isDone ? 'page.mailbox' : 'session.button');
  return replyWithPage(reply, site, {
    page: 'sign-in',
    title,
    view,
    status: view.error ? 400 : 200,
    shared: { path, description: site.words.say('signIn.lead') },
  });
}
