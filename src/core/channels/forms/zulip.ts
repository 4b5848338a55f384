import type { Place } from '../place.ts';
import type { Wire } from '../wire.ts';

/** A message to a channel and topic of Zulip's, by a bot. */
export function buildZulip(
  { url, user = '', key = '', room = '', topic = '' }: Place,
  content: string,
): Wire {
  return {
    method: 'POST',
    url: new URL('/api/v1/messages', url).href,
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ type: 'stream', to: room, topic, content }).toString(),
    headers: { authorization: `Basic ${btoa(`${user}:${key}`)}` },
  };
}
