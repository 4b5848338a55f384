import { Resolver } from 'node:dns/promises';
import { getDomain } from 'tldts';

/** Which provider takes a domain's mail: those of one provider share its limit. */
export interface MxGroups {
  /**
   * The registrable domain of the most preferred mail server (RFC 5321, 5.1), such as
   * `google.com`; the domain itself where that cannot be found out. Never rejects.
   */
  groupOf(domain: string): Promise<string>;
}

const KEPT_MS = 3_600_000;
const KEPT_UNKNOWN_MS = 60_000;
const MOST_KEPT = 10_000;

/** Asks these DNS servers (`127.0.0.1:5353`), or the system's where there are none, and remembers for an hour. */
export function createMxGroups(servers: readonly string[]): MxGroups {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const known = new Map<string, { readonly group: Promise<string>; until: number }>();

  const ask = async (domain: string, entry: { until: number }): Promise<string> => {
    try {
      const exchanges = await resolver.resolveMx(domain);
      const [first] = exchanges.sort(
        (a, b) => a.priority - b.priority || a.exchange.localeCompare(b.exchange),
      );
      return (first && getDomain(first.exchange))?.toLowerCase() ?? domain;
    } catch {
      entry.until = performance.now() + KEPT_UNKNOWN_MS;
      return domain;
    }
  };

  return {
    groupOf(domain) {
      const kept = known.get(domain);
      if (kept && kept.until > performance.now()) return kept.group;
      const [oldest] = known.keys();
      if (known.size >= MOST_KEPT && oldest !== undefined) known.delete(oldest);
      const entry = { until: performance.now() + KEPT_MS };
      const group = ask(domain, entry);
      known.set(domain, Object.assign(entry, { group }));
      return group;
    },
  };
}
