import type { FastifyInstance, FastifyReply } from 'fastify';
import type { LibraryLine, TastePage } from '../../core/letter/reader-pages.ts';
import { describeTaste } from '../../core/ranking/taste.ts';
import { maskAddress } from '../../core/reader/address.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { shortenText } from '../../core/text/text.ts';
import { countOf } from '../../core/text/words.ts';
import { type AddedLibrary, addLibrary, removeLibrary } from '../../steps/readers/library.ts';
import { listExamples } from '../../steps/readers/taste.ts';
import { takeBackVotes } from '../../steps/readers/vote.ts';
import type { KeptEntry } from '../../store/readers/libraries.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { replyWithPage, type Site } from '../site.ts';
import { showLeaving } from './leave.ts';
import { findReader, pathOf, type TokenRoute, tastePath } from './token.ts';

/** A form spells most marks of a text with three letters. */
const LONGEST_FORM = 3_200_000;
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
  /** Does something for an active reader, and shows the page with what it came to. */
  const act = async (
    reply: FastifyReply,
    token: string,
    work: (reader: Subscription) => Promise<Said>,
  ) => {
    const reader = await findReader(site, 'preferences', token);
    if (!reader) return replyWithMessage(reply, site, 404);
    if (reader.state !== 'active') return showLeaving(reply, site, { reader, isDone: true });
    return show(reply, site, reader, await work(reader));
  };

  app.get<TokenRoute & { Querystring: { all?: string } }>('/taste/:token', (request, reply) =>
    act(reply, request.params.token, async () => ({ isWhole: request.query.all === '1' })),
  );

  app.post<TokenRoute & { Body: { paper?: string } | undefined }>(
    '/taste/:token/votes',
    (request, reply) =>
      act(reply, request.params.token, async ({ subscriberId }) => {
        const asked = request.body?.paper ?? '';
        if (asked !== 'all' && !/^\d{1,15}$/.test(asked)) return { error: 'No vote was named.' };
        await takeBackVotes(outside, subscriberId, asked === 'all' ? undefined : Number(asked));
        const said = asked === 'all' ? 'All your votes are gone' : 'Your vote is gone';
        return { said: `${said}, and what was learned from it.` };
      }),
  );

  app.post<TokenRoute & { Body: { pasted?: string } | undefined }>(
    '/taste/:token/library',
    { bodyLimit: LONGEST_FORM },
    (request, reply) =>
      act(reply, request.params.token, async ({ subscriberId }) => {
        const pasted = textOf(request.body?.pasted);
        if (pasted.trim() === '') return { error: 'Paste at least one paper first.' };
        const added = await addLibrary(outside, subscriberId, pasted);
        if (added) return tellAdded(added);
        return { error: 'That is more than 1 MB. Paste it in parts: nothing was added yet.' };
      }),
  );

  app.post<TokenRoute & { Body: { key?: string } | undefined }>(
    '/taste/:token/library/remove',
    (request, reply) =>
      act(reply, request.params.token, async ({ subscriberId }) => {
        const key = textOf(request.body?.key);
        if (key === '') return { error: 'No paper was named.' };
        await removeLibrary(outside, subscriberId, key === 'all' ? undefined : key);
        return { said: key === 'all' ? 'Your library is empty again.' : 'Removed.' };
      }),
  );
}

function tellAdded({ entries, faults, faultCount, added, leftOut }: AddedLibrary): Said {
  const known = entries.length - added - leftOut;
  const parts = [
    `${countOf(added, 'paper')} added`,
    known > 0 ? `${known} there already` : '',
    leftOut > 0 ? `${leftOut} left out: your library is full` : '',
  ];
  const read = {
    lines: entries.slice(0, LISTED).map(({ line, title, text }) => ({ line, text: title ?? text })),
    faults,
    moreFaults: faultCount - faults.length,
  };
  if (entries.length === 0) return { error: 'Nothing was added.', read };
  return { said: `${parts.filter(Boolean).join('; ')}.`, read };
}

async function show(
  reply: FastifyReply,
  site: Site,
  reader: Subscription,
  { isWhole = false, ...said }: Said,
): Promise<FastifyReply> {
  const { store, now } = site.outside;
  const { subscriberId } = reader;
  const votes = await store.votes.listExamples(subscriberId);
  const library = await store.libraries.list(subscriberId);
  const listed = isWhole ? library : library.slice(0, LISTED);
  const view = {
    maskedAddress: maskAddress(reader.address),
    here: tastePath(site, reader.id),
    ...describeTaste(await listExamples(store, subscriberId), now(), TERMS),
    votes: votes.map(({ paperId, title, kind }) => ({
      id: paperId,
      title: shortenText(title, SHOWN_TITLE),
      way: kind,
    })),
    libraryCount: library.length,
    library: listed.map(viewEntry),
    moreCount: library.length - listed.length,
    preferences: pathOf(site, 'preferences', reader.id),
    ...said,
  };
  const title = 'What your digest has learned';
  return replyWithPage(reply, site, { page: 'taste', title, view, status: said.error ? 400 : 200 });
}

function viewEntry({ key, title, isKnown }: KeptEntry): LibraryLine {
  const shown = title ? shortenText(title, SHOWN_TITLE) : key.replace(/^arxiv:/, 'arXiv:');
  return { key, title: shown, isUnseen: title === null && !isKnown };
}
