import { chooseItems } from '../../core/letter/digest-items.ts';
import { findOldest } from '../../core/reader/coverage.ts';
import type { Outside } from '../steps.ts';
import { type Covered, LONGEST_WINDOW_MS } from './choose.ts';
import type { LookedUpDay, Reader } from './look-up.ts';

/** What came before is too old for every reader. */
export function itemsSince(now: Date): Date {
  return new Date(now.getTime() - LONGEST_WINDOW_MS);
}

/**
 * Adds what was named to readers alone and no message told of, in two statements for all of them. What
 * one tells of so, now or before, does not come again with its edition.
 */
export async function addItems(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  readers: readonly Reader[],
  { editions, turns }: Pick<LookedUpDay, 'editions' | 'turns'>,
): Promise<void> {
  const at = now();
  const ids = readers.map(({ candidate }) => candidate.subscriberId);
  const waiting = groupByReader(await store.items.listWaiting(ids, itemsSince(at)));
  const given = new Set(readers.flatMap(({ covers }) => covers.editions));
  const papers = [...editions.texts.values()].flatMap((texts) =>
    given.has(texts.id) ? texts.papers.map(({ paperId }) => paperId) : [],
  );
  const isThere = new Set([...papers, ...editions.rising.map(({ paper }) => paper)]);
  const told = groupByReader(await store.items.listToldPapers(ids, [...isThere]));
  for (const reader of readers) {
    const { candidate } = reader;
    const { subscriberId, id, days, profile, localDate: date } = candidate;
    const waitsSince = turns.get(id)?.waitsSince;
    const oldest = findOldest({ schedule: { days }, waitsSince }, at);
    const own = (waiting.get(subscriberId) ?? []).filter(
      ({ cameAt }) => cameAt.getTime() >= oldest,
    );
    const chosen = chooseItems(own, profile.exclude);
    const before = (told.get(subscriberId) ?? []).map(({ paper }) => paper);
    // Others change nothing of what the editions bring, which readers who ask for the same share.
    const said = [...before, ...(chosen?.papers ?? [])].filter((paper) => isThere.has(paper));
    reader.covers = withoutTold(reader.covers, said);
    if (chosen) reader.covers = { ...reader.covers, items: { ...chosen, date } };
  }
}

/** What their digest is made of, but for papers that are told of elsewhere. */
function withoutTold(covers: Covered, papers: readonly number[]): Covered {
  if (papers.length === 0) return covers;
  const { shown, risen = [] } = covers;
  return {
    ...covers,
    risen: new Set([...risen, ...papers]),
    ...(shown ? { shown: new Set([...shown, ...papers]) } : {}),
  };
}

function groupByReader<Row extends { readonly subscriberId: number }>(
  rows: readonly Row[],
): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.subscriberId) ?? [];
    group.push(row);
    groups.set(row.subscriberId, group);
  }
  return groups;
}

/** Says of those readers who are in a circle that they are, in one statement for all of them. */
export async function addCircles(
  { store }: Pick<Outside, 'store'>,
  readers: readonly Reader[],
): Promise<void> {
  const ids = readers.map(({ candidate }) => candidate.subscriberId);
  const inside = new Set(await store.circles.listIn(ids));
  // Who had the same object before has the same after, so that their digest is made once.
  const known = new Map<Covered, Covered>();
  for (const reader of readers) {
    if (!inside.has(reader.candidate.subscriberId)) continue;
    const covers = known.get(reader.covers) ?? { ...reader.covers, inCircle: true };
    known.set(reader.covers, covers);
    reader.covers = covers;
  }
}
