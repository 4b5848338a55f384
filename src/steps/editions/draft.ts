import type { DraftPaper, DraftQuery, MarkCounts } from '../../store/papers/marks.ts';
import type { Outside } from '../steps.ts';

/** The draft as its editors see it. */
export interface Draft {
  /** When it is cut; null where no draft is open yet. */
  readonly cutDueAt: Date | null;
  readonly counts: MarkCounts;
  readonly papers: readonly DraftPaper[];
}

/** Reads the draft and some of its papers: the picks first, then the newest. */
export async function readDraft(
  { store }: Pick<Outside, 'store'>,
  query: DraftQuery,
): Promise<Draft> {
  const draft = await store.editions.findDraft();
  if (!draft) {
    return {
      cutDueAt: null,
      counts: { papers: 0, picked: 0, hidden: 0, postponed: 0 },
      papers: [],
    };
  }
  const counts = await store.marks.countOfEdition(draft.id);
  const papers = await store.marks.listPapers(draft.id, query);
  return { cutDueAt: draft.cutDueAt, counts, papers };
}
