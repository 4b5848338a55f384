import { buildToken, parseToken, type Right } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { Site } from '../site.ts';

/** The parameters of a page behind a signed link. */
export interface TokenRoute {
  Params: { token: string };
}

/** The reader whose subscription a token names; undefined where it was not signed for this right. */
export async function findReader(
  site: Site,
  right: Right,
  token: string,
): Promise<Subscription | undefined> {
  const id = parseToken(site.outside.keys, right, token);
  return id === undefined ? undefined : site.outside.store.subscribers.find(id);
}

/** The path of a page for one row, signed for its right. */
export function pathOf(site: Site, right: Right, row: number): string {
  return `/${right}/${buildToken(site.outside.keys, right, row)}`;
}

/** The path of a reader's page of what was learned, for whoever may change their preferences. */
export function tastePath(site: Site, subscriptionId: number): string {
  return `/taste/${buildToken(site.outside.keys, 'preferences', subscriptionId)}`;
}

/** The path of a reader's page of works that are theirs, for whoever may change their preferences. */
export function citedPath(site: Site, subscriptionId: number): string {
  return `/cited/${buildToken(site.outside.keys, 'preferences', subscriptionId)}`;
}
