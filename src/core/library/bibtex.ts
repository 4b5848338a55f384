import { parseBibtex } from './bibtex-entry.ts';
import { type LibraryEntry, type Naming, readEntry } from './entry.ts';

/** An entry of BibTeX or BibLaTeX at the beginning of a text, and how long it is. */
export interface ReadBibtex {
  /** Undefined for comments, preambles and abbreviations. */
  readonly read: LibraryEntry | { readonly problem: string } | undefined;
  readonly length: number;
}

/** Seen: Zotero, Mendeley, JabRef, BibDesk, Papers, Citavi, DBLP, and the exports of databases. */
const NAMING: Naming = {
  title: ['title'],
  subtitle: 'subtitle',
  abstract: ['abstract'],
  ids: { eprint: '', arxivid: 'arxiv:', doi: '', pmid: 'pmid:', pmcid: 'pmcid:' },
  links: ['url'],
  // DBLP: `CoRR`, `abs/1706.03762`; BibSonomy: `cite arxiv:…`; Google Scholar: `arXiv preprint arXiv:…`.
  notes: ['note', 'journal', 'journaltitle', 'howpublished', 'number', 'publisher', 'volume'],
};
const PLAIN = new Set([...Object.keys(NAMING.ids), ...NAMING.links, 'archiveprefix', 'eprinttype']);

/** Reads the entry that a text begins with; what `@string` says is kept in `abbreviations`. */
export function readBibtex(text: string, abbreviations: Map<string, string>): ReadBibtex {
  const { bibtex, length } = parseBibtex(text, abbreviations);
  if (!bibtex || 'problem' in bibtex) return { read: bibtex, length };
  const values = new Map<string, string[]>();
  for (const [name, value] of bibtex.fields) {
    values.set(name, [PLAIN.has(name) ? plainValue(value) : dropGroups(value)]);
  }
  values.set('eprint', nameEprint(values));
  values.set(
    'arxivid',
    (values.get('arxivid') ?? []).map((id) => id.replace(/^arxiv:/i, '')),
  );
  return { read: readEntry(values, NAMING), length };
}

/** Whose the eprint is says another field; arXiv's where none does. */
function nameEprint(values: ReadonlyMap<string, readonly string[]>): string[] {
  const [eprint] = values.get('eprint') ?? [];
  if (!eprint) return [];
  const [source = 'arxiv'] = values.get('archiveprefix') ?? values.get('eprinttype') ?? [];
  const prefix = EPRINTS[source.trim().toLowerCase()];
  return prefix === undefined ? [] : [prefix + eprint.replace(/^arxiv:/i, '')];
}

const EPRINTS: Readonly<Record<string, string>> = {
  arxiv: 'arxiv:',
  pubmed: 'pmid:',
  pmid: 'pmid:',
  pmcid: 'pmcid:',
  hal: 'oai:hal:',
};

const TOKENS = /\\[a-z@]+\*?|\\[\s\S]?|[{}$]|[^\\{}$]+/gi;
const CONTROL_WORD = /^\\[a-z@]+\*?$/i;

/**
 * Takes away the braces that only hold words together, and leaves those of arguments and of
 * formulas: `{{A {Critical} Review}}` becomes `A Critical Review`, `f{\"{u}}r` becomes
 * `f\"{u}r`. Linear in the value.
 */
export function dropGroups(value: string): string {
  const shown: string[] = [];
  const isKept: boolean[] = [];
  let isFormula = false;
  let hasClosedArgument = false;
  const lastDollar = value.lastIndexOf('$');
  for (const { 0: token, index } of value.matchAll(TOKENS)) {
    const before = shown.at(-1) ?? '';
    const wasArgument = hasClosedArgument;
    hasClosedArgument = false;
    if (token === '$') isFormula = !isFormula && index < lastDollar;
    if (token === '{') {
      const keeps = isFormula || wasArgument || /^\\(?:[a-z@]+\*?|["'`^~=.])$/i.test(before);
      isKept.push(keeps);
      if (keeps) shown.push(token);
    } else if (token === '}') {
      if (isKept.pop() === true) {
        shown.push(token);
        hasClosedArgument = !isFormula;
      } else if (CONTROL_WORD.test(before)) shown.push('{}');
    } else shown.push(token);
  }
  return shown.join('');
}

const SIGNS: Readonly<Record<string, string>> = {
  textless: '<',
  textgreater: '>',
  textunderscore: '_',
  textasciitilde: '~',
  _: '_',
  '%': '%',
  '&': '&',
  '#': '#',
  $: '$',
  '~': '~',
};

/** A field that is no prose, without what TeX needs in it: ids and links. */
function plainValue(value: string): string {
  return value
    .replace(/\\url\s*\{/gi, '{')
    .replace(/[{}]/g, '')
    .replace(/\\(textless|textgreater|textunderscore|textasciitilde|[_%&#$~])\s*/gi, (_, sign) => {
      return SIGNS[String(sign).toLowerCase()] ?? '';
    })
    .trim();
}
