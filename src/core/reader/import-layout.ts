import { addressHeads, generalColumns, generalWords, saysLeft } from './import-general.ts';
import { fileColumns } from './import-row.ts';
import {
  type ColumnUse,
  headless,
  type ImportTool,
  importTools,
  type Standing,
} from './import-tools.ts';
import { findAddress, foldHead, squeezeHead } from './import-words.ts';

/** A column of a file, and what it becomes; undefined where nothing is read from it. */
export interface LaidColumn {
  readonly head: string;
  /** The head, folded. */
  readonly name: string;
  readonly use: ColumnUse | undefined;
}

/** How a file is read: whose it is, by what that was told, and what its columns become. */
export interface Layout {
  readonly tool: ImportTool | undefined;
  /** The tool, or who writes files such as this one; null where nobody is known. */
  readonly name: string | null;
  readonly by: string;
  readonly columns: readonly LaidColumn[];
  /** The places of the columns, in the order in which they are asked where several become one. */
  readonly order: readonly number[];
  /** How many records stand before the first row. */
  readonly skips: number;
  /** What the operator said of the column of state. */
  readonly reading: StateReading | undefined;
}

/** What an operator says of a file's column of state: its name, or "none"; which words are active. */
export interface StateReading {
  readonly column: string;
  readonly active: readonly string[];
}

/** A file whose columns cannot be told; its message says why. */
export class LayoutFault extends Error {
  override readonly name = 'LayoutFault';
}

/** Before the line of names stands at most a line or two of words. */
const MOST_LINES_BEFORE = 3;
/** What an operator names where no column tells a state. */
export const NO_COLUMN = 'none';

/** By squeezed names: what stands between the words of one tells nothing. */
const fold = <Value>(table: Readonly<Record<string, Value>>) =>
  new Map(
    Object.entries(table).map(([name, value]) => [squeezeHead(foldHead(name)), value] as const),
  );
const addressRanks = new Map(
  addressHeads.map((head, at) => [squeezeHead(foldHead(head)), at] as const),
);
const general = fold<ColumnUse>({
  ...generalColumns,
  ...Object.fromEntries(fileColumns.map((name) => [name, name])),
});
const words = fold(generalWords);
const tools = importTools.map((tool) => ({
  tool,
  knownBy: tool.knownBy.map((heads) => heads.map((head) => squeezeHead(foldHead(head)))),
  columns: fold(tool.columns),
  words: fold(tool.words ?? {}),
}));

/** What a word of state means in a tool's files; undefined for one that nobody knows. */
export function standingOf(word: string, tool: ImportTool | undefined): Standing | undefined {
  const folded = squeezeHead(foldHead(word));
  const own = tools.find((each) => each.tool === tool);
  return own?.words.get(folded) ?? words.get(folded);
}

/**
 * Tells by the first records of a file how all of it is read: by a line of names, which may stand
 * under a title, or by where the addresses are. Throws LayoutFault where neither tells.
 */
export function layOut(
  records: readonly (readonly string[])[],
  reading?: StateReading | undefined,
): Layout {
  const at = records
    .slice(0, MOST_LINES_BEFORE)
    .findIndex((cells) => cells.some((cell) => addressRanks.has(squeezeHead(foldHead(cell)))));
  const isAddressed = (cells: readonly string[] | undefined) =>
    cells?.some((cell) => findAddress(cell) !== undefined) ?? false;
  const before = records.slice(0, Math.max(at, 0));
  if (at >= 0 && !before.some(isAddressed)) {
    return layHeads(records[at] ?? [], { skips: at + 1, reading });
  }
  const [first = [], ...rest] = records;
  const hasHeads = !isAddressed(first);
  const column = findAddressColumn(hasHeads ? rest : records);
  if (column < 0) {
    const found = first.slice(0, 5).join(', ').slice(0, 200);
    throw new LayoutFault(
      `The first line must name the columns, "address" among them. It has: ${found}`,
    );
  }
  return hasHeads
    ? layHeads(first, { skips: 1, reading, column })
    : layCells(records, { column, reading });
}

/** The column whose cells are addresses, where every filled one is. */
function findAddressColumn(rows: readonly (readonly string[])[]): number {
  const width = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: width }, (_, at) => rows.map((cells) => cells[at] ?? '')).findIndex(
    (cells) => {
      const filled = cells.filter((cell) => cell !== '');
      return filled.length > 0 && filled.every((cell) => findAddress(cell) !== undefined);
    },
  );
}

function layHeads(
  heads: readonly string[],
  { skips, reading, column }: Pick<Layout, 'skips' | 'reading'> & { column?: number },
): Layout {
  const names = heads.map(foldHead);
  const squeezed = names.map(squeezeHead);
  const found = recognise(squeezed);
  const address = column ?? findAddressHead(squeezed, found?.columns);
  const columns = heads.map((head, at): LaidColumn => {
    const name = names[at] ?? '';
    if (at === address) return { head, name, use: 'address' };
    const key = squeezed[at] ?? '';
    const use =
      found?.columns.get(key) ?? general.get(key) ?? (saysLeft.test(name) ? 'left' : undefined);
    return { head, name, use: use === 'address' ? undefined : use };
  });
  refuseDoubled(columns);
  const ranked = [...(found?.columns.keys() ?? [])];
  const rank = (at: number) => {
    const place = ranked.indexOf(squeezed[at] ?? '');
    return place < 0 ? ranked.length : place;
  };
  return {
    tool: found?.tool,
    name: found?.tool.name ?? null,
    by: found ? tellHeads(found.by.map((name) => heads[squeezed.indexOf(name)] ?? name)) : '',
    columns: point(columns, reading),
    order: [...names.keys()].sort((a, b) => rank(a) - rank(b)),
    skips,
    reading,
  };
}

const tellHeads = (heads: readonly string[]) =>
  `it has the ${heads.length > 1 ? 'columns' : 'column'} ${heads.join(', ')}`;

/** Cells without names: what is no address is a state where all of it are words of state. */
function layCells(
  records: readonly (readonly string[])[],
  { column, reading }: { column: number; reading: StateReading | undefined },
): Layout {
  const width = Math.max(...records.map(({ length }) => length));
  const columns = Array.from({ length: width }, (_, at): LaidColumn => {
    const head = `column ${at + 1}`;
    if (at === column) return { head, name: head, use: 'address' };
    const filled = records.map((cells) => cells[at] ?? '').filter((cell) => cell !== '');
    const isState =
      filled.length > 0 && filled.every((cell) => words.has(squeezeHead(foldHead(cell))));
    return { head, name: head, use: isState ? 'state' : undefined };
  });
  return {
    tool: undefined,
    name: width === 1 ? headless.lines : headless.cells,
    by: 'no line names the columns',
    columns: point(columns, reading),
    order: [...columns.keys()],
    skips: 0,
    reading,
  };
}

/** The tool of which the most heads are there. */
function recognise(folded: readonly string[]) {
  const found = tools.flatMap(({ knownBy, ...rest }) =>
    knownBy
      .filter((heads) => heads.every((head) => folded.includes(head)))
      .map((by) => ({ ...rest, by })),
  );
  return found.reduce<(typeof found)[number] | undefined>(
    (best, next) => (best && best.by.length >= next.by.length ? best : next),
    undefined,
  );
}

function findAddressHead(
  folded: readonly string[],
  own: ReadonlyMap<string, ColumnUse> | undefined,
): number {
  const rank = (name: string) =>
    own?.get(name) === 'address' ? -1 : (addressRanks.get(name) ?? Number.POSITIVE_INFINITY);
  const best = Math.min(...folded.map(rank));
  return folded.findIndex((name) => rank(name) === best);
}

/** Of what is taken from one cell alone, two columns of one name cannot be told apart. */
function refuseDoubled(columns: readonly LaidColumn[]): void {
  const names = columns.map(({ name }) => name);
  const twice = columns.find(
    ({ name, use }) =>
      use !== undefined && isSingle(use) && names.indexOf(name) !== names.lastIndexOf(name),
  );
  if (twice) throw new LayoutFault(`The column "${twice.head}" is there twice.`);
}

const isSingle = (use: ColumnUse) =>
  use === 'joined_at' || (use !== 'state' && fileColumns.some((own) => own === use));

/** Makes the column that an operator named the one of state. */
function point(columns: readonly LaidColumn[], reading: StateReading | undefined): LaidColumn[] {
  if (!reading || reading.column === NO_COLUMN) return [...columns];
  const name = foldHead(reading.column);
  if (!columns.some((column) => column.name === name)) {
    const heads = columns.map(({ head }) => head).join(', ');
    throw new LayoutFault(`There is no column "${reading.column}". It has: ${heads.slice(0, 500)}`);
  }
  return columns.map((column) => (column.name === name ? { ...column, use: 'state' } : column));
}

const useWords: Readonly<Partial<Record<ColumnUse, string>>> = {
  address: 'the address',
  state: 'the state',
  confirmed_at: 'the date of confirmation',
  joined_at: 'the day they came',
  left: 'whether they left',
  stays: 'whether they left',
  confirmed: 'whether they confirmed',
  zone: 'the time zone',
};

/** The columns that are read, and what each becomes, in words. */
export function tellUses({ columns, tool }: Layout): { head: string; became: string }[] {
  const parts = (tool?.joinedIn ?? []).map(foldHead);
  return columns.flatMap(({ head, name, use }) => {
    if (parts.includes(name)) return [{ head, became: 'the day they came' }];
    return use === undefined || use === 'nothing' ? [] : [{ head, became: useWords[use] ?? use }];
  });
}
