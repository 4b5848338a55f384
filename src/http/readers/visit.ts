import { parseToken } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { MailedLink } from '../../store/readers/mailed-links.ts';
import type { Site } from '../site.ts';

/** A reader whose fresh link is good. */
export interface Visit {
  readonly reader: Subscription;
  readonly link: MailedLink;
  /** Path of the private page. */
  readonly here: string;
}

/** Whoever comes to the private page by a link; undefined where it is not good any more. */
export async function findVisit({ outside }: Site, token: string): Promise<Visit | undefined> {
  const id = parseToken(outside.keys, 'private', token);
  const link = id && (await outside.store.mailedLinks.findGood(id, 'private', outside.now()));
  const reader = link && (await outside.store.subscribers.find(link.subscriptionId));
  return reader ? { reader, link, here: `/private/${token}` } : undefined;
}

/** `2026-11-20 07:05 UTC`. */
export function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
