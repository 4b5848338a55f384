import { setImmediate as breathe } from 'node:timers/promises';
import type { AskedWork, CitedAnswer, Citer } from '../../core/citations/asked.ts';
import { FeedError } from '../../core/feed/feed.ts';
import type { PaperIds } from '../../core/paper/identifier.ts';
import type { Paper } from '../../core/paper/paper.ts';
import type { Source } from '../fetched.ts';
import { askSource } from '../sources/ask.ts';

/** An adapter: asks for some works, as many at most as its source takes, one answer a work. */
export type AskCitations = (
  works: readonly AskedWork[],
  source: Source,
) => Promise<readonly CitedAnswer[]>;

/** Asks for one work after the other. */
export async function answerEach(
  works: readonly AskedWork[],
  ask: (ids: PaperIds) => Promise<Omit<CitedAnswer, 'id'>>,
): Promise<CitedAnswer[]> {
  const answers: CitedAnswer[] = [];
  for (const { id, ids } of works) answers.push({ id, ...(await ask(ids)) });
  return answers;
}

/** What a source says of a work of which it may have several records. */
export async function joinRecords<Record>(
  records: readonly Record[],
  of: {
    readonly read: (record: Record) => Paper;
    readonly count: (record: Record) => number;
    readonly listCiters: (record: Record) => Promise<readonly Citer[]>;
  },
): Promise<Omit<CitedAnswer, 'id'>> {
  const citers: Citer[] = [];
  for (const record of records) citers.push(...(await of.listCiters(record)));
  return {
    isKnown: records.length > 0,
    papers: records.flatMap((record) => readOne(record, of.read)),
    citers,
    total: records.reduce((sum, record) => sum + of.count(record), 0),
  };
}

const ITEMS_A_BREATH = 100;

/** Reads items one by one; what cannot be read is no paper, and left out. */
export async function readEach<Item, Read>(
  items: readonly Item[],
  read: (item: Item) => Read,
): Promise<Read[]> {
  const all: Read[] = [];
  for (const [index, item] of items.entries()) {
    if (index % ITEMS_A_BREATH === ITEMS_A_BREATH - 1) await breathe();
    all.push(...readOne(item, read));
  }
  return all;
}

/** The same for one: none for a data set, a grant, a paper without a title. */
export function readOne<Item, Read>(item: Item, read: (item: Item) => Read): Read[] {
  try {
    return [read(item)];
  } catch {
    return [];
  }
}

type Question = Omit<Parameters<typeof askSource>[1], 'unknown'>;

/** What a source says under an id; undefined where it does not know it (404). */
export async function askKnown(
  source: Source,
  question: Question,
): Promise<Uint8Array | undefined> {
  try {
    return await askSource(source, { ...question, unknown: 'work under this id' });
  } catch (error) {
    if (error instanceof FeedError && error.status === 404) return undefined;
    throw error;
  }
}

/** An id as a part of a path: a DOI has slashes, and may have anything else. */
export function pathOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
}
