import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SubscribePage } from '../core/letter/front-pages.ts';
import { ageWhenDue } from '../core/reader/schedule.ts';
import { announcementsText, consentText } from '../core/reader/sign-up.ts';
import { freshWishes, type Wishes } from '../core/reader/subscription.ts';
import { previewWishes } from '../steps/digests/preview.ts';
import { requestLink, requestSubscription } from '../steps/readers/request.ts';
import { readAddress, textOf } from './forms/address.ts';
import { listOffered, PREVIEWED, renderDigests } from './forms/preview.ts';
import {
  type ParsedWishes,
  parseSomeWishes,
  readTyped,
  type TypedWishes,
  typedOf,
} from './forms/wishes.ts';
import { viewPapers, viewTimes } from './forms/wishes-view.ts';
import { replyTooOften } from './guard.ts';
import { answerTold, HTML } from './papers/answer.ts';
import { replyWithPage, type Site, taglineOf } from './site.ts';

/** Of what a link fills in; the form says what is too long. */
const LONGEST_TOPICS = 1000;

type Form = { Body: Record<string, unknown> | undefined };

/** The form to subscribe, and what follows from it. Plain forms of other sites may post here too. */
export function registerSignUp(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.get<{ Querystring: { topics?: string } }>('/subscribe', (request, reply) => {
    // A search is followed by its words as a topic.
    const topics = textOf(request.query.topics).slice(0, LONGEST_TOPICS);
    const follow = topics && {
      follow: `${site.prefix}/follow?${new URLSearchParams({ topic: topics })}`,
    };
    const typed = { ...typedOf(freshWishes), topics };
    return showForm(reply, site, { typed, isFresh: true, ...(follow || {}) });
  });

  app.post<Form>('/subscribe', async (request, reply) => {
    if (isTrapped(request)) return reply.redirect(`${site.prefix}/subscribe/asked`, 303);
    const parsed = parseForm(request);
    const address = textOf(request.body?.['address']);
    const read = readAddress(address);
    const errors = [
      ...('error' in read ? [site.words.translate(read.error)] : []),
      ...told(site, parsed),
    ];
    if ('error' in read || 'errors' in parsed) {
      return showForm(reply, site, { typed: readForm(request), address, errors });
    }
    const wait = await requestSubscription(outside, {
      address: read.address,
      wishes: inLanguage(site, parsed.wishes),
      form: request.headers['sec-fetch-site'] === 'cross-site' ? 'form' : 'page',
      from: request.ip,
    });
    if (wait !== undefined) return replyTooOften(reply, site, wait);
    return reply.redirect(`${site.prefix}/subscribe/asked`, 303);
  });
  app.get('/subscribe/asked', (_request, reply) =>
    replyWithPage(reply, site, {
      page: 'asked',
      title: site.words.say('page.mailbox'),
      view: { contact: outside.config.site.contact },
    }),
  );
}

/** `/preview`: what of the newest editions somebody would get, before they subscribe. */
export function registerPreview(app: FastifyInstance, site: Site): void {
  app.get('/preview', (_request, reply) => reply.redirect(`${site.prefix}/subscribe`, 303));
  app.post<Form>('/preview', async (request, reply) => {
    const typed = readForm(request);
    const parsed = parseForm(request);
    const address = textOf(request.body?.['address']);
    if ('errors' in parsed)
      return showForm(reply, site, { typed, address, errors: told(site, parsed) });
    const [newest, ...before] = await previewWishes(site.editions, parsed.wishes, {
      editions: PREVIEWED,
      words: site.words,
    });
    const previewed = {
      digestsPart: renderDigests(site, newest ? [newest] : []),
      ...(before.length > 0 ? { earlierPart: renderDigests(site, before, 'titles') } : {}),
    };
    return showForm(reply, site, { typed, address, previewed });
  });
}

/** `/link`: mails the link to the preferences, and says the same for every address. */
export function registerLinkForm(app: FastifyInstance, site: Site): void {
  const show = (
    reply: FastifyReply,
    view: { address: string; error?: string; isDone: boolean },
  ) => {
    const status = view.error ? 400 : 200;
    return replyWithPage(reply, site, {
      page: 'link',
      title: site.words.say('link.heading'),
      view,
      status,
      shared: { path: `${site.prefix}/link`, description: site.words.say('link.lead') },
    });
  };

  app.get('/link', (_request, reply) => show(reply, { address: '', isDone: false }));
  app.post<Form>('/link', async (request, reply) => {
    if (isTrapped(request)) return show(reply, { address: '', isDone: true });
    const address = textOf(request.body?.['address']);
    const read = readAddress(address);
    if ('error' in read)
      return show(reply, { address, error: site.words.translate(read.error), isDone: false });
    const typed = { address: read.address, form: 'page', from: request.ip } as const;
    const wait = await requestLink(site.outside, typed);
    if (wait !== undefined) return replyTooOften(reply, site, wait);
    return show(reply, { address: '', isDone: true });
  });
}

async function showForm(
  reply: FastifyReply,
  site: Site,
  said: {
    typed: TypedWishes;
    address?: string;
    errors?: readonly string[];
    previewed?: Pick<SubscribePage, 'digestsPart' | 'earlierPart'>;
    isFresh?: boolean;
    follow?: string;
  },
): Promise<FastifyReply> {
  const { typed, address = '', errors = [], previewed, isFresh = false, follow } = said;
  const { config, now } = site.outside;
  const age = ageWhenDue(freshWishes.schedule, config.cut, now());
  const view = {
    siteName: config.site.name,
    papersPart: site.renderPart(
      'papers',
      viewPapers(typed, { words: site.words, offered: await listOffered(site) }),
    ),
    timesPart: site.renderPart(
      'times',
      viewTimes(typed, { words: site.words, age, asks: 'times' }),
    ),
    ...previewed,
    ...(follow ? { follow } : {}),
    address,
    errors,
    consentText: consentText(config.site.name, site.words),
    announcementsText: announcementsText(config.site.name, site.words),
    wantsAnnouncements: typed.announcements === 'all',
  };
  const shared = {
    path: `${site.prefix}/subscribe`,
    description: site.words.say('subscribe.described', { tagline: taglineOf(site) }),
  };
  // A zone that was typed stays; only a fresh form proposes one.
  const frame = site.frame(site.words.say('subscribe.title'), {
    shared,
    ...(isFresh ? { script: '/zone.js' } : {}),
  });
  const text = site.renderPage('subscribe', view, frame);
  reply.code(errors.length > 0 ? 400 : 200);
  return answerTold(reply.request, reply, { type: HTML, text });
}

/** Whoever subscribes on a page in another language than the site's wants theirs in it. */
function inLanguage({ words, prefix }: Site, wishes: Wishes): Wishes {
  if (prefix === '') return wishes;
  return { ...wishes, profile: { ...wishes.profile, language: words.language } };
}

/** What was typed; a form of another site may leave most of it to us. */
function readForm({ body }: FastifyRequest<Form>): TypedWishes {
  return readTyped({ ...typedOf(freshWishes), ...withoutBoxes(body), ...body });
}

function parseForm({ body }: FastifyRequest<Form>): ParsedWishes {
  return parseSomeWishes({ ...withoutBoxes(body), ...body });
}

/** Boxes that nobody ticked are sent as nothing at all: in the whole form that is a choice, not a default. */
function withoutBoxes(body: Form['Body']) {
  return body?.['hour'] === undefined ? {} : { days: [] };
}

function told({ words }: Site, parsed: ParsedWishes): string[] {
  return 'errors' in parsed ? parsed.errors.map(({ message }) => words.translate(message)) : [];
}

/** People do not see the field; what fills in every field is none. */
function isTrapped({ body }: FastifyRequest<Form>): boolean {
  return textOf(body?.['website']) !== '';
}
