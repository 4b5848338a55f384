import type { FastifyInstance, FastifyReply } from 'fastify';
import { maskAddress } from '../../core/reader/address.ts';
import { parseToken } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { confirmSubscription } from '../../steps/readers/confirm.ts';
import { replyWithMessage } from '../errors.ts';
import { tellWishes } from '../forms/tell-wishes.ts';
import { letRead } from '../members.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { pathOf, type TokenRoute } from './token.ts';

/** `/confirm/:token`: the page behind the button of a confirmation. */
export function registerConfirming(app: FastifyInstance, site: Site): void {
  const { keys, store, now } = site.outside;
  const find = async (token: string) => {
    const id = parseToken(keys, 'confirm', token);
    return id === undefined ? undefined : store.consents.find(id);
  };

  app.get<TokenRoute>('/confirm/:token', async (request, reply) => {
    const consent = await find(request.params.token);
    const reader = consent && (await store.subscribers.find(consent.subscriptionId));
    if (!consent || !reader) return replyWithMessage(reply, site, 410);
    if (reader.state === 'active' && consent.confirmedAt) return show(reply, site, { reader });
    if (reader.state !== 'pending' || consent.confirmedAt || consent.expiresAt <= now()) {
      return replyWithMessage(reply, site, 410);
    }
    const wishes = consent.wishes ?? reader;
    const { announcements = reader.announcements } = wishes;
    const asked = { ...reader, ...wishes, announcements };
    return show(reply, site, { reader: asked, action: pathOf(site, 'confirm', consent.id) });
  });

  app.post<TokenRoute & { Body: { welcome?: string } | undefined }>(
    '/confirm/:token',
    async (request, reply) => {
      const consent = await find(request.params.token);
      const wantsWelcome = request.body?.welcome !== undefined;
      const reader =
        consent &&
        (await confirmSubscription(site.outside, consent.id, { from: request.ip, wantsWelcome }));
      if (!reader) return replyWithMessage(reply, site, 410);
      letRead(reply, site, reader);
      return show(reply, site, { reader, isWelcomed: wantsWelcome && !consent.confirmedAt });
    },
  );
}

function show(
  reply: FastifyReply,
  unspoken: Site,
  given: { reader: Subscription; action?: string; isWelcomed?: boolean },
): FastifyReply {
  const { reader, action, isWelcomed = false } = given;
  const site = speakTo(unspoken, reader);
  const isDone = action === undefined;
  const view = {
    siteName: site.outside.config.site.name,
    maskedAddress: maskAddress(reader.address),
    action: action ?? '',
    isDone,
    wishes: tellWishes(reader, site.words),
    isWelcomed,
    // A link to confirm gives no other right, now or when the mail is found again years later.
    ...(isDone ? { preferences: `${site.prefix}/link` } : {}),
  };
  const title = site.words.say(isDone ? 'confirm.done' : 'confirm.title');
  return replyWithPage(reply, site, { page: 'confirm', title, view });
}
