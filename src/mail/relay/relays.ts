import type { Relay } from './relay.ts';

/**
 * Several relays as one: seats are given by weight, evenly mixed, among those that bear one
 * more; one that is away or busy is passed over, each by its own state.
 */
export function combineRelays(
  members: readonly { readonly relay: Relay; readonly weight: number }[],
): Relay {
  const shares = members.map((member) => ({ ...member, credit: 0 }));
  return {
    name: members.map(({ relay }) => relay.name).join(', '),
    takeSeat(except) {
      // Smooth weighted round robin: all earn by their weight, the chosen one pays for all, and
      // one that has no room saves nothing up.
      for (const share of shares) share.credit += share.weight;
      for (const share of [...shares].sort((a, b) => b.credit - a.credit)) {
        const seat = share.relay.takeSeat(except);
        if (!seat) {
          share.credit = 0;
          continue;
        }
        share.credit -= shares.reduce((sum, { weight }) => sum + weight, 0);
        return seat;
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
