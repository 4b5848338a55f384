import ipaddr from 'ipaddr.js';
import {
  type Finding,
  type Found,
  fail,
  ok,
  type SendingAddress,
  silentDns,
  skip,
  warn,
} from './finding.ts';
import type { RelayFacts } from './judge-relay.ts';

/** A sending address, the names that DNS gives it, and the addresses of each of them. */
export interface PtrCase {
  readonly sender: SendingAddress;
  readonly names: Found<string>;
  readonly addresses: ReadonlyMap<string, readonly string[]>;
}

/** Judges the reverse name of an address that we send from, as Gmail and Yahoo ask: there is one, and it leads back. */
export function judgePtr({ sender, names, addresses }: PtrCase): Finding {
  const { ip } = sender;
  if (names.kind === 'failed') return silentDns(`the name of ${ip} (PTR)`, names.reason);
  if (names.kind === 'none') {
    return fail(
      `${ip} has no name in DNS (PTR); Gmail and Yahoo refuse mail from such addresses.`,
      'Whoever gives you the address sets it (reverse DNS): to a name whose A or AAAA record is this address.',
    );
  }
  const plain = ipaddr.parse(ip).toNormalizedString();
  const leadsBack = (name: string) =>
    addresses.get(name)?.some((each) => ipaddr.parse(each).toNormalizedString() === plain);
  const confirmed = names.values.find(leadsBack);
  if (confirmed === undefined) {
    return fail(
      `${ip} is called ${names.values.join(', ')} in DNS, but that name does not lead back to it.`,
      `Give ${names.values[0]} an A or AAAA record with ${ip}, or change the PTR record.`,
    );
  }
  return ok(`${ip} is ${confirmed}, and that name leads back to it.`);
}

/** Why no reverse name was looked at. */
export function tellNoPtr(isOwnHost: boolean): Finding {
  return skip(
    isOwnHost
      ? 'The relay is this machine, which has no public address of its own: say from which address mail leaves (--address ADDRESS).'
      : 'The reverse name of the sending address is the business of your relay.',
  );
}

/** The domain that mail comes back to, and the mail servers that DNS names for it. */
export interface InboundCase {
  readonly domain: string;
  readonly exchanges: Found<string>;
  /** The addresses of each mail server; of the domain itself, where it has none (RFC 5321, 5.1). */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
}

/** Judges whether mail to the inbound domain finds a server. */
export function judgeInbound({ domain, exchanges, addresses }: InboundCase): Finding {
  if (exchanges.kind === 'failed') {
    return silentDns(`the mail servers of ${domain} (MX)`, exchanges.reason);
  }
  const names = exchanges.kind === 'found' ? exchanges.values : [domain];
  if (names.includes('')) {
    return fail(
      `${domain} says that it takes no mail (a null MX), and so no bounce and no wish to leave arrives.`,
      'Let its MX record name the server that takes its mail.',
    );
  }
  const lost = names.filter((name) => (addresses.get(name) ?? []).length === 0);
  if (exchanges.kind === 'none' && lost.length > 0) {
    return fail(
      `${domain} (INBOUND_DOMAIN) has neither MX nor address in DNS: no bounce and no wish to leave arrives.`,
      `Put an MX record at ${domain} that names the server that takes its mail; docs/inbound.md shows the ways. Servers that check our return path refuse readers' mail until it takes mail.`,
    );
  }
  if (lost.length > 0) {
    return fail(
      `The mail server ${lost.join(', ')} of ${domain} has no address in DNS.`,
      'Give it an A or AAAA record, or take it out of the MX records.',
    );
  }
  return ok(
    `Mail to ${domain} finds ${exchanges.kind === 'none' ? 'its own address (it has no MX)' : names.join(', ')}.`,
  );
}

/**
 * Judges whether mail to the inbound domain can come encrypted (STARTTLS, RFC 3207): readers' alerts and what
 * they are asked to confirm come by it.
 */
export function judgeDoor(server: string, { stoppedAt, reason }: RelayFacts): Finding {
  if (stoppedAt === 'starttls' || stoppedAt === 'tls') {
    return warn(
      `${server} takes no encrypted mail (${reason ?? 'no STARTTLS'}): readers' alerts and what they are to confirm can be read on the way.`,
      'Let a mail server with a certificate take the domain’s mail and hand it on; docs/inbound.md shows how.',
    );
  }
  if (stoppedAt === 'connect' || stoppedAt === 'greeting' || stoppedAt === 'hello') {
    return skip(
      `Whether ${server} takes encrypted mail cannot be told: port 25 is not reached from here.`,
    );
  }
  return ok(`${server} takes encrypted mail.`);
}

/** Whether an address is one that the world can be reached from. */
export function isPublic(ip: string): boolean {
  return ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'unicast';
}

/** The name under which DNS keeps the names of an address (RFC 1035, 3.5; RFC 3596, 2.5). */
export function reverseNameOf(ip: string): string {
  const address = ipaddr.process(ip);
  const bytes = address.toByteArray();
  if (address.kind() === 'ipv4') return `${bytes.reverse().join('.')}.in-addr.arpa`;
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}
