import { type Mark, MOST_PICKS, placePick } from '../../core/edition/marks.ts';
import { nextCut } from '../../core/reader/schedule.ts';
import type { Store } from '../../store/store.ts';
import { OrderRefused } from '../order-refused.ts';
import type { Outside } from '../steps.ts';

/** What an editor says of papers of the draft. */
export interface MarkOrder {
  readonly papers: readonly number[];
  /** Null takes back what was said. */
  readonly mark: Mark | null;
  /** Of a pick, counted from 1; at the end where it is absent. */
  readonly place?: number | undefined;
  readonly actor: string;
}

const actions: Readonly<Record<Mark, string>> = {
  picked: 'pick',
  hidden: 'hide',
  postponed: 'postpone',
};

/**
 * Marks papers of the draft, or takes their marks back, all or none of them. Throws
 * OrderRefused for a paper that is in no draft (any more), and for one pick too many.
 */
export async function markPapers(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  { papers, mark, place, actor }: MarkOrder,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    const draft = await tx.editions.lockDraft({ at, cutDueAt: nextCut(config.cut, at) });
    await refuseElsewhere(tx, draft.id, papers);
    if (mark === 'picked') {
      await pickPapers(tx, { draftId: draft.id, papers, place }, { actor, at });
    } else if (mark) {
      const marked = papers.map((paperId) => ({ paperId, mark, place: null }));
      await tx.marks.record(marked, { actor, at });
    } else {
      await tx.marks.remove(papers);
    }
    const action = mark ? actions[mark] : 'unmark';
    const entries = papers.map((id) => ({
      at,
      actor,
      action,
      subject: `paper ${id}`,
      detail: place === undefined ? {} : { place },
    }));
    for (const entry of entries) await tx.records.recordAudit(entry);
  });
}

async function refuseElsewhere(tx: Store, draftId: number, papers: readonly number[]) {
  const [other] = await tx.marks.listElsewhere(draftId, papers);
  if (!other) return;
  if (!other.isKnown) {
    throw new OrderRefused(
      `there is no paper ${other.paperId}: "paperround editions draft" lists those of the draft`,
      'missing',
    );
  }
  throw new OrderRefused(
    `paper ${other.paperId} is in edition ${other.edition} and not in the draft any more: what was cut stays as it is`,
    'conflict',
  );
}

async function pickPapers(
  tx: Store,
  order: { draftId: number; papers: readonly number[]; place: number | undefined },
  by: { actor: string; at: Date },
): Promise<void> {
  const known = await tx.marks.listOfEdition(order.draftId);
  let picks = known.flatMap(({ mark, paperId }) => (mark === 'picked' ? paperId : []));
  for (const [offset, paperId] of order.papers.entries()) {
    const place = order.place === undefined ? undefined : order.place + offset;
    const placed = placePick(picks, paperId, place);
    if (!placed) {
      throw new OrderRefused(
        `an edition has at most ${MOST_PICKS} picks: take one back first ("paperround editions unmark PAPER")`,
        'conflict',
      );
    }
    picks = placed;
  }
  const marked = picks.map((paperId, at) => ({ paperId, mark: 'picked' as const, place: at + 1 }));
  await tx.marks.record(marked, by);
}
