import type { FastifyInstance, FastifyReply } from 'fastify';
import { maskAddress } from '../../core/reader/address.ts';
import { ageWhenDue } from '../../core/reader/schedule.ts';
import { announcementsText } from '../../core/reader/sign-up.ts';
import { isPaused, type Subscription } from '../../core/reader/subscription.ts';
import { previewHidden } from '../../steps/digests/preview.ts';
import { sendPrivateLink } from '../../steps/readers/private.ts';
import { changeWishes } from '../../steps/readers/subscribe.ts';
import { findTastes } from '../../steps/readers/taste.ts';
import { replyWithMessage } from '../errors.ts';
import { listOffered, PREVIEWED, renderPreview } from '../forms/preview.ts';
import { parseWishes, readTyped, type TypedWishes, typedOf } from '../forms/wishes.ts';
import { viewPapers, viewTimes } from '../forms/wishes-view.ts';
import { letRead } from '../members.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { showLeaving } from './leave.ts';
import { citedPath, findReader, pathOf, type TokenRoute, tastePath } from './token.ts';

/** What the page says beside the reader's wishes. */
interface Said {
  readonly typed?: TypedWishes;
  readonly errors?: readonly string[];
  readonly isSaved?: boolean;
  readonly privateAnswer?: string;
}

/** `/preferences/:token`: what a reader wants and when; it never shows their address. */
export function registerPreferences(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.get<TokenRoute>('/preferences/:token', async (request, reply) => {
    const reader = await findReader(site, 'preferences', request.params.token);
    if (reader) letRead(reply, site, reader);
    return answer(reply, site, reader);
  });

  app.post<TokenRoute>('/preferences/:token', async (request, reply) => {
    const reader = await findReader(site, 'preferences', request.params.token);
    if (reader?.state !== 'active') return answer(reply, site, reader);
    const { words } = speakTo(site, reader);
    const parsed = parseWishes(request.body);
    if ('errors' in parsed) {
      const errors = parsed.errors.map(({ message }) => words.translate(message));
      return answer(reply, site, reader, { typed: readTyped(request.body), errors });
    }
    const { wishes, pausedUntil } = parsed;
    if (pausedUntil && !isPaused({ pausedUntil, schedule: wishes.schedule }, outside.now())) {
      const errors = [words.say('fault.pausePast')];
      return answer(reply, site, reader, { typed: readTyped(request.body), errors });
    }
    const isAgreed = wishes.announcements === 'all' && reader.announcements !== 'all';
    const text = announcementsText(outside.config.site.name, words);
    const agreed = isAgreed ? { agreed: { text, from: request.ip } } : {};
    const isSaved = await changeWishes(outside, reader.id, { ...wishes, pausedUntil, ...agreed });
    const changed = await outside.store.subscribers.find(reader.id);
    return answer(reply, site, changed, { isSaved });
  });

  app.post<TokenRoute>('/preferences/:token/private', async (request, reply) => {
    const reader = await findReader(site, 'preferences', request.params.token);
    if (reader?.state !== 'active') return answer(reply, site, reader);
    const wait = await sendPrivateLink(outside, reader);
    const privateAnswer =
      wait === undefined
        ? speakTo(site, reader).words.say('prefs.privateSent')
        : speakTo(site, reader).words.say('prefs.privateTooMany');
    return answer(reply, site, reader, { privateAnswer });
  });
}

async function answer(
  reply: FastifyReply,
  unspoken: Site,
  reader: Subscription | undefined,
  said: Said = {},
): Promise<FastifyReply> {
  if (!reader) return replyWithMessage(reply, unspoken, 404);
  const site = speakTo(unspoken, reader);
  if (reader.state !== 'active') return showLeaving(reply, site, { reader, isDone: true });
  const { config, now } = site.outside;
  const { errors = [], isSaved = false, privateAnswer } = said;
  const pausedUntil = isPaused(reader, now()) ? reader.pausedUntil : null;
  const typed = said.typed ?? typedOf({ ...reader, pausedUntil });
  const age = ageWhenDue(reader.schedule, config.cut, now());
  const hasItems = config.inbound.domain !== undefined || config.feeds.isLookingUp;
  const hides = await previewHidden(site.editions, reader.profile.exclude, PREVIEWED);
  const view = {
    maskedAddress: maskAddress(reader.address),
    action: pathOf(site, 'preferences', reader.id),
    isSaved,
    errors,
    papersPart: site.renderPart(
      'papers',
      viewPapers(typed, { words: site.words, offered: await listOffered(site), hides }),
    ),
    timesPart: site.renderPart(
      'times',
      viewTimes(typed, { words: site.words, age, asks: 'all', hasItems }),
    ),
    ...(isSaved ? { digestsPart: await previewNext(site, reader) } : {}),
    ...(pausedUntil ? { pausedUntil: site.words.date(pausedUntil) } : {}),
    privateAction: `${pathOf(site, 'preferences', reader.id)}/private`,
    ...(privateAnswer ? { privateAnswer } : {}),
    taste: tastePath(site, reader.id),
    cited: citedPath(site, reader.id),
    unsubscribe: pathOf(site, 'unsubscribe', reader.id),
  };
  const status = errors.length > 0 ? 400 : 200;
  return replyWithPage(reply, site, {
    page: 'preferences',
    title: site.words.say('way.preferences'),
    view,
    status,
  });
}

/** The newest edition by what they want and what was learned of them. */
async function previewNext(site: Site, reader: Subscription): Promise<string> {
  const tastes = await findTastes(site.outside, [reader.subscriberId]);
  return renderPreview(site, { ...reader, taste: tastes.get(reader.subscriberId) }, 1);
}
