import { type LookupAddress, lookup as lookupByDns } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';

// What people name, and what that redirects to, is checked against the address that is really
// dialled. A check before the connection would trust a name that may resolve differently a
// moment later.

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

/** The private IP address that a URL names outright, which is dialled without a lookup; undefined where it names none. */
export function findPrivateHost(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) && !isPublicAddress(host) ? host : undefined;
}

/** What a connection that is not allowed fails with; `address` is what the host stands for. */
export type Refuse = (host: string, address: string) => Error;

export interface DialOptions {
  /** Makes the error for addresses of private networks; without it they are dialled. */
  readonly refuse: Refuse | undefined;
  readonly connectTimeoutMs: number;
  /** A cap on the body as it comes over the wire. */
  readonly maxBytes: number;
  /** At once, at most, for each host. */
  readonly connections: number;
  /** How names are resolved; the system's resolver by default. */
  readonly lookup?: LookupFunction | undefined;
}

/** Opens connections for requests, to public addresses only unless others are allowed; nothing before the first. */
export function createDialer({ lookup = lookupByDns, refuse, ...options }: DialOptions): Agent {
  return new Agent({
    connections: options.connections,
    maxResponseSize: options.maxBytes,
    connect: {
      timeout: options.connectTimeoutMs,
      lookup: refuse ? guardLookup(lookup, refuse) : lookup,
    },
  });
}

function guardLookup(resolve: LookupFunction, refuse: Refuse): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, []);
      const addresses: LookupAddress[] = Array.isArray(found)
        ? found
        : [{ address: found, family: family ?? isIP(found) }];
      const [first] = addresses;
      const bad = addresses.find(({ address }) => !isPublicAddress(address));
      if (bad || !first) return callback(refuse(hostname, bad?.address ?? 'no address'), []);
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

function buildBlockList(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}
