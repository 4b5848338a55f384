import { countOf } from '../text/words.ts';
import type { UnconfirmedChoice } from './import.ts';
import { meaningOf } from './import-cells.ts';
import { postalHeads } from './import-general.ts';
import { type LaidColumn, type Layout, NO_COLUMN } from './import-layout.ts';
import { foldHead } from './import-words.ts';

/** More different words than these are no words of state. */
const MOST_WORDS = 50;
const SHOWN_WORDS = 5;
const postal = postalHeads.map(foldHead);

/** What the columns of state of a whole file hold: each word, and how often. */
export type WordCounts = ReadonlyMap<LaidColumn, ReadonlyMap<string, number>>;

/** Counts the words of a file's columns of state, row by row. */
export function createWordCount({ columns }: Layout) {
  const counts = new Map<LaidColumn, Map<string, number>>();
  const states = columns.flatMap((column, at) => (column.use === 'state' ? [{ column, at }] : []));
  for (const { column } of states) counts.set(column, new Map());
  return {
    counts: counts as WordCounts,
    add(cells: readonly string[]): void {
      for (const { column, at } of states) {
        const word = (cells[at] ?? '').trim();
        const words = counts.get(column);
        if (word === '' || !words || (words.size === MOST_WORDS && !words.has(word))) continue;
        words.set(word, (words.get(word) ?? 0) + 1);
      }
    },
  };
}

/**
 * The layout once every word of state was seen. A column of which no word is understood is none
 * where it is part of a postal address, or where the operator said so; else it is a fault for
 * who would have rows taken or asked that it may speak of.
 */
export function settleLayout(
  layout: Layout,
  counts: WordCounts,
  unconfirmed: UnconfirmedChoice,
): { readonly layout: Layout; readonly fault: string | null } {
  const isUnread = (column: LaidColumn) => {
    const found = [...(counts.get(column)?.keys() ?? [])];
    return found.length > 0 && found.every((word) => !meaningOf(layout, column, word));
  };
  const unread = layout.columns.filter(isUnread);
  const { reading } = layout;
  const isNamed = ({ name }: LaidColumn) => reading && foldHead(reading.column) === name;
  const isNone = (column: LaidColumn) =>
    reading ? !isNamed(column) : isPostal(layout, column, [...(counts.get(column)?.keys() ?? [])]);
  const dropped = unread.filter(isNone);
  const [open] = unread.filter((column) => !isNone(column));
  const columns = layout.columns.map((column) =>
    dropped.includes(column) ? { ...column, use: undefined } : column,
  );
  const isFault = open !== undefined && unconfirmed !== 'refuse';
  return {
    layout: { ...layout, columns },
    fault: isFault ? tellUnread(open, counts.get(open) ?? new Map()) : null,
  };
}

function isPostal({ columns }: Layout, { name }: LaidColumn, found: readonly string[]): boolean {
  if (name !== 'state') return false;
  const isBesideOthers = columns.some((column) => postal.includes(column.name));
  return isBesideOthers || found.every((word) => /^\p{Lu}{2,3}$/u.test(word));
}

function tellUnread({ head }: LaidColumn, words: ReadonlyMap<string, number>): string {
  const shown = [...words].slice(0, SHOWN_WORDS).map(([word, count]) => `"${word}" (${count})`);
  return (
    `The column "${head}" seems to say who is subscribed, and its words are not understood: ` +
    `${shown.join(', ')}. Nothing was taken. Say what they mean: --state-column "${head}" ` +
    `--active VALUE, or --state-column ${NO_COLUMN} where it is something else.`
  );
}

/** Why a file of people who left is not read before somebody has said that they mean it. */
export function tellOnlyLeft(left: number): string {
  return (
    `All it has are people who left: ${countOf(left, 'row')}. Nothing was written. ` +
    'If they are to be kept as suppressions, so that no import brings them back, say --yes.'
  );
}
