import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LibraryLine, TastePage } from '../../core/letter/reader-pages.ts';
import { LARGEST_LIBRARY_FILE } from '../../core/library/library.ts';
import type { TasteWords } from '../../core/ranking/taste-words.ts';
import { maskAddress } from '../../core/reader/address.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { shortenText } from '../../core/text/text.ts';
import type { Words } from '../../core/words/words.ts';
import { type AddedLibrary, addLibrary, removeLibrary } from '../../steps/readers/library.ts';
import { describeAnew, findWords } from '../../steps/readers/taste.ts';
import { takeBackVotes } from '../../steps/readers/vote.ts';
import type { KeptEntry } from '../../store/readers/libraries.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { answerInTurn } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { answerActive } from './leave.ts';
import { findReader, pathOf, type TokenRoute, tastePath } from './token.ts';

/** A form spells most marks of a text with three letters. */
const LONGEST_FORM = 3_200_000;
const ROOM_FOR_FORM = 100_000;
const LISTED = 100;
const TERMS = 12;
const SHOWN_TITLE = 200;

/** What the page says beside what was learned. */
interface Said {
  readonly said?: string;
  readonly error?: string;
  readonly read?: NonNullable<TastePage['read']>;
  readonly isWhole?: boolean;
}

/** `/taste/:token`: what was learned of a reader, from what, and how to take it back. */
export function registerTaste(app: FastifyInstance, site: Site): void {
  const { outside } = site;
  const enter = (
    asked: { readonly reply: FastifyReply; readonly token: string },
    answer: (reader: Subscription) => Promise<FastifyReply>,
  ) => answerActive(site, asked, answer);
  /** Changes something for an active reader, in their turn, and shows the page with what it came to. */
  const act = (
    request: FastifyRequest<TokenRoute>,
    reply: FastifyReply,
    work: (reader: Subscription, words: Words) => Promise<Said>,
  ) =>
    enter({ reply, token: request.params.token }, (reader) =>
      answerInTurn(site, { request, reply, subscriberId: reader.subscriberId }, async () => {
        const said = await work(reader, speakTo(site, reader).words);
        const learned = await findOrLearn(site, reader);
        return show(reply, site, reader, { ...said, learned });
      }),
    );

  app.get<TokenRoute & { Querystring: { all?: string } }>('/taste/:token', (request, reply) =>
    enter({ reply, token: request.params.token }, async (reader) => {
      const isWhole = request.query.all === '1';
      const { subscriberId } = reader;
      const learned = await findWords(outside, subscriberId);
      if (learned) return show(reply, site, reader, { isWhole, learned });
      return answerInTurn(site, { request, reply, subscriberId }, async () =>
        show(reply, site, reader, { isWhole, learned: await findOrLearn(site, reader) }),
      );
    }),
  );

  app.post<TokenRoute & { Body: { paper?: string } | undefined }>(
    '/taste/:token/votes',
    (request, reply) =>
      act(request, reply, async ({ subscriberId }, words) => {
        const asked = request.body?.paper ?? '';
        if (asked !== 'all' && !/^\d{1,15}$/.test(asked))
          return { error: words.say('taste.noVote') };
        await takeBackVotes(outside, subscriberId, asked === 'all' ? undefined : Number(asked));
        return { said: words.say(asked === 'all' ? 'vote.allGone' : 'vote.gone') };
      }),
  );

  app.post<TokenRoute & { Body: { pasted?: string } | undefined }>(
    '/taste/:token/library',
    { bodyLimit: LONGEST_FORM },
    (request, reply) =>
      act(request, reply, async ({ subscriberId }, words) => {
        const pasted = textOf(request.body?.pasted);
        if (pasted.trim() === '') return { error: words.say('taste.pasteFirst') };
        const added = await addLibrary(outside, subscriberId, { given: pasted });
        if (added) return tellAdded(added, words);
        return { error: words.say('taste.tooLong') };
      }),
  );

  app.register((files, _options, ready) => {
    files.register(multipart, {
      limits: { fileSize: LARGEST_LIBRARY_FILE, files: 1, fields: 0 },
      throwFileSizeLimit: false,
    });
    files.post<TokenRoute>(
      '/taste/:token/library/file',
      { bodyLimit: LARGEST_LIBRARY_FILE + ROOM_FOR_FORM },
      async (request, reply) => {
        // Before the file is read, so that nobody sends one without a link; and it before the turn.
        const isReader = await findReader(site, 'preferences', request.params.token);
        if (!isReader || !request.isMultipart()) {
          return replyWithMessage(reply, site, isReader ? 400 : 404);
        }
        const file = await receiveFile(request);
        return act(request, reply, async ({ subscriberId }, words) => {
          if (file === undefined) return { error: words.say('taste.noFile') };
          const added = file && (await addLibrary(outside, subscriberId, { given: file }));
          if (added) return tellAdded(added, words);
          return { error: words.say('taste.tooLarge') };
        });
      },
    );
    ready();
  });

  app.post<TokenRoute & { Body: { key?: string } | undefined }>(
    '/taste/:token/library/remove',
    (request, reply) =>
      act(request, reply, async ({ subscriberId }, words) => {
        const key = textOf(request.body?.key);
        if (key === '') return { error: words.say('taste.noPaper') };
        await removeLibrary(outside, subscriberId, key === 'all' ? undefined : key);
        return { said: words.say(key === 'all' ? 'taste.emptied' : 'taste.removed') };
      }),
  );
}

/** The bytes of what was sent; undefined where no file was chosen, null where it is too large. */
async function receiveFile(request: FastifyRequest): Promise<Buffer | undefined | null> {
  const part = await request.file();
  if (!part) return undefined;
  const bytes = await part.toBuffer();
  if (part.file.truncated) return null;
  return bytes.length === 0 ? undefined : bytes;
}

function tellAdded(came: AddedLibrary, words: Words): Said {
  const { format, refusal, entries, faults, faultCount, added, leftOut } = came;
  if (refusal) return { error: words.say('taste.refused', { refusal: words.translate(refusal) }) };
  const known = entries.length - added - leftOut;
  const parts = [
    words.say('taste.added', { count: added }),
    known > 0 ? words.say('taste.known', { count: known }) : '',
    leftOut > 0 ? words.say('taste.leftOut', { count: leftOut }) : '',
  ];
  const read = {
    format,
    lines: entries.slice(0, LISTED).map(({ line, title, text }) => ({ line, text: title ?? text })),
    faults: faults.map((fault) => ({ ...fault, problem: words.translate(fault.problem) })),
    moreFaults: faultCount - faults.length,
  };
  if (entries.length === 0) return { error: words.say('taste.nothingAdded'), read };
  return { said: `${parts.filter(Boolean).join('; ')}.`, read };
}

async function findOrLearn({ outside }: Site, { subscriberId }: Subscription): Promise<TasteWords> {
  return (await findWords(outside, subscriberId)) ?? (await describeAnew(outside, subscriberId));
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  reader: Subscription,
  { isWhole = false, learned, ...said }: Said & { readonly learned: TasteWords },
): Promise<FastifyReply> {
  const site = speakTo(unspoken, reader);
  const { store } = site.outside;
  const { subscriberId } = reader;
  const votes = await store.votes.listExamples(subscriberId);
  const library = await store.libraries.list(subscriberId);
  const listed = isWhole ? library : library.slice(0, LISTED);
  const view = {
    maskedAddress: maskAddress(reader.address),
    here: tastePath(site, reader.id),
    isLookingUp: site.outside.config.feeds.isLookingUp,
    liked: learned.liked.slice(0, TERMS),
    disliked: learned.disliked.slice(0, TERMS),
    votes: votes.map(({ paperId, title, kind }) => ({
      id: paperId,
      title: shortenText(title, SHOWN_TITLE),
      way: site.words.say(`taste.${kind}`),
    })),
    libraryCount: library.length,
    library: listed.map(viewEntry),
    moreCount: library.length - listed.length,
    preferences: pathOf(site, 'preferences', reader.id),
    ...said,
  };
  const title = site.words.say('taste.title');
  return replyWithPage(reply, site, { page: 'taste', title, view, status: said.error ? 400 : 200 });
}

function viewEntry({ key, title, isKnown }: KeptEntry): LibraryLine {
  const shown = title ? shortenText(title, SHOWN_TITLE) : key.replace(/^arxiv:/, 'arXiv:');
  return { key, title: shown, isUnseen: title === null && !isKnown };
}
