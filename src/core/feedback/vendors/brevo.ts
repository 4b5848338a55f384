import { createHash } from 'node:crypto';
import {
  listOf,
  memberLike,
  memberOf,
  type Reading,
  type Told,
  tellBounce,
  tellOf,
  wordOf,
} from './told.ts';

/** Reads what Brevo posts (developers.brevo.com, "Transactional webhooks", 2026): one event, or several. */
export function readBrevo(body: unknown): Reading {
  // Its events have no ids of their own: `id` is that of the webhook.
  const key = createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('hex');
  return { key, events: listOf(body).flatMap(readEvent) };
}

function readEvent(event: unknown): Told[] {
  const names = { reference: memberLike(event, 'X-Mailin-custom') };
  const text = memberOf(event, 'reason');
  switch (wordOf(memberOf(event, 'event'))) {
    case 'hard_bounce':
    case 'invalid_email':
      return tellBounce('hard', names, { text });
    case 'soft_bounce':
      return tellBounce('soft', names, { text });
    case 'delivered':
      return tellOf('delivered', names);
    case 'blocked':
      return tellBounce('policy', names, { text });
    // The documentation and what is seen differ in the word.
    case 'complaint':
    case 'spam':
      return tellOf('complaint', names);
    case 'unsubscribe':
    case 'unsubscribed':
      return tellOf('unsubscribe', names);
    default:
      return [];
  }
}
