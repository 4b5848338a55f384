import { tellRate, tellRelay } from '../../core/letter/relay-words.ts';
import type { Outside } from '../steps.ts';

/** A relay, or a provider, as it is used now. */
export interface UsedRelay {
  readonly name: string;
  /** Which process says so; absent of what holds for all together. */
  readonly by?: string;
  readonly state: string;
  readonly isDown: boolean;
}

/** How each sending process uses each relay, and what is held to by all of them together. */
export async function listRelays({
  store,
  config,
}: Pick<Outside, 'store' | 'config'>): Promise<UsedRelay[]> {
  const reports = await store.senders.listRelays();
  const used = reports.map(({ host, pid, relay }) => ({
    name: relay.name,
    by: `${host}, process ${pid}`,
    state: tellRelay(relay),
    isDown: relay.down !== undefined,
  }));
  const rates = [...config.sending.domainRates].flatMap(([domain, rate]) => {
    const state = tellRate(rate);
    const name = domain === '*' ? 'any other provider' : `provider ${domain}`;
    return state ? [{ name, state, isDown: false }] : [];
  });
  return [...used, ...rates];
}
