import type { Relay } from './relay.ts';

/**
 * Several relays as one: seats are given by weight, evenly mixed. One that is full is waited
 * for, so that the weights hold; one that is away, busy or refuses us is passed over, each by its
 * own state. Where all refuse us they are asked all the same, so that the ledger hears of it.
 */
export function combineRelays(
  members: readonly { readonly relay: Relay; readonly weight: number }[],
): Relay {
  const shares = members.map((member) => ({ ...member, credit: 0 }));
  return {
    name: members.map(({ relay }) => relay.name).join(', '),
    isWell: () => members.some(({ relay }) => relay.isWell()),
    look: (except) => members.flatMap(({ relay }) => relay.look(except)),
    takeSeat(except) {
      const looks = members.flatMap(({ relay }) => relay.look());
      const passesOver = !looks.every(({ state }) => state.down?.event === 'refused');
      // Smooth weighted round robin: all who may be chosen earn by their weight, the chosen
      // one pays for all.
      const open = shares.filter(({ relay }) => !except?.has(relay.name));
      const total = open.reduce((sum, { weight }) => sum + weight, 0);
      for (const share of [...open].sort((a, b) => b.credit + b.weight - a.credit - a.weight)) {
        const seat = share.relay.takeSeat(undefined, passesOver);
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
