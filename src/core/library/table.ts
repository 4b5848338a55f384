import { CsvError, type Info, type Options, parse } from 'csv-parse/sync';
import { type Naming, readEntry, type Values } from './entry.ts';
import { type LibraryFormat, type Piece, SHOWN_OF_ENTRY } from './format.ts';

/** Column names in lower case, each with what it is and where it was seen. */
const COLUMNS: readonly { readonly name: string; readonly is: Column; readonly seen: string }[] = [
  { name: 'title', is: 'title', seen: 'Zotero, Scopus, Embase, Lens, PubMed, Dimensions' },
  { name: 'document title', is: 'title', seen: 'IEEE Xplore' },
  { name: 'article title', is: 'title', seen: 'Web of Science, spreadsheets' },
  { name: 'item title', is: 'title', seen: 'SpringerLink search results' },
  { name: 'ti', is: 'title', seen: 'Web of Science, tab-delimited' },
  { name: 'abstract note', is: 'abstract', seen: 'Zotero' },
  { name: 'abstract', is: 'abstract', seen: 'Scopus, Embase, Lens, IEEE Xplore, Dimensions' },
  { name: 'ab', is: 'abstract', seen: 'Web of Science, tab-delimited' },
  { name: 'doi', is: 'doi', seen: 'Zotero, Scopus, Lens, PubMed, IEEE Xplore, Dimensions' },
  { name: 'item doi', is: 'doi', seen: 'SpringerLink search results' },
  { name: 'di', is: 'doi', seen: 'Web of Science, tab-delimited' },
  { name: 'pmid', is: 'pmid', seen: 'Lens, PubMed, Dimensions' },
  { name: 'pubmed id', is: 'pmid', seen: 'Scopus, Web of Science' },
  { name: 'medline pmid', is: 'pmid', seen: 'Embase' },
  { name: 'pm', is: 'pmid', seen: 'Web of Science, tab-delimited' },
  { name: 'pmcid', is: 'pmcid', seen: 'Lens, PubMed, Dimensions' },
  { name: 'arxiv id', is: 'arxiv', seen: 'lists of preprints' },
  { name: 'url', is: 'link', seen: 'Zotero, SpringerLink' },
  { name: 'link', is: 'link', seen: 'Scopus' },
  { name: 'external url', is: 'link', seen: 'Lens' },
  { name: 'doi link', is: 'link', seen: 'Web of Science, spreadsheets' },
  { name: 'pdf link', is: 'link', seen: 'IEEE Xplore' },
  { name: 'open url link', is: 'link', seen: 'Embase: the DOI stands in what the link asks for' },
  { name: 'extra', is: 'labelled', seen: 'Zotero: ids a line each' },
  { name: 'archive location', is: 'note', seen: 'Zotero: preprints' },
  { name: 'number', is: 'note', seen: 'Zotero: preprints' },
];

type Column =
  | 'title'
  | 'abstract'
  | 'doi'
  | 'pmid'
  | 'pmcid'
  | 'arxiv'
  | 'link'
  | 'labelled'
  | 'note';

const COLUMN_BY_NAME: ReadonlyMap<string, Column> = new Map(
  COLUMNS.map(({ name, is }) => [name, is]),
);
const NAMING: Naming = {
  title: ['title'],
  abstract: ['abstract'],
  ids: { arxiv: 'arxiv:', doi: '', pmid: 'pmid:', pmcid: '' },
  links: ['link'],
  notes: ['note'],
  labelled: ['labelled'],
};

/** A table whose first row names its columns. */
export const tableFormat: LibraryFormat = {
  name: 'CSV',
  seen: [...new Set(COLUMNS.flatMap(({ seen }) => seen.split(/:|, /)[0] ?? []))].join(', '),
  isIt: (text) => findHead(text) !== undefined,
  read: readRows,
};

interface Head {
  readonly delimiter: string;
  readonly columns: readonly (Column | undefined)[];
  /** What stands before it: some databases say there when and how it was made. */
  readonly before: number;
}

const DELIMITERS = [',', ';', '\t'];
const LINES_LOOKED_AT = 3;
const LONGEST_HEAD = 20_000;
const LONGEST_ROW = 200_000;
const MOST_LINKS = 9;

/** The row that names the columns. */
function findHead(text: string): Head | undefined {
  const lines = text.slice(0, LONGEST_HEAD).split('\n', LINES_LOOKED_AT);
  for (const [before, line] of lines.entries()) {
    for (const delimiter of DELIMITERS) {
      const { rows } = parseRows(line, delimiter);
      const names = rows[0]?.cells ?? [];
      const columns = names.map((name) => COLUMN_BY_NAME.get(name.trim().toLowerCase()));
      if (isHead(columns)) return { delimiter, columns, before };
    }
  }
  return undefined;
}

/** An id is enough, since no value is such a name; "title" may begin a sentence. */
function isHead(columns: readonly (Column | undefined)[]): boolean {
  const known = columns.filter((column) => column !== undefined);
  if (known.some((column) => Object.hasOwn(NAMING.ids, column))) return true;
  return known.includes('title') && (known.length > 1 || columns.length > 2);
}

function* readRows(text: string): Generator<Piece> {
  const head = findHead(text);
  if (!head) return;
  const body = text.split('\n').slice(head.before + 1);
  const first = head.before + 2;
  const { rows, faults } = parseRows(body.join('\n'), head.delimiter);
  for (const { line, cells } of rows) {
    const shown = cells.join(' ').slice(0, SHOWN_OF_ENTRY);
    yield { line: first + line - 1, text: shown, read: readEntry(valuesOf(cells, head), NAMING) };
  }
  for (const { line, problem } of faults) {
    yield { line: first + line - 1, text: '', read: { problem } };
  }
}

function valuesOf(cells: readonly string[], { columns }: Head): Values {
  const values = new Map<string, string[]>();
  for (const [at, cell] of cells.entries()) {
    const column = columns[at];
    if (column === undefined || cell.trim() === '') continue;
    // Several links or ids in one cell.
    const each = column === 'link' ? cell.split(/;?\s+/, MOST_LINKS) : [cell];
    const known = values.get(column) ?? [];
    known.push(...each);
    values.set(column, known);
  }
  return values;
}

interface Row {
  /** The line that it begins in, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows (RFC 4180), and what could not be told apart. */
function parseRows(body: string, delimiter: string) {
  const rows: Row[] = [];
  const faults: { readonly line: number; readonly problem: string }[] = [];
  let begins = 1;
  const fail = (error?: CsvError) => {
    const line = typeof error?.['lines'] === 'number' ? error['lines'] : begins;
    faults.push({ line, problem: tell(error) });
  };
  const options: Options = {
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    skip_records_with_error: true,
    on_skip: (error) => {
      fail(error);
      return undefined;
    },
  };
  try {
    for (const { record, info } of parse(body, options) as unknown as Parsed[]) {
      rows.push({ line: begins, cells: record });
      begins = info.lines + 1;
    }
  } catch (error) {
    fail(error instanceof CsvError ? error : undefined);
  }
  return { rows, faults };
}

interface Parsed {
  readonly record: string[];
  readonly info: Info;
}

function tell(error: CsvError | undefined): string {
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') return 'A quote is opened here and never closed.';
  if (error?.code === 'CSV_MAX_RECORD_SIZE') {
    return 'This row is too long; a quote before it may not be closed.';
  }
  return 'This row cannot be read.';
}
