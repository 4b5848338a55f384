interface Stranger {
  /** What it begins with, its bytes as latin1. */
  readonly begins: RegExp;
  readonly says: string;
}

/** What people hand over in place of a list, and what to do with it. */
const strangers: readonly Stranger[] = [
  {
    begins: /^PK\p{Cc}{2}.*?(?:\[Content_Types\]\.xml|xl\/|_rels\/)/su,
    says: 'This is an Excel workbook. Save its sheet as CSV (UTF-8).',
  },
  {
    begins: /^PK\p{Cc}{2}.*?application\/vnd\.oasis/su,
    says: 'This is a sheet of LibreOffice. Save it as CSV (UTF-8).',
  },
  {
    begins: /^PK\p{Cc}{2}/u,
    says: 'This is a ZIP archive, as Mailchimp and others send it. Unpack it, and import each file of it: who left first.',
  },
  { begins: /^\p{Cc}\x8b/u, says: 'This is packed by gzip. Unpack it first.' },
  {
    begins: /^\xd0\xcf\p{Cc}\xe0/u,
    says: 'This is an old Excel workbook. Save its sheet as CSV (UTF-8).',
  },
  { begins: /^%PDF-/, says: 'This is a PDF. Export the list as CSV.' },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*BEGIN:VCARD/i,
    says: 'These are vCards. Export the contacts as CSV.',
  },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b/i,
    says: 'This is a web page, perhaps one that asks to sign in. Export the list as CSV.',
  },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*[{[]\s*(?:["{}]|\])/,
    says: 'This is JSON. Export the list as CSV.',
  },
];

/** What a file is that cannot be a list of subscribers, in a sentence; undefined where it may be one. */
export function nameStranger(head: string): string | undefined {
  return strangers.find(({ begins }) => begins.test(head))?.says;
}
