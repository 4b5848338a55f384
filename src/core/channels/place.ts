import { z } from 'zod';

/** The services whose form is known; `webhook` is any receiver of Standard Webhooks. */
export const serviceNames = [
  'slack',
  'mattermost',
  'teams',
  'discord',
  'zulip',
  'matrix',
  'webhook',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Where a channel is, and with what it is posted to: sealed, since the address may be the key. */
export interface Place {
  readonly url: string;
  /** The name of the account that posts, such as a bot's mail address. */
  readonly user?: string | undefined;
  readonly key?: string | undefined;
  /** The channel or room there. */
  readonly room?: string | undefined;
  readonly topic?: string | undefined;
}

const place = z.object({
  url: z.string(),
  user: z.string().optional(),
  key: z.string().optional(),
  room: z.string().optional(),
  topic: z.string().optional(),
});

/** Writes a place as it is sealed. */
export function buildPlace(given: Place): string {
  return JSON.stringify(given);
}

/** Reads it back. */
export function parsePlace(text: string): Place {
  return place.parse(JSON.parse(text));
}

/** What stands in the ledger instead of a mail address; no mailbox is spelt so. */
export function addressOfChannel(name: string): string {
  return `channel:${name}`;
}

/** The channel of such an address; undefined for any other. */
export function nameOfChannel(address: string): string | undefined {
  return /^channel:(.+)$/.exec(address)?.[1];
}

/** A place as it may be shown: its host, and the end of the address where that is long enough to hide the rest. */
export function showPlace({ url, room }: Place): string {
  const { host, pathname, search } = new URL(url);
  const secret = `${pathname}${search}`;
  const end = secret.length > 24 ? secret.slice(-4) : '';
  return `${host}/…${end}${room ? `, ${room}` : ''}`;
}

/** What a service said, without what only its owner may know, should it have said that. */
export function hideSecrets(said: string, { url, key }: Place): string {
  const { pathname, search, searchParams } = new URL(url);
  const parts = [
    url,
    pathname,
    search,
    ...pathname.split('/'),
    ...searchParams.values(),
    key ?? '',
  ];
  const secrets = parts.filter((part) => part.length >= 8).sort((a, b) => b.length - a.length);
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), said);
}
