import type { FastifyInstance } from 'fastify';
import type { Words } from '../../core/words/words.ts';
import {
  changeShelf,
  type KeyFault,
  putUpShelf,
  type ShelfWish,
  takeDownShelf,
} from '../../steps/readers/shelf.ts';
import { textOf } from '../forms/address.ts';
import { answerInTurn } from '../guard.ts';
import { type Site, speakTo } from '../site.ts';
import { type Said, showKept } from './kept-list.ts';
import { askToSignIn, isOwnForm, visitorOf } from './visitor.ts';

type ShelfRoute = { Body: { act?: unknown; key?: unknown; withMail?: unknown } | undefined };

const wishes: readonly ShelfWish[] = ['again', 'mail', 'web', 'collection'];

/** `/my-papers/zotero`: has what a signed-in reader keeps go to Zotero by a key of theirs, or no more. */
export function registerShelf(app: FastifyInstance, site: Site): void {
  app.post<ShelfRoute>('/my-papers/zotero', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, '/my-papers');
    if (!isOwnForm(request, visitor)) return reply.redirect(`${site.prefix}/my-papers`, 303);
    const { subscriberId } = visitor.reader;
    const spoken = speakTo(site, visitor.reader);
    return answerInTurn(site, { request, reply, subscriberId }, async () =>
      showKept(reply, spoken, visitor, {
        query: '',
        said: await act(spoken, subscriberId, request.body),
      }),
    );
  });
}

async function act(
  { outside, words }: Site,
  subscriberId: number,
  body: ShelfRoute['Body'],
): Promise<Said> {
  const asked = textOf(body?.act);
  if (asked === 'key') {
    const key = textOf(body?.key).trim();
    if (!/^[A-Za-z0-9]{16,64}$/.test(key)) return { error: words.say('shelf.faultShape') };
    const withMail = textOf(body?.withMail) === 'yes';
    const fault = await putUpShelf(outside, { subscriberId, key, withMail });
    return fault ? { error: tellFault(fault, words) } : { status: words.say('shelf.begun') };
  }
  if (asked === 'end') {
    await takeDownShelf(outside, subscriberId);
    return { status: words.say('shelf.ended') };
  }
  const wish = wishes.find((each) => each === asked);
  const shelf = await outside.store.shelves.find(subscriberId);
  if (!wish || !shelf) return { error: words.say('followed.nothing') };
  await changeShelf(outside, shelf, wish);
  return { status: words.say('shelf.changed') };
}

function tellFault(fault: KeyFault, words: Words): string {
  switch (fault) {
    case 'key':
      return words.say('shelf.faultKey');
    case 'readonly':
    case 'denied':
      return words.say('shelf.faultReadonly');
    case 'tooMany':
      return words.say('shelf.faultTooMany');
    default:
      return words.say('shelf.faultBusy');
  }
}
