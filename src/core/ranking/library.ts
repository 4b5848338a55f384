/**
 * Reads what a reader pastes as their library: arXiv ids, DOIs or links, one a line, and
 * BibTeX, mixed as it comes. Linear in the text, whatever it holds.
 */
import { readIds } from '../paper/identifier.ts';
import { type PaperIds, paperKeys } from '../paper/paper.ts';
import type { Work } from '../reading/work.ts';
import { cleanAbstract, cleanTitle, shortenText } from '../text/text.ts';
import { type BibtexEntry, parseBibtex } from './bibtex-entry.ts';

/** A paper that a reader has. */
export interface LibraryEntry {
  /** Its strongest key, see `paperKeys`. */
  readonly key: string;
  /** Cleaned; null where only an id was given. */
  readonly title: string | null;
  readonly abstract: string | null;
}

/** A place in the pasted text, and what was made of it. */
export interface ReadLine {
  /** From 1. */
  readonly line: number;
  /** The title of an entry that has one, else the beginning of what stands there. */
  readonly text: string;
}

/** What was made of a pasted text. */
export interface ReadLibrary {
  /** Each paper once, in the order of the text, at most `MOST_ENTRIES`. */
  readonly entries: readonly (LibraryEntry & ReadLine)[];
  /** What was not understood and why, in a sentence; the first `MOST_FAULTS`. */
  readonly faults: readonly (ReadLine & { readonly problem: string })[];
  readonly faultCount: number;
}

/** The largest library, and the longest text that is read at once, in bytes of UTF-8. */
export const MOST_ENTRIES = 2_000;
export const LONGEST_LIBRARY = 1_000_000;
const MOST_FAULTS = 100;
const SHOWN_TEXT = 80;
/** No id or link is longer. */
const LONGEST_ID = 500;

/** Reads a pasted library. Never throws; what is no paper is told with its line. */
export function* parseLibrary(pasted: string): Work<ReadLibrary> {
  const entries = new Map<string, LibraryEntry & ReadLine>();
  const faults: (ReadLine & { problem: string })[] = [];
  let faultCount = 0;
  const refuse = (line: number, text: string, problem: string) => {
    faultCount += 1;
    if (faults.length < MOST_FAULTS) faults.push({ line, text: showText(text), problem });
  };
  for (const piece of piecesOf(pasted)) {
    yield;
    const read = 'bibtex' in piece ? readEntry(piece.bibtex) : readLine(piece.text);
    if (read === undefined) continue;
    if ('problem' in read) refuse(piece.line, piece.text, read.problem);
    else if (entries.has(read.key)) continue;
    else if (entries.size < MOST_ENTRIES) {
      const text = read.title ?? showText(piece.text);
      entries.set(read.key, { ...read, line: piece.line, text });
    } else {
      const most = MOST_ENTRIES.toLocaleString('en');
      refuse(
        piece.line,
        piece.text,
        `A library holds at most ${most} papers; nothing was read from here on.`,
      );
      break;
    }
  }
  return { entries: [...entries.values()], faults, faultCount };
}

interface Piece {
  readonly line: number;
  readonly text: string;
  readonly bibtex?: BibtexEntry | { readonly problem: string } | undefined;
}

const ENTRY_START = /^[^\S\n]*@[a-z]+\s*[{(]/i;

/** Entries, and the lines between them. An entry that does not end is over where the next begins. */
function* piecesOf(pasted: string): Generator<Piece> {
  const lines = pasted
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  for (let at = 0; at < lines.length; ) {
    const text = lines[at] ?? '';
    if (!ENTRY_START.test(text)) {
      yield { line: at + 1, text };
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !ENTRY_START.test(lines[end] ?? '')) end += 1;
    yield* entriesOf(lines.slice(at, end).join('\n'), at + 1);
    at = end;
  }
}

/** The entries at the beginning of a stretch of text, then its other lines. */
function* entriesOf(stretch: string, first: number): Generator<Piece> {
  let line = first;
  let rest = stretch;
  while (ENTRY_START.test(rest)) {
    const { bibtex, length } = parseBibtex(rest);
    const read = rest.slice(0, length);
    yield { line, text: read.slice(0, 4 * SHOWN_TEXT), bibtex };
    line += read.split('\n').length - 1;
    rest = rest.slice(length);
  }
  for (const [at, text] of rest.split('\n').entries()) yield { line: line + at, text };
}

function readLine(raw: string): LibraryEntry | { problem: string } | undefined {
  const text = raw.trim().replace(/^[-*•]\s+|[,;]$/g, '');
  if (text === '' || /^[%#]/.test(text)) return undefined;
  const { ids } = readIds({ explicit: [text] }, true);
  if (Object.keys(ids).length === 0) {
    return { problem: 'This is no arXiv id, arXiv link or DOI, and no BibTeX.' };
  }
  return { key: keyOf(ids, ''), title: null, abstract: null };
}

function readEntry(
  entry: BibtexEntry | { readonly problem: string } | undefined,
): LibraryEntry | { problem: string } | undefined {
  if (!entry || 'problem' in entry) return entry;
  const { fields } = entry;
  const [main, sub] = [fields.get('title'), fields.get('subtitle')];
  const title = cleanTitle(sub ? `${main}: ${sub}` : (main ?? ''));
  const abstract = cleanAbstract(fields.get('abstract') ?? '');
  const ids = idsOf(fields);
  if (title === '' && Object.keys(ids).length === 0) {
    return { problem: 'This entry has no title.' };
  }
  return { key: keyOf(ids, title), title: title || null, abstract: abstract || null };
}

function keyOf(ids: PaperIds, title: string): string {
  return paperKeys({ ids, title })[0] ?? '';
}

/** Where reference managers put them: biblatex's eprint, a link, or a note such as `arXiv:2503.01234 [cs]`. */
function idsOf(fields: ReadonlyMap<string, string>): PaperIds {
  const get = (name: string) => fields.get(name) ?? '';
  const source = (get('archiveprefix') || get('eprinttype') || 'arxiv').toLowerCase();
  const told = ['note', 'journal', 'journaltitle', 'howpublished', 'number', 'publisher']
    .map((name) => /arxiv:\s*[\w./-]+/i.exec(get(name).slice(0, LONGEST_ID))?.[0] ?? '')
    .filter(Boolean);
  return readIds({
    explicit: [
      source === 'arxiv' ? `arxiv:${get('eprint').replace(/^arxiv:/i, '')}` : '',
      get('doi').replace(/\\(?=[_%&#])/g, ''),
      `pmid:${get('pmid')}`,
      `pmcid:${get('pmcid')}`,
    ],
    links: [get('url')],
    texts: [],
    guids: told,
  }).ids;
}

function showText(text: string): string {
  return shortenText(cleanTitle(text.slice(0, 4 * SHOWN_TEXT)), SHOWN_TEXT);
}
