import { readIds } from '../paper/identifier.ts';
import { readBibtex } from './bibtex.ts';
import { keyOf, type LibraryEntry } from './entry.ts';
import { type LibraryFormat, type Piece, SHOWN_OF_ENTRY } from './format.ts';

const ENTRY_START = /^[^\S\n]*@[a-z]+\s*[{(]/i;
const HAS_ENTRIES = /^[^\S\n]*@[a-z]+\s*[{(]/im;

/** A list that people wrote themselves, and BibTeX, mixed as it comes: what no other format claims. */
export const listFormat: LibraryFormat = {
  name: 'BibTeX or a list',
  seen: 'Zotero, Mendeley, JabRef, BibDesk, Papers, Citavi, Google Scholar, ACM, IEEE Xplore, ScienceDirect, Scopus, Web of Science; lists of ids and links',
  isIt: () => true,
  read: readList,
};

/** Whether a text holds entries of BibTeX, so that no other format claims it for what stands in them. */
export function hasBibtex(text: string): boolean {
  return HAS_ENTRIES.test(text);
}

function* readList(text: string): Generator<Piece> {
  const abbreviations = new Map<string, string>();
  // What a program says of itself and of its export stands before the first entry.
  let isHead = hasBibtex(text);
  for (const piece of piecesOf(text, abbreviations)) {
    const isProse = piece.read !== undefined && 'problem' in piece.read && !piece.isEntry;
    if (piece.isEntry || (piece.read && !isProse)) isHead = false;
    yield isHead && isProse ? { ...piece, read: undefined } : piece;
  }
}

type ListPiece = Piece & { readonly isEntry: boolean };

/** Entries, and the lines between them. An entry that does not end is over where the next begins. */
function* piecesOf(text: string, abbreviations: Map<string, string>): Generator<ListPiece> {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (!ENTRY_START.test(line)) {
      yield lineAt(at + 1, line);
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !ENTRY_START.test(lines[end] ?? '')) end += 1;
    yield* entriesOf(lines.slice(at, end).join('\n'), at + 1, abbreviations);
    at = end;
  }
}

/** The entries at the beginning of a stretch of text, then its other lines. */
function* entriesOf(
  stretch: string,
  first: number,
  abbreviations: Map<string, string>,
): Generator<ListPiece> {
  let line = first;
  let rest = stretch;
  while (ENTRY_START.test(rest)) {
    const { read, length } = readBibtex(rest, abbreviations);
    const source = rest.slice(0, length);
    yield { line, text: source.slice(0, SHOWN_OF_ENTRY), read, isEntry: true };
    line += source.split('\n').length - 1;
    rest = rest.slice(length);
  }
  for (const [at, text] of rest.split('\n').entries()) yield lineAt(line + at, text);
}

function lineAt(line: number, text: string): ListPiece {
  return { line, text, read: readLine(text), isEntry: false };
}

/** Reads a line that is an id or a link; undefined where it is empty or a remark. */
export function readLine(raw: string): LibraryEntry | { readonly problem: string } | undefined {
  const text = raw.trim().replace(/^[-*•]\s+|[,;]$/g, '');
  if (text === '' || /^[%#]/.test(text)) return undefined;
  const { ids } = readIds({ explicit: [text] }, true);
  if (Object.keys(ids).length === 0) return { problem: tellUnread(text) };
  return { key: keyOf(ids, ''), title: null, abstract: null, ids };
}

/** Sites whose links hold a number of their own, which nobody else has; seen in pasted lists. */
const OWN_NUMBERS: Readonly<Record<string, string>> = {
  'ieeexplore.ieee.org': 'IEEE Xplore',
  'semanticscholar.org': 'Semantic Scholar',
  'researchgate.net': 'ResearchGate',
  'academia.edu': 'Academia.edu',
  'scopus.com': 'Scopus',
  'webofscience.com': 'Web of Science',
  'scholar.google.com': 'Google Scholar',
  'openalex.org': 'OpenAlex',
  'lens.org': 'Lens',
};

/** What is said of a line that is neither an id nor a link. */
export const UNREAD = 'This is no arXiv id, DOI, PMID or link of a paper, and no BibTeX.';

function tellUnread(text: string): string {
  const host = URL.canParse(text) ? new URL(text).hostname.replace(/^www\./, '') : '';
  const site = Object.hasOwn(OWN_NUMBERS, host) ? OWN_NUMBERS[host] : undefined;
  return site
    ? `This link has a number of ${site} alone: paste the DOI that its page names.`
    : UNREAD;
}
