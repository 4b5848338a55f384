import { findUrlFault } from '../webhooks/endpoint.ts';
import type { Place, ServiceName } from './place.ts';
import { services } from './services.ts';

const LONGEST = { user: 254, key: 1_000, room: 255, topic: 60 } as const;
/** What a header or a path could be broken by. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

const called = { user: 'a user', key: 'a key', room: 'a room', topic: 'a topic' } as const;

/**
 * What is wrong with a place for a service; undefined where nothing is. Plain http is for private
 * networks alone; a Standard Webhook's key is made here.
 */
export function findPlaceFault(
  name: ServiceName,
  place: Place,
  mayBePrivate: boolean,
): string | undefined {
  return findAddressFault(name, place.url, mayBePrivate) ?? findPartFault(name, place);
}

function findAddressFault(
  name: ServiceName,
  text: string,
  mayBePrivate: boolean,
): string | undefined {
  const { label, example, hosts, path, others = [] } = services[name];
  const fault = findUrlFault(text, mayBePrivate);
  if (fault) return `the address ${fault}`;
  const url = new URL(text);
  const other = others.find(({ address }) => address.test(url.pathname) || address.test(url.href));
  if (other) return `the address ${other.fault}`;
  // A proxy in a network of one's own may stand before the service.
  const isHost = !hosts || hosts.test(url.hostname) || mayBePrivate;
  if (isHost && (!path || path.test(url.pathname))) return undefined;
  return `the address is none of ${label}, such as ${example}`;
}

function findPartFault(name: ServiceName, place: Place): string | undefined {
  const { label, needs } = services[name];
  for (const part of ['user', 'key', 'room', 'topic'] as const) {
    const value = place[part];
    if (needs.includes(part) && !value) return `${label} needs ${called[part]}`;
    if (!needs.includes(part) && value) return `${label} takes no ${part}`;
    if (!value) continue;
    if (UNPRINTABLE.test(value) || value.length > LONGEST[part]) {
      return `${called[part]} of ${label} has at most ${LONGEST[part]} signs, in one line`;
    }
  }
  if (name === 'matrix' && !/^![^:]+(:.+)?$/.test(place.room ?? '')) {
    return 'a room of Matrix is named by its id, such as !abc:example.org';
  }
  if (name === 'zulip' && place.user?.includes(':')) return 'a user of Zulip is a mail address';
  return undefined;
}
