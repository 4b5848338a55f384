import { admit, type Claimant, momentsOf } from '../../core/letter/warm-up.ts';
import type { Turn } from '../../store/ledger/warm-up-turns.ts';
import type { DayChange, WarmUpDayRow } from '../../store/ledger/warm-ups.ts';
import type { Outside } from '../steps.ts';
import type { Reader } from './look-up.ts';
import type { OpenWarmUp } from './warm-up.ts';

/** What is to be decided of some readers of a round. */
interface InHand {
  readonly readers: readonly Reader[];
  /** Of these, the subscriptions for whom a digest is there. */
  readonly claimants: ReadonlySet<number>;
  readonly turns: ReadonlyMap<number, Turn>;
  readonly at: Date;
}

/** Who gets their digest and when it may go, by subscription; null for at once. Whoever is not in it waits. */
export type Admitted = ReadonlyMap<number, Date | null>;

type HoldOutside = Pick<Outside, 'store'>;

/**
 * Holds back, in the caller's transaction, whoever is over their provider's ceiling today, and
 * notes whose turn it was and who waits. Rows of providers are locked until the transaction
 * ends, so that together with all other processes no more go than there is room for.
 */
export async function holdBack(
  { store }: HoldOutside,
  warmUp: OpenWarmUp,
  inHand: InHand,
): Promise<Admitted> {
  const admitted = warmUp.isOver
    ? new Map([...inHand.claimants].map((id) => [id, null]))
    : await admitAll({ store }, warmUp, inHand);
  await store.warmUps.recordServed([...admitted.keys()]);
  const held = [...inHand.claimants].filter((id) => !admitted.has(id));
  if (held.length > 0) await store.warmUps.recordHeld(held, inHand.at, warmUp.day);
  return admitted;
}

async function admitAll(
  { store }: HoldOutside,
  warmUp: OpenWarmUp,
  inHand: InHand,
): Promise<Map<number, Date | null>> {
  const { id, day, from } = warmUp;
  const byProvider = groupReaders(warmUp, inHand);
  const rows = await store.warmUps.lockDays(id, day, [...byProvider.keys()]);
  const beside = new Map(
    (await store.warmUps.countBeside(from)).map(({ provider, count }) => [provider, count]),
  );
  const admitted = new Map<number, Date | null>();
  const changes: DayChange[] = [];
  for (const row of rows) {
    const claims = byProvider.get(row.provider) ?? [];
    const decided = decide(row, { claims, beside: beside.get(row.provider) ?? 0, inHand });
    for (const [subscription, moment] of decided.moments) admitted.set(subscription, moment);
    changes.push(decided.change);
    // Behind all who were planned, and all who went before.
    const place = (row.ceiling ?? 0) + row.given;
    if (decided.taken.length > 0) await store.warmUps.giveTurns(decided.taken, day, place);
  }
  await store.warmUps.recordDays(id, day, changes);
  return admitted;
}

/** The readers in hand by provider. Where an address has moved since the round was looked at, its reader waits. */
function groupReaders(warmUp: OpenWarmUp, { readers, turns }: InHand): Map<string, Claimant[]> {
  const groups = new Map<string, Claimant[]>();
  for (const { candidate } of readers) {
    const provider = warmUp.providerOf(candidate.address);
    if (provider === undefined) continue;
    const { turnOn = null, turnPlace = 0 } = turns.get(candidate.id) ?? {};
    const since = candidate.confirmedAt?.getTime() ?? 0;
    const group = groups.get(provider) ?? [];
    groups.set(provider, group);
    group.push({ id: candidate.id, turnOn, turnPlace, since, hasTurn: turnOn === warmUp.day });
  }
  return groups;
}

function decide(
  row: WarmUpDayRow,
  given: { claims: readonly Claimant[]; beside: number; inHand: InHand },
) {
  const { claims, beside, inHand } = given;
  const seen = claims.filter(({ hasTurn }) => hasTurn).length;
  const outstanding = Math.max(0, row.outstanding - seen);
  const wanted = claims.filter(({ id }) => inHand.claimants.has(id));
  const admitted = admit(wanted, { ...row, beside, outstanding });
  const { at, next } = momentsOf(row, admitted.size, inHand.at);
  const change: DayChange = {
    provider: row.provider,
    given: row.given + admitted.size,
    outstanding,
    waiting: row.waiting + wanted.length - admitted.size,
    nextAt: next,
  };
  // Where somebody has to wait it counts who went; where all have room nobody needs a turn.
  const isCrowded = row.outstanding > 0 || change.waiting > 0;
  const hadTurn = new Set(wanted.filter(({ hasTurn }) => hasTurn).map(({ id }) => id));
  return {
    moments: new Map([...admitted].map((id, place) => [id, at[place] ?? null] as const)),
    change,
    taken: isCrowded ? [...admitted].filter((each) => !hadTurn.has(each)) : [],
  };
}
