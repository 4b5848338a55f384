import { tellUnfinished, type Unfinished } from '../../core/desk/unfinished.ts';
import type { Pause } from '../../store/ledger/pauses.ts';
import type { Outside } from '../steps.ts';

/**
 * Editions that are not at their end, the newest first: what is still written, sent in part, or was
 * cancelled before its readers got its papers. How far the newest is sent is told beside them.
 */
export async function listUnfinished(
  { store }: Pick<Outside, 'store'>,
  newest: string | undefined,
  pauses: readonly Pause[],
): Promise<Unfinished[]> {
  const stopped = pauses.flatMap(({ editionId }) => editionId ?? []);
  const found = await store.overview.listUnfinished(stopped);
  const told: Unfinished[] = [];
  for (const { id, name, state } of found) {
    const pause = pauses.find(({ editionId }) => editionId === id) ?? null;
    if (name === newest && !pause?.cancels) continue;
    const counts = await store.deliveries.countByStateOfEdition(id);
    const count = (of: string) => counts.find((each) => each.state === of)?.count ?? 0;
    const [ready, deferred, sending] = [count('ready'), count('deferred'), count('sending')];
    const unserved = pause?.cancels ? await store.overview.countUnserved(id) : 0;
    const facts = { name, state, pause, ready, deferred, sending, unserved };
    const unfinished = tellUnfinished(facts);
    if (unfinished) told.push(unfinished);
  }
  return told;
}
