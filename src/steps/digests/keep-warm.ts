import type { PendingCandidate } from '../../store/ledger/composing.ts';
import type { Outside } from '../steps.ts';
import { holdBack } from './hold-back.ts';
import type { LookedUpDay, Reader } from './look-up.ts';
import type { Outcomes } from './outcomes.ts';
import type { OpenWarmUp } from './warm-up.ts';

const noTurns: LookedUpDay['turns'] = new Map();

/** What is kept of the turns of some candidates; nothing is asked where there is no warm-up. */
export async function listTurns(
  { store }: Pick<Outside, 'store'>,
  pending: readonly PendingCandidate[],
  warmUp: OpenWarmUp | undefined,
): Promise<LookedUpDay['turns']> {
  if (!warmUp) return noTurns;
  const turns = await store.warmUps.listTurns(pending.map(({ id }) => id));
  return new Map(turns.map((turn) => [turn.id, turn]));
}

/** Takes the digests of those back whom the warm-up has wait: their papers come with the next. */
export async function keepWarm(
  { store }: Pick<Outside, 'store'>,
  { digests, waiting, excluded }: Outcomes,
  given: {
    readonly warmUp: OpenWarmUp | undefined;
    readonly readers: readonly Reader[];
    readonly turns: LookedUpDay['turns'];
    readonly at: Date;
  },
): Promise<Outcomes> {
  const { warmUp, readers, turns, at } = given;
  if (!warmUp) return { digests, waiting, excluded };
  const claimants = new Set(digests.map(({ subscriptionId }) => subscriptionId));
  const admitted = await holdBack({ store }, warmUp, { readers, claimants, turns, at });
  const held = readers.filter(({ candidate: { id } }) => claimants.has(id) && !admitted.has(id));
  const isHeld = new Set(held.map(({ candidate }) => candidate.subscriberId));
  return {
    digests: digests.flatMap((digest) => {
      const nextAt = admitted.get(digest.subscriptionId);
      return nextAt === undefined ? [] : [{ ...digest, nextAt }];
    }),
    waiting: waiting.filter((id) => !isHeld.has(id)),
    excluded: [
      ...excluded,
      ...held.map((reader) => ({ reader, outcome: { exclusion: 'warm_up' as const } })),
    ],
  };
}
