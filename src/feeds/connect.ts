import { type LookupAddress, lookup as lookupByDns } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { FeedError } from '../core/feed/feed.ts';

// Feeds are named by people and redirect where they like, so every connection is checked
// against the address that is really dialled. A check before the connection would trust a
// name that may resolve differently a moment later.

// Source: IANA special-purpose address registries; 168.63.129.16 is Azure's wire server.
const PRIVATE_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
// Inside 2000::/3, which alone is routed: Teredo and its kin, documentation, and 6to4,
// which may carry a private IPv4 address.
const PRIVATE_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const privateAddresses = buildBlockList(PRIVATE_IPV4, 'ipv4');
const specialIpv6 = buildBlockList(PRIVATE_IPV6, 'ipv6');
const globalIpv6 = buildBlockList(['2000::/3'], 'ipv6');

/** Whether an IP address is one of the public internet; false for anything else, also for no address. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !privateAddresses.check(address, 'ipv4');
  if (version !== 6 || address.includes('%')) return false;
  return globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
}

export interface ConnectOptions {
  readonly allowPrivate: boolean;
  readonly connectTimeoutMs: number;
  /** A cap on the body as it comes over the wire. */
  readonly maxBytes: number;
  /** How names are resolved; the system's resolver by default. */
  readonly lookup?: LookupFunction;
}

/** Opens connections for `fetchBytes`: one at a time per host, to public addresses only unless allowed. */
export function createDispatcher(options: ConnectOptions): Agent {
  const resolve = options.lookup ?? lookupByDns;
  return new Agent({
    connections: 1,
    maxResponseSize: options.maxBytes,
    connect: {
      timeout: options.connectTimeoutMs,
      lookup: options.allowPrivate ? resolve : guardLookup(resolve),
    },
  });
}

/** Refuses a URL that names a private IP address outright: such a host is dialled without a lookup. */
export function checkHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isPublicAddress(host)) throw refusal(host, host);
}

function guardLookup(resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, []);
      const addresses: LookupAddress[] = Array.isArray(found)
        ? found
        : [{ address: found, family: family ?? isIP(found) }];
      const [first] = addresses;
      const bad = addresses.find(({ address }) => !isPublicAddress(address));
      if (bad || !first) return callback(refusal(hostname, bad?.address ?? 'no address'), []);
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

function refusal(host: string, address: string): FeedError {
  const what = host === address ? host : `${host} (${address})`;
  return new FeedError(
    'private-address',
    `${what} is not an address of the public internet; feeds from private networks must be allowed by the configuration (ALLOW_PRIVATE_FEEDS).`,
  );
}

function buildBlockList(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}
