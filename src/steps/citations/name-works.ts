import { CITATION_SOURCES, CITATIONS } from '../../core/citations/sources.ts';
import {
  MOST_OWN_WORKS,
  type NamedWork,
  type ReadWorks,
  readWorks,
  splitAuthors,
  workKeys,
} from '../../core/citations/work.ts';
import { LONGEST_LIBRARY } from '../../core/library/library.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';
import { beginReaders } from './offer-citers.ts';

type WorksOutside = Pick<Outside, 'store' | 'threads' | 'queue' | 'now'>;

/** What became of works that a reader named. */
export interface AddedWorks extends ReadWorks {
  /** How many the reader did not have before. */
  readonly added: number;
  /** How many found no room. */
  readonly leftOut: number;
  /** How many authors are asked for, whose works are shown then. */
  readonly authors: number;
}

/** More authors at once than one reader has names. */
const MOST_ASKED = 5;

/** Makes what a reader pasted works of theirs. Undefined where it is too long to be read, or the reader is gone. */
export async function nameWorks(
  outside: WorksOutside,
  subscriberId: number,
  pasted: string,
): Promise<AddedWorks | undefined> {
  if (Buffer.byteLength(pasted) > LONGEST_LIBRARY) return undefined;
  const { text, authors, faults } = splitAuthors(pasted);
  const read = readWorks(await outside.threads.run('library', [text]));
  const came = await addWorks(outside, subscriberId, read.works);
  if (!came) return undefined;
  const asked = authors.slice(0, MOST_ASKED);
  for (const author of asked) {
    await outside.store.askedAuthors.insert(subscriberId, author, outside.now());
  }
  if (asked.length > 0) await outside.queue.enqueue('cited', {});
  const all = [...read.faults, ...faults].toSorted((a, b) => a.line - b.line);
  const faultCount = read.faultCount + faults.length;
  return { ...read, ...came, authors: asked.length, faults: all, faultCount };
}

/** Makes works a reader's, as many as find room. Undefined where the reader is gone. */
export async function addWorks(
  { store, queue, now }: Pick<WorksOutside, 'store' | 'queue' | 'now'>,
  subscriberId: number,
  works: readonly NamedWork[],
): Promise<Pick<AddedWorks, 'added' | 'leftOut'> | undefined> {
  if (works.length === 0) return { added: 0, leftOut: 0 };
  const came = await store.transaction(async (tx) => {
    // In this order, as whoever records an answer takes them.
    await tx.citedWorks.lockAll();
    if (!(await tx.votes.lockReader(subscriberId))) return undefined;
    const at = now();
    let had = await tx.ownWorks.count(subscriberId);
    let added = 0;
    let leftOut = 0;
    for (const work of works) {
      if (had >= MOST_OWN_WORKS) {
        leftOut += 1;
        continue;
      }
      if (!(await addWork(tx, subscriberId, work, at))) continue;
      had += 1;
      added += 1;
    }
    await addTurns(tx, at);
    if (added > 0) await audit(tx, { subscriberId, action: 'name_works', at, works: added });
    return { added, leftOut };
  });
  if (came && came.added > 0) await queue.enqueue('cited', {});
  return came;
}

/** Whether it is new to the reader. What is known of it already is offered at once. */
async function addWork(
  tx: Store,
  subscriberId: number,
  { ids, title }: NamedWork,
  at: Date,
): Promise<boolean> {
  const keys = workKeys(ids);
  const [known] = await tx.citedWorks.listAlike(keys);
  const id = known?.id ?? (await tx.citedWorks.insert({ ids, keys, title }, at));
  if (!(await tx.ownWorks.insert(subscriberId, id, at))) return false;
  if (known) await beginReaders(tx, id, at);
  return true;
}

/** Gives works a turn at each source that can be asked for them. */
export async function addTurns(tx: Store, at: Date): Promise<void> {
  for (const source of CITATION_SOURCES) {
    await tx.citationTurns.add(source, CITATIONS[source].schemes, at);
  }
}

/** Takes a work from a reader, or all of them; how many there were. What was told of them stays told. */
export function removeWorks(
  { store, now }: Pick<WorksOutside, 'store' | 'now'>,
  subscriberId: number,
  citedId?: number,
): Promise<number> {
  return store.transaction(async (tx) => {
    const gone = await tx.ownWorks.remove(subscriberId, citedId ?? null);
    if (gone > 0) await audit(tx, { subscriberId, action: 'remove_works', at: now(), works: gone });
    return gone;
  });
}

function audit(
  tx: Store,
  entry: { subscriberId: number; action: 'name_works' | 'remove_works'; at: Date; works: number },
) {
  const { subscriberId, action, at, works } = entry;
  const subject = `subscriber ${subscriberId}`;
  return tx.records.recordAudit({ at, actor: 'reader', action, subject, detail: { works } });
}
