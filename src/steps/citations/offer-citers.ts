import { offerNewest } from '../../core/citations/offer.ts';
import { nameWork } from '../../core/citations/work.ts';
import type { NewItem } from '../../core/letter/item.ts';
import type { NewCitation } from '../../store/citations/citations.ts';
import type { CitedWork } from '../../store/citations/cited-works.ts';
import type { Store } from '../../store/store.ts';

type Citing = Pick<NewCitation, 'paper' | 'isOwn'>;

/** Gives readers who named a work papers that cite it, to stand in their next digest. Needs a transaction. */
export async function offerCiters(
  tx: Store,
  { work, citers, at }: { readonly work: CitedWork; readonly citers: readonly Citing[]; at: Date },
  readers: readonly { readonly subscriberId: number; readonly tellsOwn: boolean }[],
): Promise<void> {
  for (const { subscriberId, tellsOwn } of readers) {
    const wanted = citers.filter(({ isOwn }) => tellsOwn || !isOwn);
    if (wanted.length === 0) continue;
    await tx.items.add(
      subscriberId,
      wanted.map(({ paper }) => itemOf(work, paper)),
      at,
    );
  }
}

function itemOf(work: CitedWork, paper: NewItem['paper']): NewItem {
  const reason = { code: 'cites', key: `work ${work.id}`, title: nameWork(work) } as const;
  return { kind: 'citation', paper, reason };
}

/**
 * Offers the newest of what is known to cite a work to who named it and was offered nothing yet; from
 * then on they are told of new ones. Nobody, as long as no source answered. Needs a transaction.
 */
export async function beginReaders(tx: Store, citedId: number, at: Date): Promise<void> {
  const work = await tx.citedWorks.lock(citedId);
  if (!work || (await tx.citationTurns.findBegun(citedId)) === null) return;
  const waiting = (await tx.citedWorks.listReaders(citedId)).filter(
    ({ begunAt }) => begunAt === null,
  );
  if (waiting.length === 0) return;
  const known = await tx.citations.list(citedId);
  for (const reader of waiting) {
    const wanted = known.filter(({ isOwn }) => reader.tellsOwn || !isOwn);
    await offerCiters(tx, { work, citers: offerNewest(wanted), at }, [reader]);
  }
  await tx.citedWorks.recordBegun(
    citedId,
    waiting.map(({ subscriberId }) => subscriberId),
    at,
  );
}
