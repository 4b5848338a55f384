import { endnoteXmlFormat } from './endnote-xml.ts';
import type { LibraryFormat } from './format.ts';
import { jsonFormat } from './json.ts';
import { listFormat } from './list.ts';
import { tableFormat } from './table.ts';
import { taggedFormats } from './tagged.ts';
import { zoteroRdfFormat } from './zotero-rdf.ts';

/** Every format that is read, in the order in which they are asked; the last claims what is left. */
export const LIBRARY_FORMATS: readonly LibraryFormat[] = [
  jsonFormat,
  endnoteXmlFormat,
  zoteroRdfFormat,
  ...taggedFormats,
  tableFormat,
  listFormat,
];
