import type { Found } from '../../core/doctor/finding.ts';
import type { QueueFacts } from '../../core/doctor/judge-queue.ts';
import type { DatabaseFacts } from '../../core/doctor/judge-services.ts';
import type { SpfFacts } from '../../core/doctor/spf.ts';
import type { RedisSettings } from '../../core/queue/redis-place.ts';
import type { Dns } from '../../mail/doctor/dns.ts';
import type { probeRelay } from '../../mail/doctor/relay-probe.ts';
import type { SigningKey } from '../../mail/doctor/signing-keys.ts';
import type { probeSite } from '../../mail/doctor/site-probe.ts';
import type { Config } from '../../process/config.ts';

/** What is looked at: a configuration as far as it could be read, and what the operator said beside it. */
export interface Patient {
  readonly config: Config;
  /** What is wrong in it; what these name is not to be relied on. */
  readonly faults: readonly string[];
  /** What is set and read by nothing, in a sentence each. */
  readonly strange: readonly string[];
  /** From which addresses mail leaves, where the operator knows it. */
  readonly addresses: readonly string[];
  readonly withinMs: number;
  readonly now: () => Date;
  /** An authority that is trusted instead of those that Node knows; in PEM. */
  readonly ca: string | undefined;
  readonly plainPort: number;
  /** Where mail servers take mail of others: 25. */
  readonly doorPort: number;
}

/** Where a database is looked at: here, in the service that holds it, or nowhere yet. */
export type DatabaseLook =
  | { readonly kind: 'here'; readonly facts: DatabaseFacts }
  | { readonly kind: 'served' }
  | { readonly kind: 'absent' };

/** What the checks ask the world with. */
export interface Probes {
  readonly dns: Dns;
  database(): Promise<DatabaseLook>;
  queue(redis: RedisSettings): Promise<QueueFacts>;
  /** How many templates there are, and the sentence of each fault in them. */
  templates(): Promise<{ readonly summary: string; readonly faults: readonly string[] }>;
  relay: typeof probeRelay;
  site: typeof probeSite;
  spf(domain: string): Promise<SpfFacts>;
  signingKey(selector: string, path: string): Promise<SigningKey>;
  /** The addresses of a host, as this machine finds it: by DNS_SERVERS first, then by the system. */
  hosts(name: string): Promise<Found<string>>;
  /** The addresses of this machine. */
  ownAddresses(): readonly string[];
}

/** Whether a setting could not be read, so that nothing can be said of what it names. */
export function isUnread({ faults }: Patient, name: string): boolean {
  return faults.some((fault) => fault.startsWith(`${name}:`));
}
