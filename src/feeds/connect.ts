import type { LookupFunction } from 'node:net';
import type { Agent } from 'undici';
import { FeedError } from '../core/feed/feed.ts';
import { createDialer, findPrivateHost } from '../dial/dial.ts';

export interface ConnectOptions {
  readonly allowPrivate: boolean;
  readonly connectTimeoutMs: number;
  /** A cap on the body as it comes over the wire. */
  readonly maxBytes: number;
  /** How names are resolved; the system's resolver by default. */
  readonly lookup?: LookupFunction;
}

/** Opens connections for `fetchBytes`: one at a time per host, to public addresses only unless allowed. */
export function createDispatcher({ allowPrivate, ...options }: ConnectOptions): Agent {
  return createDialer({
    ...options,
    connections: 1,
    refuse: allowPrivate ? undefined : refusal,
  });
}

/** Refuses a URL that names a private IP address outright: such a host is dialled without a lookup. */
export function checkHost(url: URL): void {
  const host = findPrivateHost(url);
  if (host !== undefined) throw refusal(host, host);
}

function refusal(host: string, address: string): FeedError {
  const what = host === address ? host : `${host} (${address})`;
  return new FeedError(
    'private-address',
    `${what} is not an address of the public internet; feeds from private networks must be allowed by the configuration (ALLOW_PRIVATE_FEEDS).`,
  );
}
