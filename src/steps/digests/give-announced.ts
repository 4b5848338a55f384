import { momentsOf } from '../../core/letter/warm-up.ts';
import type { WarmUpDayRow } from '../../store/ledger/warm-ups.ts';
import type { Outside } from '../steps.ts';

/** Announced mails that wait at one provider: their domains, and how many they are. */
export interface Announced {
  readonly domains: string[];
  readonly count: number;
}

/** What waits by provider. */
export function groupAnnounced(
  waiting: readonly { readonly domain: string; readonly count: number }[],
  providerOf: (domain: string) => string | undefined,
): ReadonlyMap<string, Announced> {
  const groups = new Map<string, Announced>();
  for (const { domain, count } of waiting) {
    const provider = providerOf(domain);
    if (provider === undefined) continue;
    const { domains, count: before } = groups.get(provider) ?? { domains: [], count: 0 };
    groups.set(provider, { domains: [...domains, domain], count: before + count });
  }
  return groups;
}

/**
 * Gives so many of the announced mails at a provider their moments, evenly behind what waits
 * already, and at once where it is warm; its day with these.
 */
export async function giveAnnounced<Day extends WarmUpDayRow>(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  row: Day,
  { domains, count }: Announced,
): Promise<Day> {
  if (count <= 0) return row;
  const at = now();
  const moments = momentsOf(row, count, at);
  const turns = Array.from({ length: count }, (_, place) => moments.at[place] ?? at);
  const given = await store.warmUps.giveAnnounced(domains, turns);
  return { ...row, given: row.given + given.length, nextAt: moments.next };
}
