import { wordsForNo, wordsForYes } from './import-general.ts';
import { type LaidColumn, type Layout, standingOf } from './import-layout.ts';
import type { FileColumn } from './import-row.ts';
import type { ColumnUse, ImportTool, Standing } from './import-tools.ts';
import { findAddress, foldHead } from './import-words.ts';
import { parseMoment } from './moments.ts';
import { isZone } from './zones.ts';

/** Cells under our own names of columns, and when they came to where the file is from. */
export type OwnCells = Readonly<Partial<Record<FileColumn | 'joined_at', string>>>;

/** Nothing happened: how databases write that there is no date, and tools that a list is empty. */
const NO_DATE = /^(0000-00-00.*|-+|null|none|nil|n\/a|\[\s*\]|\{\s*\})$/i;
const STANDINGS: readonly Standing[] = ['left', 'waiting', 'active'];
const stateOf = { active: 'active', waiting: 'pending', left: 'ended' } as const;

/**
 * Reads one row of a file into our own columns. Of several words of state the one that forbids
 * the most holds; one that nobody knows is a fault of its row, unless another says that they left.
 */
export function readCells(
  layout: Layout,
  cells: readonly string[],
  now: Date,
): OwnCells | { readonly fault: string } {
  const own: Partial<Record<FileColumn, string>> = {};
  let joined: string | undefined;
  const standing = readStanding(layout, cells);
  if (typeof standing === 'object') return standing;
  if (standing) own.state = stateOf[standing];
  const terms = { isDayFirst: layout.tool?.isDayFirst ?? false, now };
  for (const at of layout.order) {
    const { use, name } = layout.columns[at] ?? {};
    const cell = (cells[at] ?? '').trim();
    if (cell === '' || use === undefined || isStanding(use)) continue;
    if (use === 'address') own.address = findAddress(cell) ?? cell;
    else if (use === 'confirmed_at') {
      own.confirmed_at ??= parseMoment(cell, terms)?.toISOString() ?? cell;
    } else if (use === 'joined_at') joined ??= parseMoment(cell, terms)?.toISOString();
    else if (use === 'zone' && name !== 'zone' && !isZone(cell)) continue;
    else own[use as FileColumn] = cell;
  }
  joined ??= readParts(layout, cells);
  return joined === undefined ? own : { ...own, joined_at: joined };
}

/** What the columns of a row say of somebody's state there; undefined where none says anything. */
function readStanding(
  layout: Layout,
  cells: readonly string[],
): Standing | undefined | { readonly fault: string } {
  const said = layout.columns.flatMap((column, at) => {
    const cell = (cells[at] ?? '').trim();
    const { use } = column;
    if (cell === '') return [];
    if (use === 'state') return [readWord(layout, column, cell)];
    const isNo = wordsForNo.includes(cell.toLowerCase());
    if (use === 'left') return isNo || NO_DATE.test(cell) ? [] : ['left' as const];
    if (use === 'stays') return readStays(layout, column, cell);
    return use === 'confirmed' ? readConfirmed(layout, column, cell) : [];
  });
  const fault = said.find((each) => typeof each === 'object');
  if (fault && !said.includes('left')) return fault;
  return STANDINGS.find((each) => said.includes(each));
}

/** Whoever is not said to stay, in a word for yes or of state or by a date since when, is not taken. */
function readStays(
  layout: Layout,
  column: LaidColumn,
  cell: string,
): (Standing | { fault: string })[] {
  const word = cell.toLowerCase();
  if (wordsForNo.includes(word)) return ['left'];
  if (wordsForYes.includes(word) || parseMoment(cell)) return [];
  const standing = meaningOf(layout, column, cell);
  const fault = `${column.head}: "${cell.slice(0, 40)}" is neither yes nor no`;
  return [standing ?? { fault }];
}

/** A date, an address of a machine: what stands there says that they confirmed, unless it says no. */
function readConfirmed(layout: Layout, column: LaidColumn, cell: string): Standing[] {
  if (wordsForNo.includes(cell.toLowerCase())) return ['waiting'];
  const standing = meaningOf(layout, column, cell);
  return standing === undefined || standing === 'active' ? [] : [standing];
}

function readWord(layout: Layout, column: LaidColumn, cell: string): Standing | { fault: string } {
  const standing = meaningOf(layout, column, cell);
  return (
    standing ?? {
      fault: `${column.head}: "${cell.slice(0, 40)}" is no state that is understood (see --state-column)`,
    }
  );
}

/** What a word in a column of state means, by the operator's word before the tool's. */
export function meaningOf(
  { reading, tool }: Layout,
  { name }: LaidColumn,
  word: string,
): Standing | undefined {
  const active = reading && foldHead(reading.column) === name ? reading.active : [];
  if (active.some((each) => foldHead(each) === foldHead(word))) return 'active';
  const standing = standingOf(word, tool);
  // Who says which words are active says that no other one is.
  return active.length > 0 && standing === 'active' ? undefined : standing;
}

const isStanding = (use: ColumnUse) =>
  ['state', 'left', 'stays', 'confirmed', 'nothing'].includes(use);

/** The day they came, where each part of it is a column. */
function readParts({ tool, columns }: Layout, cells: readonly string[]): string | undefined {
  if (!tool?.joinedIn) return undefined;
  const [year, ...rest] = partsOf(tool, columns, cells);
  const [month, day, hour, minute, second] = rest.map((part) => part.padStart(2, '0'));
  return parseMoment(`${year}-${month}-${day}T${hour}:${minute}:${second}`)?.toISOString();
}

function partsOf({ joinedIn }: ImportTool, columns: Layout['columns'], cells: readonly string[]) {
  return (joinedIn ?? []).map((head) => {
    const at = columns.findIndex(({ name }) => name === foldHead(head));
    return (cells[at] ?? '').trim();
  });
}

/** Heads of columns that nothing is read from. */
export function listUnread({ columns, tool }: Layout): string[] {
  const parts = (tool?.joinedIn ?? []).map(foldHead);
  return columns
    .filter(({ head, name, use }) => {
      const isRead = use !== undefined && use !== 'nothing';
      return head !== '' && !isRead && !parts.includes(name);
    })
    .map(({ head }) => head);
}
