import { type Naming, readEntry, type Values } from './entry.ts';
import { type LibraryFormat, type Piece, SHOWN_OF_ENTRY } from './format.ts';
import { hasBibtex, readLine } from './list.ts';

/** How a format of a tag a line parts its entries, and what its tags mean. */
interface TaggedForm {
  readonly name: string;
  readonly seen: string;
  /** A line that only this format has. */
  readonly sign: RegExp;
  /** The tag of a line, and its value. */
  readonly line: RegExp;
  readonly begins: readonly string[];
  readonly ends: readonly string[];
  /** Whether an empty line ends an entry, and any tag then begins the next. */
  readonly isPartedByEmptyLines?: boolean;
  readonly naming: Naming;
}

/** The formats, each with where it was seen; what is not named here of an entry is not read. */
const FORMS: readonly TaggedForm[] = [
  {
    name: 'RIS',
    seen: 'EndNote, Zotero, Scopus, Web of Science, Embase, EBSCOhost, Ovid, ProQuest, IEEE Xplore, Lens, PubMed Central',
    sign: /^[^\S\n]*TY {1,2}-/m,
    line: /^[^\S\n]?([A-Z][A-Z\d]) {1,2}-(?: (.*))?$/,
    begins: ['TY'],
    ends: ['ER'],
    naming: {
      title: ['TI', 'T1', 'CT', 'BT'],
      // EBSCOhost's second AB is a copyright line; Ovid and Embase write N2.
      abstract: ['AB', 'N2'],
      // EBSCOhost has the DOI in L3, EndNote's older filters in M3, PubMed Central its id in AN.
      ids: { DO: '', L3: '', M3: '', AN: '', C2: '' },
      links: ['UR', 'L2'],
      // Of N1 nothing but how it begins: Scopus lists there what the paper cites.
      notes: ['T2', 'JO', 'JF', 'JA', 'M1', 'N1', 'VL', 'PB'],
    },
  },
  {
    name: 'PubMed (.nbib)',
    seen: 'PubMed; ERIC, whose entries have no PMID',
    sign: /^(?:PMID- \d|OWN - )/m,
    line: /^([A-Z]{2,4}) *- (.*)$/,
    begins: ['PMID'],
    ends: [],
    isPartedByEmptyLines: true,
    naming: {
      title: ['TI', 'BTI', 'CTI'],
      abstract: ['AB'],
      ids: { PMID: 'pmid:', PMC: '', LID: '', AID: '' },
      links: [],
      notes: [],
    },
  },
  {
    name: 'Web of Science (.ciw)',
    seen: 'Web of Science, "EndNote desktop" and "plain text file"',
    sign: /^(?:FN (?:ISI|Clarivate|Thomson)|PT [A-Z]$)/m,
    line: /^([A-Z][A-Z\d])(?: (.*))?$/,
    begins: ['PT'],
    ends: ['ER', 'EF'],
    naming: {
      title: ['TI'],
      abstract: ['AB'],
      ids: { DI: '', PM: 'pmid:' },
      links: [],
      notes: ['SO', 'AR'],
    },
  },
  {
    name: 'EndNote (.enw)',
    seen: "EndNote's own export, Google Scholar, PubMed Central",
    sign: /^%0 \S/m,
    line: /^%(\S)(?: (.*))?$/,
    begins: ['0'],
    ends: [],
    isPartedByEmptyLines: true,
    naming: {
      title: ['T'],
      abstract: ['X'],
      ids: { R: '', M: '' },
      links: ['U'],
      notes: ['J', 'B', 'Z'],
    },
  },
  {
    name: 'RefWorks',
    seen: 'RefWorks, "tagged format"; older exports of databases',
    sign: /^RT [A-Z][a-z]/m,
    line: /^([A-Z][A-Z\d])(?: (.*))?$/,
    begins: ['RT'],
    ends: ['ER'],
    isPartedByEmptyLines: true,
    naming: {
      title: ['T1'],
      abstract: ['AB'],
      ids: { DO: '', ID: '' },
      links: ['UL', 'LK'],
      notes: ['JF', 'NO'],
    },
  },
];

/** The formats that have a tag and a value a line. */
export const taggedFormats: readonly LibraryFormat[] = FORMS.map((form) => ({
  name: form.name,
  seen: form.seen,
  isIt: (text) => form.sign.test(text) && !hasBibtex(text),
  read: (text) => readTagged(text, form),
}));

interface Open {
  readonly line: number;
  readonly text: string;
  readonly values: Map<string, string[]>;
}

/** An entry ends by its tag, or where the next begins; a line without a tag goes on with the one before. */
function* readTagged(text: string, form: TaggedForm): Generator<Piece> {
  let open: Open | undefined;
  let last: string[] | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    const [, tag, value = ''] = form.line.exec(line.trimEnd()) ?? [];
    const isOver = line.trim() === '' && form.isPartedByEmptyLines === true;
    if (tag === undefined && !isOver) {
      if (!open) yield betweenEntries(at + 1, line);
      else if (last) last[last.length - 1] += `\n${line.trim()}`;
      continue;
    }
    const isEnd = isOver || form.ends.includes(tag ?? '');
    const isNext = form.begins.includes(tag ?? '') && open?.values.has(tag ?? '') !== false;
    if (open && (isEnd || isNext)) {
      yield close(open, form.naming);
      open = undefined;
    }
    if (isEnd || tag === undefined) continue;
    const mayBegin = form.begins.includes(tag) || form.isPartedByEmptyLines === true;
    if (mayBegin) open ??= { line: at + 1, text: line, values: new Map() };
    last = open && keep(open.values, tag, value);
  }
  if (open) yield close(open, form.naming);
}

function keep(values: Map<string, string[]>, tag: string, value: string): string[] {
  const known = values.get(tag) ?? [];
  known.push(value.trim());
  values.set(tag, known);
  return known;
}

function close({ line, text, values }: Open, naming: Naming): Piece {
  return { line, text: showValues(text, values), read: readEntry(values, naming) };
}

/** What an entry without title and id begins with. */
function showValues(first: string, values: Values): string {
  const some = [...values.values()].flat().slice(1, 5);
  return [first, ...some].join(' ').slice(0, SHOWN_OF_ENTRY);
}

/** Numbers and headings stand there, which are nothing, but also ids that somebody added. */
function betweenEntries(line: number, text: string): Piece {
  const read = readLine(text);
  return { line, text, read: read && 'problem' in read ? undefined : read };
}
