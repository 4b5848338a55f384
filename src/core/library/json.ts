import { type Naming, readEntry } from './entry.ts';
import { countLines, type LibraryFormat, type Piece, SHOWN_OF_ENTRY } from './format.ts';

/** CSL, and the names that Zotero's own items have for the same. */
const NAMING: Naming = {
  title: ['title'],
  subtitle: 'subtitle',
  abstract: ['abstract', 'abstractNote'],
  ids: { DOI: '', doi: '', PMID: 'pmid:', PMCID: '', archiveID: '', archive_location: '' },
  links: ['URL', 'url'],
  notes: ['number', 'container-title', 'publisher', 'archiveID'],
  // "PMID: 123", "arXiv: 2501.01234 [cs]", where a kind of item has no field for it.
  labelled: ['note', 'extra'],
};

/** CSL JSON, and lists of Zotero's own items. */
export const jsonFormat: LibraryFormat = {
  name: 'CSL JSON',
  seen: "Zotero, Better BibTeX, Mendeley, JabRef, citation-js, Crossref and DataCite by content negotiation; items of Zotero's web API",
  isIt: (text) => /^\s*(?:\[\s*[{\]]|\{\s*")/.test(text.slice(0, 2000)),
  read: readItems,
};

/** Reads one item of CSL JSON or of Zotero's web API; undefined for what is no paper, such as an attachment. */
export function readItem(item: unknown): ReturnType<typeof readEntry> | undefined {
  if (!isObject(item)) return { problem: 'This is no entry.' };
  const own = isObject(item['data']) ? item['data'] : item;
  if (NO_PAPERS.has(String(own['itemType'] ?? own['type']))) return undefined;
  return readEntry(valuesOf(own), NAMING);
}

const NO_PAPERS = new Set(['attachment', 'note', 'annotation']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is text, or a list of texts: Crossref gives titles so. */
function valuesOf(item: Record<string, unknown>): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of Object.entries(item)) {
    const texts = (Array.isArray(value) ? value : [value]).filter(
      (each) => typeof each === 'string' || typeof each === 'number',
    );
    if (texts.length > 0) values.set(name, texts.map(String));
  }
  return values;
}

function* readItems(text: string): Generator<Piece> {
  for (const { line, text: source } of objectsOf(text)) {
    const read = readSource(source);
    yield { line, text: source.slice(0, SHOWN_OF_ENTRY), read };
  }
}

function readSource(source: string): Piece['read'] {
  try {
    return readItem(JSON.parse(source));
  } catch {
    return { problem: 'This entry is cut off or no JSON.' };
  }
}

/**
 * The outermost objects of a text one by one, each with its line, so that a fault in one costs
 * no other. The last may not be whole.
 */
function* objectsOf(text: string): Generator<{ line: number; text: string }> {
  const lineOf = countLines(text);
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '"') at = endOfString(text, at);
    else if (mark === '{') {
      if (depth === 0) from = at;
      depth += 1;
    } else if (mark === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) yield { line: lineOf(from), text: text.slice(from, at + 1) };
    }
  }
  if (depth > 0) yield { line: lineOf(from), text: text.slice(from) };
}

/** The place of the quote that ends a string; the last of the text where none does. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text[before - 1] === '\\') before -= 1;
    if ((at - before) % 2 === 0) return at;
  }
  return text.length - 1;
}
