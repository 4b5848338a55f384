import type { Outside } from '../steps.ts';

/** A domain, and what is kept of who takes its mail. */
export interface NamedDomain {
  readonly domain: string;
  readonly provider: string | null;
  readonly lookedAt: Date | null;
}

/** Which provider takes a domain's mail is asked anew after so long. */
const KEPT_MS = 7 * 24 * 3_600_000;
const ASKED_AT_ONCE = 20;

/** The providers of domains; those not asked lately are asked for and kept, so that all processes say the same. */
export async function nameProviders(
  { store, mxGroups, now }: Pick<Outside, 'store' | 'mxGroups' | 'now'>,
  named: readonly NamedDomain[],
): Promise<Map<string, string>> {
  const oldest = now().getTime() - KEPT_MS;
  const providers = new Map(
    named.flatMap(({ domain, provider }) => (provider ? [[domain, provider] as const] : [])),
  );
  const asked = named.filter(({ lookedAt }) => !lookedAt || lookedAt.getTime() < oldest);
  for (let at = 0; at < asked.length; at += ASKED_AT_ONCE) {
    const some = asked.slice(at, at + ASKED_AT_ONCE);
    const found = await Promise.all(
      some.map(async ({ domain }) => ({ domain, provider: await mxGroups.groupOf(domain) })),
    );
    await store.warmUps.recordDomains(found, now());
    for (const { domain, provider } of found) providers.set(domain, provider);
  }
  return providers;
}
