import type { Relay } from './relay.ts';

/**
 * Several relays as one: seats are given by weight, evenly mixed. One that is full is waited
 * for, so that the weights hold; one that is away or busy is passed over, each by its own state.
 */
export function combineRelays(
  members: readonly { readonly relay: Relay; readonly weight: number }[],
): Relay {
  const shares = members.map((member) => ({ ...member, credit: 0 }));
  return {
    name: members.map(({ relay }) => relay.name).join(', '),
    isWell: () => members.some(({ relay }) => relay.isWell()),
    takeSeat(except) {
      // Smooth weighted round robin: all who may be chosen earn by their weight, the chosen
      // one pays for all.
      const open = shares.filter(({ relay }) => !except?.has(relay.name));
      const total = open.reduce((sum, { weight }) => sum + weight, 0);
      for (const share of [...open].sort((a, b) => b.credit + b.weight - a.credit - a.weight)) {
        const seat = share.relay.takeSeat();
        if (seat) {
          for (const each of open) each.credit += each.weight;
          share.credit -= total;
          return seat;
        }
        if (share.relay.isWell() && !except) return undefined;
        // What it could not take it does not save up.
        share.credit = Math.min(share.credit, 0);
      }
      return undefined;
    },
    close() {
      for (const { relay } of members) relay.close();
    },
    drop() {
      for (const { relay } of members) relay.drop();
    },
  };
}
