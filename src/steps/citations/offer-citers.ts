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

/** Tells readers once that a work of theirs was retracted, and who says so. Needs a transaction. */
export async function tellRetracted(
  tx: Store,
  { work, by, at }: { readonly work: CitedWork; readonly by: string; readonly at: Date },
  readers: readonly { readonly subscriberId: number }[],
): Promise<void> {
  if (!(await tx.citedWorks.recordRetracted(work.id, by, at))) return;
  const { id, ids, authors } = work;
  const title = nameWork(work);
  const paper = { title, abstract: '', authors, categories: [], ids };
  const reason = { code: 'retracted', key: `work ${id}`, title, by } as const;
  for (const { subscriberId } of readers) {
    await tx.items.add(subscriberId, [{ kind: 'citation', paper, reason }], at);
  }
}

/** So long a source is waited for, that the newest of all are offered and not those of the quickest. */
export const WAITS_MS = 3_600_000;

/**
 * Offers the newest of what is known to cite a work to who named it and was offered nothing yet; from
 * then on they are told of new ones. That is when all sources answered, or some did and the others are
 * waited for no longer. Needs a transaction.
 */
export async function beginReaders(tx: Store, citedId: number, at: Date): Promise<void> {
  const work = await tx.citedWorks.lock(citedId);
  const answers = await tx.citationTurns.countBegun(citedId);
  if (!work || answers.begun === 0) return;
  const since = new Date(at.getTime() - WAITS_MS);
  const waiting = (await tx.citedWorks.listReaders(citedId)).filter(
    ({ begunAt, namedAt }) => begunAt === null && (answers.open === 0 || namedAt <= since),
  );
  if (waiting.length === 0) return;
  const all = await tx.citations.list(citedId);
  const known = all.filter(({ paper }) => paper.title !== '');
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
