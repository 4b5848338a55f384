import type { FollowedLine } from '../../core/letter/reader-pages.ts';
import { readZoteroWish, tellReading, zoteroPage } from '../../core/library/zotero.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import {
  followLibrary,
  MOST_FOLLOWED,
  readAgain,
  unfollowLibrary,
} from '../../steps/readers/follow.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';

/** What came of a form, in a sentence; and what was typed into it where it has to be mended. */
export interface Said {
  readonly status?: string;
  readonly error?: string;
  readonly newLibrary?: string;
}

/** Has a reader's form follow a library at Zotero. */
export async function follow(
  { outside, words }: Site,
  { subscriberId, state }: Subscription,
  body: { readonly library?: unknown; readonly key?: unknown } | undefined,
): Promise<Said> {
  const newLibrary = textOf(body?.library).slice(0, 200);
  if (state !== 'active') {
    return { newLibrary, error: words.say('followed.notSubscribed') };
  }
  const wish = readZoteroWish(newLibrary, textOf(body?.key));
  if ('fault' in wish) return { newLibrary, error: words.translate(wish.fault) };
  if (await followLibrary(outside, { subscriberId, ...wish, actor: 'reader' })) {
    return { status: words.say('followed.followed', { place: wish.place }) };
  }
  return { newLibrary, error: words.say('followed.most', { count: MOST_FOLLOWED }) };
}

/** Reads a followed library again, or follows it no more, as a reader's form says. */
export async function changeFollowed(
  { outside, words }: Site,
  subscriberId: number,
  body: { readonly id?: unknown; readonly act?: unknown } | undefined,
): Promise<Said> {
  const asked = textOf(body?.id);
  const all = await outside.store.followed.list(subscriberId);
  const library = all.find(({ id }) => String(id) === asked);
  if (!library) return { error: words.say('followed.gone') };
  const { place } = library;
  const act = textOf(body?.act);
  if (act === 'read') {
    const isRead = await readAgain(outside, library);
    if (isRead) return { status: words.say('followed.isRead', { place }) };
    return { error: words.say('followed.tooSoon', { place }) };
  }
  if (act !== 'stop' && act !== 'empty') return { error: words.say('followed.nothing') };
  const isEmptied = act === 'empty';
  await unfollowLibrary(outside, library, { isEmptied, actor: 'reader' });
  return { status: words.say(isEmptied ? 'followed.emptied' : 'followed.stopped', { place }) };
}

/** The libraries that a reader follows, as their page lists them. */
export async function viewFollowed(
  { words, outside: { store } }: Site,
  subscriberId: number,
): Promise<FollowedLine[]> {
  const all = await store.followed.list(subscriberId);
  if (all.length === 0) return [];
  const counts = new Map(
    (await store.libraries.countFollowed(subscriberId)).map(({ id, count }) => [id, count]),
  );
  return all.map((library) => ({
    id: library.id,
    place: library.place,
    page: zoteroPage(library.place),
    says: tellReading(library, counts.get(library.id) ?? 0, words),
  }));
}
