import { type Naming, readEntry } from './entry.ts';
import { type LibraryFormat, type Piece, SHOWN_OF_ENTRY } from './format.ts';
import { findXmlFault, flatten, readElement, stretchesOf, type XmlElement } from './xml.ts';

const PART = 'dcterms:isPartOf';
const NAMING: Naming = {
  title: ['dc:title'],
  abstract: ['dcterms:abstract'],
  ids: {
    'dc:identifier': '',
    // The DOI of an article stands in its journal's node.
    [`${PART}/bib:Journal/dc:identifier`]: '',
  },
  links: ['dc:identifier/dcterms:URI/rdf:value', 'about'],
  notes: ['prism:number', 'z:archiveID'],
  labelled: ['dc:description'],
};

/** Zotero's own RDF. */
export const zoteroRdfFormat: LibraryFormat = {
  name: 'Zotero RDF',
  seen: 'Zotero 5 and 6',
  isIt: (text) => /<rdf:RDF[\s>]/.test(text) && text.includes('zotero.org/namespaces/export#'),
  read: readItems,
};

/** Attachments and notes are nodes too, and no papers. */
const NO_PAPERS = new Set(['attachment', 'note', 'annotation']);

function* readItems(text: string): Generator<Piece> {
  const problem = findXmlFault(text);
  if (problem) {
    yield { line: 1, text: '', read: { problem } };
    return;
  }
  const containers = readContainers(text);
  for (const { line, text: source } of stretchesOf(text, 1)) {
    if (!source.includes('<z:itemType>')) continue;
    const item = readElement(source);
    if (!item) {
      const shown = source.slice(0, SHOWN_OF_ENTRY);
      yield { line, text: shown, read: { problem: 'This entry is cut off or not well formed.' } };
      continue;
    }
    const values = valuesOf(item, containers);
    if (NO_PAPERS.has(values.get('z:itemType')?.[0]?.trim() ?? '')) continue;
    const shown = (values.get('dc:title')?.[0] ?? item.name).slice(0, SHOWN_OF_ENTRY);
    yield { line, text: shown, read: readEntry(values, NAMING) };
  }
}

function valuesOf(item: XmlElement, containers: ReadonlyMap<string, XmlElement>) {
  const values = new Map<string, string[]>();
  flatten(item, values);
  values.set('about', [item.attributes['rdf:about'] ?? '']);
  for (const { name, attributes } of item.children) {
    const container = name === PART && containers.get(attributes['rdf:resource'] ?? '');
    if (container) flatten(container, values, `${PART}/${container.name}`);
  }
  return values;
}

/** The journals that one item alone is part of: what two share says the DOI of neither. */
function readContainers(text: string): Map<string, XmlElement> {
  const used = new Map<string, number>();
  for (const [, resource = ''] of text.matchAll(/<dcterms:isPartOf\s+rdf:resource="([^"<>]*)"/g)) {
    used.set(resource, (used.get(resource) ?? 0) + 1);
  }
  const containers = new Map<string, XmlElement>();
  for (const { name, text: source } of stretchesOf(text, 1)) {
    if (name !== 'bib:Journal') continue;
    const journal = readElement(source);
    const about = journal?.attributes['rdf:about'] ?? '';
    if (journal && used.get(about.replace(/&/g, '&amp;')) === 1) containers.set(about, journal);
  }
  return containers;
}
