import { NOTES_A_DAY, NOTES_OF_CIRCLE_A_DAY, readLine } from '../../core/circles/circle.ts';
import { LOOKED_UP } from '../../core/feed/look-ups.ts';
import { nameItemWork, type ToldPaper } from '../../core/letter/item.ts';
import { listCopies } from '../../core/paper/copies.ts';
import { type Paper, paperKeys } from '../../core/paper/paper.ts';
import { readProposal } from '../../core/paper/proposals.ts';
import type { BroughtPaper } from '../../store/readers/circle-notes.ts';
import type { Store } from '../../store/store.ts';
import { countToLimit, DAY_MS } from '../readers/limit.ts';
import type { Acting } from '../readers/propose.ts';
import type { Outside } from '../steps.ts';
import { changeCircle } from './enter.ts';

/** A paper as somebody names it: one that all may see, one of the circle, or an id as it is typed. */
export type NamedFor =
  | { readonly paperId: number }
  | { readonly of: number }
  | { readonly typed: string };

type Brought = Omit<BroughtPaper, 'circleId'>;
type Fault = { readonly fault: string };

/**
 * Marks a paper for a circle, with a line of text at will: it stands in the other members' next
 * digests. Why not, where a bound is reached or they may not.
 */
export async function sayOfPaper(
  outside: Pick<Outside, 'store' | 'queue' | 'keys' | 'now'>,
  by: Acting,
  said: { readonly circleId: number; readonly paper: NamedFor; readonly line: string },
): Promise<Fault | { readonly note: number }> {
  const { store, queue, now } = outside;
  const line = readLine(said.line);
  if ('fault' in line) return line;
  const { circleId, paper } = said;
  const brought = 'of' in paper ? paper : await findPaper(store, paper);
  if ('fault' in brought) return brought;
  const { subscriberId } = by;
  const at = now();
  const done = await changeCircle(store, { circleId, subscriberId }, async (tx, { member }) => {
    const full = await refuseMoreLines({ ...outside, store: tx }, { circleId, subscriberId });
    if (full) return full;
    const id = await findPlace(tx, circleId, brought, at);
    if (id === undefined) return { fault: 'This paper is not in the circle any more.' };
    return { note: await tx.circleNotes.say({ paper: id, memberId: member.id, ...line, at }) };
  });
  if (!('fault' in done) && 'work' in brought && brought.work && brought.paperId === null) {
    await queue.enqueue('complete', {});
  }
  return done;
}

async function findPlace(
  tx: Store,
  circleId: number,
  brought: Brought | { readonly of: number },
  at: Date,
): Promise<number | undefined> {
  if (!('of' in brought)) return tx.circleNotes.bring({ circleId, ...brought }, at);
  return (await tx.circleNotes.hasPaper(circleId, brought.of)) ? brought.of : undefined;
}

/** Counts one more line of a reader and of a circle; why it is too many, where it is. */
export async function refuseMoreLines(
  outside: Pick<Outside, 'store' | 'keys' | 'now'>,
  { circleId, subscriberId }: { readonly circleId: number; readonly subscriberId: number },
): Promise<Fault | undefined> {
  const ofReader = { name: 'note by reader', key: String(subscriberId), windowMs: DAY_MS };
  if ((await countToLimit(outside, { ...ofReader, most: NOTES_A_DAY })) !== undefined) {
    return { fault: `${NOTES_A_DAY} lines a day are the most. Come back tomorrow.` };
  }
  const ofCircle = { name: 'note by circle', key: String(circleId), windowMs: DAY_MS };
  return (await countToLimit(outside, { ...ofCircle, most: NOTES_OF_CIRCLE_A_DAY })) === undefined
    ? undefined
    : {
        fault: `${NOTES_OF_CIRCLE_A_DAY} lines a day are the most in one circle. Come back tomorrow.`,
      };
}

async function findPaper(
  store: Store,
  named: { readonly paperId: number } | { readonly typed: string },
): Promise<Brought | Fault> {
  if ('paperId' in named) return findPublic(store, named.paperId);
  const read = readProposal(named.typed);
  if ('fault' in read) return read;
  const [known] = await store.papers.listByKeys([read.key]);
  const found = known && (await findPublic(store, known.id));
  if (found && !('fault' in found)) return found;
  const id = read.key.slice(read.scheme.length + 1);
  const [copy] = listCopies({ [read.scheme]: id });
  return {
    key: read.key,
    keys: [read.key],
    work: LOOKED_UP.some((scheme) => scheme === read.scheme) ? read.key : null,
    paperId: known?.id ?? null,
    // Its source says more, once it is asked.
    paper: {
      title: copy?.label ?? read.key,
      abstract: '',
      authors: [],
      categories: [],
      ids: { [read.scheme]: id },
      ...(copy ? { link: copy.link } : {}),
    },
  };
}

async function findPublic(store: Store, paperId: number): Promise<Brought | Fault> {
  const paper = await store.publicPapers.find(paperId);
  if (!paper) return { fault: 'This paper is not shown here.' };
  const keys = paperKeys(paper);
  return {
    key: nameItemWork(keys, paper.authors),
    keys,
    work: null,
    paperId,
    paper: tell(paper),
  };
}

/** What stays of it where its own row goes. */
function tell({ title, authors, categories, ids, link }: Paper): ToldPaper {
  return { title, abstract: '', authors, categories, ids, ...(link ? { link } : {}) };
}
