import { type Naming, readEntry } from './entry.ts';
import { type LibraryFormat, type Piece, SHOWN_OF_ENTRY } from './format.ts';
import { findXmlFault, flatten, readElement, type Stretch, stretchesOf } from './xml.ts';

const NAMING: Naming = {
  // Text stands in `<style>`, several in a title.
  title: ['titles/title'],
  abstract: ['abstract'],
  ids: { 'electronic-resource-num': '', 'accession-num': '', custom2: '' },
  links: ['urls/related-urls/url', 'urls/pdf-urls/url', 'urls/web-urls/url'],
  notes: ['titles/secondary-title', 'periodical/full-title', 'volume', 'notes'],
};

/** EndNote's XML: `<xml><records><record>`. */
export const endnoteXmlFormat: LibraryFormat = {
  name: 'EndNote XML',
  seen: 'EndNote X7 to 20; Zotero, JabRef and databases that write its form',
  isIt: (text) => /^\s*</.test(text) && /<xml>\s*<records>/.test(text.slice(0, 2000)),
  read: readRecords,
};

function* readRecords(text: string): Generator<Piece> {
  const problem = findXmlFault(text);
  if (problem) {
    yield { line: 1, text: '', read: { problem } };
    return;
  }
  for (const stretch of stretchesOf(text, 2)) {
    if (stretch.name === 'record') yield readRecord(stretch);
  }
}

function readRecord({ line, text }: Stretch): Piece {
  const record = text.endsWith('</record>') ? readElement(text) : undefined;
  if (!record) {
    const shown = text.slice(0, SHOWN_OF_ENTRY);
    return { line, text: shown, read: { problem: 'This entry is cut off or not well formed.' } };
  }
  const values = new Map<string, string[]>();
  flatten(record, values);
  const shown = record.text.trim().slice(0, SHOWN_OF_ENTRY);
  return { line, text: shown, read: readEntry(values, NAMING) };
}
