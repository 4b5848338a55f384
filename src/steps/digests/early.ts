import type { EarlyCount } from '../../core/reader/early.ts';
import { clockIn } from '../../core/reader/schedule.ts';
import type { ZoneClock } from '../../store/readers/early.ts';
import { hashAddresses } from '../readers/suppress.ts';
import type { Outside } from '../steps.ts';
import { openRound } from './open-round.ts';

type EarlyOutside = Pick<Outside, 'store' | 'now'>;

/** Who would be due now if nobody waited for their days and hours; nobody is made so. */
export async function countEarly(
  outside: EarlyOutside & Pick<Outside, 'keys'>,
): Promise<EarlyCount> {
  const { store, now } = outside;
  const at = now();
  // Only by its hash does the database know whose address is suppressed.
  await hashAddresses(outside);
  return store.early.count(await readClocks(store, at), at);
}

/** Makes every reader without an outcome today due now, on their own date; how many there were. */
export function makeEveryoneDue({ store, now }: EarlyOutside): Promise<number> {
  const at = now();
  return store.transaction(async (tx) => tx.early.recordDue(await readClocks(tx, at), at));
}

/**
 * Opens a round of one reader, on their date of today or whatever is due for them; false where
 * every such date has its outcome already.
 */
export function makeOneDue(
  { store, now }: EarlyOutside,
  reader: { readonly id: number; readonly zone: string },
): Promise<boolean> {
  const at = now();
  const { id, zone } = reader;
  return store.transaction(async (tx) => {
    await tx.early.recordDue([{ zone, ...clockIn(zone, at) }], at, id);
    return (await openRound({ store: tx, now: () => at }, id)) !== undefined;
  });
}

async function readClocks(store: Outside['store'], at: Date): Promise<ZoneClock[]> {
  const zones = await store.early.listZones();
  return zones.map((zone) => ({ zone, ...clockIn(zone, at) }));
}
