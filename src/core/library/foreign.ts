/** Something that is no library, and how it is told. */
interface ForeignKind {
  /** As people call it, such as "a Word document". */
  readonly is: string;
  /** How it begins, each byte a character: one of these, or what fits. */
  readonly begins: readonly string[] | RegExp;
  /** What else it holds. */
  readonly holds?: RegExp;
  /** What to do instead, in a sentence. */
  readonly instead?: string;
  readonly seen: string;
}

const FROM_PROGRAM =
  'Export your papers from the program that you keep them in, as RIS, BibTeX or CSL JSON.';
const AS_TEXT = 'Copy the ids or links out of it and paste them, one a line.';
const ZIP = ['PK\u0003\u0004'];

/** What people send by mistake, the special before the general. */
const FOREIGN: readonly ForeignKind[] = [
  {
    is: 'a PDF',
    begins: /^\s{0,9}%PDF-/,
    instead: 'One paper is added by its DOI, arXiv id or link.',
    seen: 'ISO 32000-1, 7.5.2',
  },
  {
    is: 'a Word document',
    begins: ZIP,
    holds: /word\/document\.xml/,
    instead: AS_TEXT,
    seen: 'ECMA-376, part 2',
  },
  {
    is: 'an Excel workbook',
    begins: ZIP,
    holds: /xl\/(?:workbook|worksheets)/,
    instead: 'Save it as CSV.',
    seen: 'ECMA-376, part 2',
  },
  {
    is: 'a PowerPoint presentation',
    begins: ZIP,
    holds: /ppt\/presentation/,
    instead: AS_TEXT,
    seen: 'ECMA-376, part 2',
  },
  {
    is: 'an OpenDocument file',
    begins: ZIP,
    holds: /^[\s\S]{30}mimetypeapplication\/vnd\.oasis\.opendocument/,
    instead: AS_TEXT,
    seen: 'OpenDocument 1.3, part 2, 3.3',
  },
  {
    is: 'an e-book',
    begins: ZIP,
    holds: /^[\s\S]{30}mimetypeapplication\/epub/,
    instead: FROM_PROGRAM,
    seen: 'EPUB OCF 3.3, 4.3',
  },
  {
    is: "EndNote's own library, packed",
    begins: ZIP,
    holds: /\.enl|sdb\/sdb\.eni/,
    instead: 'In EndNote, export as RIS (RefMan) or XML.',
    seen: 'EndNote: .enlx',
  },
  { is: 'a zip archive', begins: ZIP, instead: 'Unpack it first.', seen: 'PKWARE APPNOTE, 4.3.7' },
  {
    is: 'an old Word or Excel file',
    begins: ['\u00d0\u00cf\u0011\u00e0'],
    instead: AS_TEXT,
    seen: 'MS-CFB, 2.2',
  },
  { is: 'a rich text document', begins: /^\{\\rtf/, instead: AS_TEXT, seen: 'RTF 1.9.1' },
  {
    is: 'a database, such as the one that Zotero or Mendeley keeps for itself',
    begins: ['SQLite format 3\u0000'],
    instead: FROM_PROGRAM,
    seen: 'SQLite: file format, 1.3.1',
  },
  {
    is: 'a packed file',
    begins: ['\u001f\u008b', '7z\u00bc\u00af', 'Rar!\u001a', 'BZh9'],
    instead: 'Unpack it first.',
    seen: 'gzip (RFC 1952), 7-Zip, RAR, bzip2',
  },
  {
    is: 'a picture',
    begins: ['\u0089PNG', 'GIF87a', 'GIF89a', '\u00ff\u00d8\u00ff'],
    seen: 'PNG, GIF, JPEG',
  },
  {
    is: 'a web page',
    begins: /^\s*(?:<!--[^<>]*-->\s*)?(?:<!doctype html|<html[\s>]|<head>|<body[\s>])/i,
    instead: 'Paste its address if it is the page of one paper; else export what it lists.',
    seen: 'pages saved instead of an export',
  },
  {
    is: "PubMed's XML",
    begins: /^[\s\S]{0,600}<PubmedArticleSet/,
    instead: 'In PubMed, choose Save and the format "PubMed" (.nbib).',
    seen: 'PubMed: Save, Abstract (XML)',
  },
  {
    is: 'a list of feeds (OPML)',
    begins: /^\s*(?:<\?xml[^>]*>\s*)?<opml[\s>]/,
    seen: 'feed readers',
  },
  {
    is: 'a feed of news',
    begins: /^\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed)[\s>]/,
    seen: 'RSS 2.0, RFC 4287',
  },
  {
    is: 'a mail',
    begins: /^(?:Return-Path|Received|Delivered-To|MIME-Version): /i,
    instead: AS_TEXT,
    seen: 'RFC 5322',
  },
];

/** So much is looked at for what a file holds: names within an archive stand at its end, too. */
const LOOKED_AT = 2_000_000;

/**
 * What a text or a file is that is no library, in a sentence or two; undefined where nothing of it
 * says so. Of a file, each byte is to be a character.
 */
export function findForeign(text: string): string | undefined {
  const ends = text.slice(0, LOOKED_AT / 2) + text.slice(LOOKED_AT / 2).slice(-LOOKED_AT / 2);
  const found = FOREIGN.find(
    ({ begins, holds }) => startsWith(ends, begins) && holds?.test(ends) !== false,
  );
  return found && [`This is ${found.is}, not a library.`, found.instead].filter(Boolean).join(' ');
}

function startsWith(text: string, begins: ForeignKind['begins']): boolean {
  return begins instanceof RegExp
    ? begins.test(text)
    : begins.some((beginning) => text.startsWith(beginning));
}
