import { PAUSES_A_PAPER } from '../../core/edition/cut.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { hasSlept } from '../../core/edition/slept.ts';
import { isLate } from '../../core/feed/feed-state.ts';
import { sayGroup } from '../../core/letter/group-words.ts';
import { dateIn, nextCut } from '../../core/reader/schedule.ts';
import { readFirstBasis } from '../../core/reading/vectors.ts';
import { english } from '../../core/words/words.ts';
import { releaseEmpty } from '../backup/restored.ts';
import type { Outside } from '../steps.ts';
import { askApproval, passUnanswered } from './approve.ts';
import { findPlaces, type ModelReport, openModels, writeByModel } from './by-model.ts';
import { findBasis } from './learned.ts';

/** What a cut came to. */
export type CutReport =
  | {
      /** Held where an operator approves before anything goes out. */
      readonly kind: 'released' | 'held';
      readonly name: string;
      readonly papers: number;
      readonly groups: number;
      readonly merged: number;
      /** Papers that editors keep from the readers. */
      readonly hidden: number;
      /** What models elsewhere gave; absent where none is named. */
      readonly models?: ModelReport;
    }
  | { readonly kind: 'waiting'; readonly feeds: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'nothing_due' };

type CutOutside = Pick<
  Outside,
  | 'store'
  | 'config'
  | 'now'
  | 'keys'
  | 'rendering'
  | 'renderingHash'
  | 'renderings'
  | 'threads'
  | 'models'
>;

/** Hears how many of an edition's papers are as good as written. */
type CutProgress = (done: number, total: number, what: string) => void;

/**
 * Cuts the draft if it is due, or finishes an edition that was closed to new papers and
 * not yet written. Doing it twice changes nothing.
 */
export async function cutEdition(outside: CutOutside, editionId: number): Promise<CutReport> {
  const edition = await outside.store.editions.find(editionId);
  if (edition?.state === 'cut') return writeEdition(outside, edition);
  if (edition?.state !== 'draft') return { kind: 'nothing_due' };
  const now = outside.now();
  if (!edition.cutDueAt || edition.cutDueAt > now) return { kind: 'nothing_due' };
  const date = dateIn(outside.config.cut.zone, edition.cutDueAt);
  if (hasSlept(edition.cutDueAt, now)) {
    return closeDraft(outside, { date, only: editionId, asOf: edition.cutDueAt });
  }
  const late = await findLate(outside, edition.cutDueAt);
  if (late.length > 0) return { kind: 'waiting', feeds: late };
  return closeDraft(outside, { date, only: editionId });
}

/** Cuts the open draft now, whatever the hour, by an operator's hand. */
export function cutNow(
  outside: CutOutside,
  { date, progress }: { date?: string | undefined; progress?: CutProgress | undefined } = {},
): Promise<CutReport> {
  const cut = { date: date ?? dateIn(outside.config.cut.zone, outside.now()), progress };
  return closeDraft(outside, cut);
}

/** Feeds whose papers of the day are still to come, within the time we wait for them. */
async function findLate({ store, config, now }: CutOutside, cutDueAt: Date): Promise<string[]> {
  if (now().getTime() > cutDueAt.getTime() + config.cut.waitMinutes * 60_000) return [];
  const feeds = await store.feeds.list();
  const late = feeds.filter((feed) => isLate(feed, { dueAt: cutDueAt, zone: config.cut.zone }));
  return late.map(({ name }) => name);
}

/**
 * Closes the draft to new papers and opens the next in one transaction, then writes it. What
 * nobody released until now comes with it; what is postponed goes to the next. With `only`,
 * not the draft that another process has opened meanwhile. With `asOf`, as it should have been
 * long ago: most readers' windows do not reach back to it, so that it is there on the web, and what
 * came since is in the next draft, which is due at once.
 */
async function closeDraft(
  outside: CutOutside,
  {
    date,
    only,
    asOf,
    progress,
  }: { date: string; only?: number; asOf?: Date; progress?: CutProgress | undefined },
): Promise<CutReport> {
  const { store, config, now } = outside;
  const at = asOf ?? now();
  const cutDueAt = asOf ? now() : nextCut(config.cut, at);
  const edition = await store.transaction(async (tx) => {
    const draft = await tx.editions.lockDraft({ at, cutDueAt });
    if (only !== undefined && draft.id !== only) return undefined;
    const { papers, hidden, postponed } = await tx.marks.countOfEdition(draft.id, asOf);
    if (papers - hidden - postponed === 0) {
      await tx.editions.recordCutDue(draft.id, cutDueAt);
      await releaseEmpty(tx, draft.id);
      return undefined;
    }
    await passUnanswered(tx, { draftId: draft.id, at });
    const closed = await tx.editions.recordCut(draft.id, { date, at });
    const next = await tx.editions.lockDraft({ at, cutDueAt });
    await tx.marks.movePostponed(draft.id, next.id);
    if (asOf) await tx.papers.moveSince(draft.id, next.id, asOf);
    return closed;
  });
  return edition ? writeEdition(outside, edition, progress) : { kind: 'empty' };
}

/** Groups and summarises a closed edition, and releases it or asks the operators to. */
async function writeEdition(
  outside: CutOutside,
  edition: Edition,
  progress: CutProgress = () => {},
): Promise<CutReport> {
  const { store, config, threads, now } = outside;
  const papers = await store.papers.listOfEdition(edition.id);
  const marks = await store.marks.listOfEdition(edition.id);
  const basis = await findBasis(store);
  // What editors keep from readers stays here, as does a sample.
  const calls = edition.isSample ? undefined : await openModels(outside);
  const open = papers.filter(
    ({ id }) => !marks.some((each) => each.paperId === id && each.mark === 'hidden'),
  );
  const places = calls && (await findPlaces(calls, open, config.models.embeddings));
  const args = [papers, marks, basis, places] as const;
  const own = await threads.run('edition', [...args], (pauses) => {
    const done = Math.round(pauses / PAUSES_A_PAPER);
    progress(Math.min(done, papers.length), papers.length, 'papers');
  });
  const byModel = calls && (await writeByModel(calls, own, open));
  const { groups, entries } = byModel ?? own;
  const isHeld = config.cut.needsApproval && !edition.isSample;
  await store.transaction(async (tx) => {
    const at = now();
    const written = (await tx.senders.hasOlder())
      ? groups.map((group) => sayGroup(group, english))
      : groups;
    const space = places?.id ?? basis?.id ?? readFirstBasis().id;
    const texts = { groups: written, entries, space, isHeld, at };
    const isFirst = await tx.editions.recordTexts(edition.id, texts);
    if (isFirst && isHeld) await askApproval({ ...outside, store: tx }, edition);
  });
  const merged = entries.filter(({ sameAs }) => sameAs !== null).length;
  return {
    kind: isHeld ? 'held' : 'released',
    name: edition.name ?? '',
    papers: entries.length - merged,
    groups: groups.length,
    merged,
    hidden: papers.length - entries.length,
    ...(byModel && {
      models: {
        isPlaced: places !== undefined,
        summaries: byModel.summaries,
        labels: byModel.labels,
        fault: calls?.fault,
      },
    }),
  };
}
