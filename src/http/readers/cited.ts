import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NEWEST_OFFERED } from '../../core/citations/offer.ts';
import { MOST_OWN_WORKS } from '../../core/citations/work.ts';
import type { CitedPage } from '../../core/letter/reader-pages.ts';
import { maskAddress } from '../../core/reader/address.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { Words } from '../../core/words/words.ts';
import { takeWorks } from '../../steps/citations/ask-authors.ts';
import { type AddedWorks, nameWorks, removeWorks } from '../../steps/citations/name-works.ts';
import { textOf } from '../forms/address.ts';
import { answerInTurn } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { viewAuthor, viewSources, viewWork } from './cited-lines.ts';
import { answerActive } from './leave.ts';
import { citedPath, pathOf, type TokenRoute } from './token.ts';

/** A form spells most marks of a text with three letters. */
const LONGEST_FORM = 3_200_000;

type Said = Partial<Pick<CitedPage, 'said' | 'error' | 'typed' | 'faults' | 'moreFaults'>>;
type Form = TokenRoute & { Body: Readonly<Record<string, unknown>> | undefined };

/** `/cited/:token`: the works that a reader says are theirs, and what is known of who cites them. */
export function registerCited(app: FastifyInstance, site: Site): void {
  const { outside } = site;
  const enter = (
    asked: { readonly reply: FastifyReply; readonly token: string },
    answer: (reader: Subscription) => Promise<FastifyReply>,
  ) => answerActive(site, asked, answer);
  /** Changes something for an active reader, in their turn, and shows the page with what it came to. */
  const act = (
    request: FastifyRequest<Form>,
    reply: FastifyReply,
    work: (reader: Subscription, words: Words) => Promise<Said>,
  ) =>
    enter({ reply, token: request.params.token }, (reader) =>
      answerInTurn(site, { request, reply, subscriberId: reader.subscriberId }, async () =>
        show(reply, site, reader, await work(reader, speakTo(site, reader).words)),
      ),
    );

  app.get<TokenRoute>('/cited/:token', (request, reply) =>
    enter({ reply, token: request.params.token }, (reader) => show(reply, site, reader, {})),
  );

  app.post<Form>('/cited/:token', { bodyLimit: LONGEST_FORM }, (request, reply) =>
    act(request, reply, async ({ subscriberId }, words) => {
      const typed = textOf(request.body?.['works']);
      if (typed.trim() === '') return { error: words.say('cited.pasteFirst') };
      const added = await nameWorks(outside, subscriberId, typed);
      return added ? tellAdded(added, typed, words) : { error: words.say('cited.tooLong') };
    }),
  );

  app.post<Form>('/cited/:token/remove', (request, reply) =>
    act(request, reply, async ({ subscriberId }, words) => {
      const asked = textOf(request.body?.['work']);
      const isAll = asked === 'all';
      if (!isAll && !/^\d{1,15}$/.test(asked)) return { error: words.say('cited.noWork') };
      await removeWorks(outside, subscriberId, isAll ? undefined : Number(asked));
      return { said: words.say(isAll ? 'cited.allRemoved' : 'cited.removed') };
    }),
  );

  app.post<Form>('/cited/:token/author', (request, reply) =>
    act(request, reply, async ({ subscriberId }, words) => {
      const asked = textOf(request.body?.['author']);
      const id = /^\d{1,15}$/.test(asked) ? Number(asked) : 0;
      const author = await outside.store.askedAuthors.find(id, subscriberId);
      if (!author) return { error: words.say('cited.noWork') };
      const isYes = textOf(request.body?.['act']) === 'take';
      const chosen = isYes ? [request.body?.['work'] ?? []].flat().map(Number) : [];
      const came = await takeWorks(outside, author, new Set(chosen));
      return { said: isYes && came ? tellCame(came, words) : words.say('cited.removed') };
    }),
  );

  app.post<Form>('/cited/:token/own', (request, reply) =>
    act(request, reply, async ({ subscriberId }, words) => {
      const tells = textOf(request.body?.['own']) === 'yes';
      await outside.store.ownWorks.recordTellsOwn(subscriberId, tells);
      return { said: words.say('cited.ownSaved') };
    }),
  );
}

/** What is not understood is shown again, with its lines. */
const LONGEST_SHOWN = 20_000;

function tellAdded(came: AddedWorks, given: string, words: Words): Said {
  const { refusal, works, added, leftOut, faultCount, authors } = came;
  if (refusal) return { error: words.say('cited.refused', { refusal: words.translate(refusal) }) };
  const faults = came.faults.map((each) => ({ ...each, problem: words.translate(each.problem) }));
  const isShown = faultCount > 0 && given.length <= LONGEST_SHOWN;
  const left = {
    faults,
    moreFaults: faultCount - faults.length,
    ...(isShown && { typed: given }),
  };
  if (works.length === 0 && authors === 0) {
    return { error: words.say('cited.nothingAdded'), ...left };
  }
  const said = [
    works.length > 0
      ? tellCame({ added, leftOut, known: works.length - added - leftOut }, words)
      : '',
    authors > 0 ? words.say('cited.author.begun') : '',
  ];
  return { said: said.filter(Boolean).join(' '), ...left };
}

function tellCame(
  { added, leftOut, known = 0 }: { added: number; leftOut: number; known?: number },
  words: Words,
): string {
  const parts = [
    words.say('cited.added', { count: added }),
    known > 0 ? words.say('cited.known', { count: known }) : '',
    leftOut > 0 ? words.say('cited.leftOut', { count: leftOut, most: MOST_OWN_WORKS }) : '',
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  reader: Subscription,
  said: Said,
): Promise<FastifyReply> {
  const site = speakTo(unspoken, reader);
  const { outside, words } = site;
  const { store, now, config } = outside;
  const { subscriberId } = reader;
  const works = await store.ownWorks.list(subscriberId);
  const view = {
    maskedAddress: maskAddress(reader.address),
    here: citedPath(site, reader.id),
    isLookingUp: config.feeds.isLookingUp,
    typed: '',
    faults: [],
    moreFaults: 0,
    authors: (await store.askedAuthors.list(subscriberId)).map((each) => viewAuthor(each, words)),
    works: works.map((work) => viewWork(work, words)),
    tellsOwn: await store.ownWorks.tellsOwn(subscriberId),
    sources: viewSources(await store.citationTurns.listSources(), words, now()),
    most: MOST_OWN_WORKS,
    newest: NEWEST_OFFERED,
    preferences: pathOf(site, 'preferences', reader.id),
    ...said,
  };
  const title = words.say('cited.title');
  return replyWithPage(reply, site, { page: 'cited', title, view, status: said.error ? 400 : 200 });
}
