import type { RelayStanding } from '../../core/letter/relay-words.ts';
import type { Outside } from '../steps.ts';
import { createDomainRests } from './domain-rests.ts';
import type { Sender } from './send.ts';
import { watchPast } from './watch-past.ts';

const LEASE_MS = 10_000;
const HEARTBEAT_MS = 3_000;

/** A sending process's lease, kept by a heartbeat. */
export interface Lease {
  /** Who we are now: another one after a lease ran out, for what the old one held is no longer ours. */
  current(): Sender;
  /** Becomes another sender at once; what the old one still holds will be taken back. */
  giveUp(): Promise<void>;
  /** Stops the heartbeat and ends the lease. */
  end(): Promise<void>;
}

/** Registers this process as a sender; `onLost` hears of a lease that ran out before it was kept. */
export async function openLease(
  outside: Pick<Outside, 'store' | 'relay' | 'memory' | 'now'>,
  process: { host: string; pid: number; onLost: (error?: Error) => void },
): Promise<Lease> {
  const { store, relay } = outside;
  // Before anything is claimed: a database that went back has everything claimed again.
  const register = async () => {
    await watchPast(outside);
    return store.senders.insert({
      host: process.host,
      pid: process.pid,
      leaseMs: LEASE_MS,
      relay: relay.name,
    });
  };
  let looking: Promise<unknown> | undefined;
  // Beside the heartbeat, which no Redis that hangs may hold up; of a database that is away it tells itself.
  const look = () => {
    looking ??= watchPast(outside)
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
  };
  // What was heard outlives a lease.
  const rests = createDomainRests();
  let sender = await register();
  let isGivenUp = false;
  const beatOnce = async () => {
    const relays = reportRelays(relay);
    if (!isGivenUp && (await store.senders.keep(sender.id, LEASE_MS, relays))) {
      look();
      return;
    }
    process.onLost();
    sender = await register();
    isGivenUp = false;
  };
  // One at a time: those that wait for a database that is away would each become another sender.
  let beating: Promise<void> | undefined;
  const beat = () => {
    beating ??= beatOnce().finally(() => {
      beating = undefined;
    });
    return beating;
  };
  const timer = setInterval(() => {
    beat().catch(process.onLost);
  }, HEARTBEAT_MS);
  return {
    current: () => ({ ...sender, rests }),
    async giveUp() {
      // Where the database is away, the heartbeat does the rest and the lease runs out.
      isGivenUp = true;
      await store.senders.end(sender.id);
      await beating?.catch(process.onLost);
      await beat();
    },
    async end() {
      clearInterval(timer);
      await looking;
      await store.senders.end(sender.id);
    },
  };
}

function reportRelays(relay: Outside['relay']): RelayStanding[] {
  return relay.look().map(({ name, state, said }) => ({
    name,
    connections: Math.floor(state.connections),
    restMs: state.restMs,
    ...(state.down ? { down: state.down.event } : {}),
    ...(state.down?.event === 'refused' && said ? { said } : {}),
  }));
}
