import { Resolver } from 'node:dns/promises';
import type { Found } from '../../core/doctor/finding.ts';
import { reverseNameOf } from '../../core/doctor/judge-addresses.ts';

/** What the world reads in DNS. Nothing here rejects: a fault is an answer. */
export interface Dns {
  /** TXT records, each with its strings joined. */
  texts(name: string): Promise<Found<string>>;
  /** A and AAAA. */
  addresses(name: string): Promise<Found<string>>;
  /** Mail servers, the most preferred first; an empty name is a null MX (RFC 7505). */
  exchanges(name: string): Promise<Found<string>>;
  /** The names of an address (PTR). */
  names(ip: string): Promise<Found<string>>;
  /** Gives up what is still asked. */
  close(): void;
}

/** Asks these servers (`127.0.0.1:5353`), or the system's where there are none; each question ends within four seconds. */
export function openDns(servers: readonly string[]): Dns {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return {
    texts: (name) =>
      find(async () => (await resolver.resolveTxt(name)).map((strings) => strings.join(''))),
    async addresses(name) {
      const [four, six] = await Promise.all([
        find(() => resolver.resolve4(name)),
        find(() => resolver.resolve6(name)),
      ]);
      const values = [four, six].flatMap((found) => (found.kind === 'found' ? found.values : []));
      if (values.length > 0) return { kind: 'found', values };
      return four.kind === 'failed' ? four : six;
    },
    exchanges: (name) =>
      find(async () =>
        (await resolver.resolveMx(name))
          .sort((a, b) => a.priority - b.priority)
          .map(({ exchange }) => exchange.toLowerCase()),
      ),
    names: (ip) => find(() => resolver.resolvePtr(reverseNameOf(ip))),
    close: () => resolver.cancel(),
  };
}

async function find(ask: () => Promise<string[]>): Promise<Found<string>> {
  try {
    const values = await ask();
    return values.length > 0 ? { kind: 'found', values } : { kind: 'none' };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return { kind: 'none' };
    return { kind: 'failed', reason: faults[code] ?? message };
  }
}

const faults: Readonly<Record<string, string>> = {
  ETIMEOUT: 'no answer in time',
  ECONNREFUSED: 'no DNS server answers',
  ESERVFAIL: 'the name server failed',
  EREFUSED: 'the name server refused',
};
