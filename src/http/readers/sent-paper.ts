import { nameAuthors } from '../../core/letter/paper-views.ts';
import { parseToken, type Right } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { mayVote, type Voted } from '../../steps/readers/vote.ts';
import { type Site, speakTo } from '../site.ts';

/** A reader before a paper of one of their digests. */
export interface SentPaper extends Voted {
  readonly reader: Subscription;
  readonly paper: { readonly title: string; readonly authors?: string; readonly link?: string };
  /** The path of the page. */
  readonly here: string;
}

/** Where a digest's link about one of its papers leads to; a status where it leads nowhere. */
export async function findSentPaper(
  site: Site,
  right: Right,
  params: { readonly token: string; readonly paper: string },
): Promise<SentPaper | 404 | 410> {
  const { keys, store } = site.outside;
  const id = parseToken(keys, right, params.token);
  const paperId = /^\d{1,15}$/.test(params.paper) ? Number(params.paper) : undefined;
  if (id === undefined || paperId === undefined) return 404;
  const delivery = await store.deliveries.find(id);
  const reader =
    delivery?.subscriptionId && (await store.subscribers.find(delivery.subscriptionId));
  if (!delivery || !reader) return 410;
  const voted = { delivery, paperId };
  if (!mayVote(voted)) return 404;
  const [paper] = await store.papers.listByIds([paperId]);
  if (!paper) return 410;
  const { title, authors, link } = paper;
  const names = nameAuthors(authors, speakTo(site, reader).words);
  const shown = { title, ...(names ? { authors: names } : {}), ...(link ? { link } : {}) };
  return { ...voted, reader, paper: shown, here: `/${right}/${params.token}/${paperId}` };
}
