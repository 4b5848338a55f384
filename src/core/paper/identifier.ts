import { ID_SCHEMES, type IdForm, type IdScheme } from './id-form.ts';
import { ID_FORMS } from './identifier-forms.ts';
import { splitVersion } from './repositories.ts';

/** An id that a text gives, in canonical form and without its version. */
export interface Identifier {
  readonly scheme: IdScheme;
  readonly id: string;
  readonly version?: number;
}

/** Every id that is known of a paper, each as `readIdentifier` writes it. */
export type PaperIds = { readonly [scheme in IdScheme]?: string } & {
  /** The DOI of the article that this preprint became, where its server tells. */
  readonly article?: string;
};

/** Where ids may stand in an item, what is trusted most first; each a list of texts. */
export interface IdEvidence {
  /** Elements that are there for ids: dc:identifier, prism:doi. */
  readonly explicit?: readonly string[];
  /** What the feed calls the item. */
  readonly guids?: readonly string[];
  readonly links?: readonly string[];
  /** Descriptions with their markup, where nothing else has a DOI. */
  readonly texts?: readonly string[];
}

/** No id or link is longer. */
const LONGEST = 2000;

/**
 * Reads one id out of a text that is one, or of a link; of a link only what is the id.
 * Undefined where no form fits. With `isBare`, an arXiv id may stand without its name.
 */
export function readIdentifier(text: string, isBare = false): Identifier | undefined {
  const tidy = text.trim().replace(/^doi:\s*(?=https?:)/i, '');
  if (tidy.length > LONGEST) return undefined;
  if (/^https?:\/\//i.test(tidy)) return readLinked(tidy);
  for (const form of ID_FORMS) {
    if (form.of !== 'text' || (form.isBare && !isBare)) continue;
    const found = readForm(form, tidy);
    if (found) return found;
  }
  // `arxiv.org/abs/…`, as people copy it.
  return /^[a-z\d-]+(?:\.[a-z\d-]+)+\//i.test(tidy) ? readLinked(`https://${tidy}`) : undefined;
}

function readLinked(link: string): Identifier | undefined {
  if (!URL.canParse(link)) return undefined;
  const { hostname, pathname, search } = new URL(link);
  const subject = decode(pathname) + decode(search);
  for (const form of ID_FORMS) {
    const isMeant = form.of === 'link' || (form.of !== 'text' && isUnder(hostname, form.of));
    const found = isMeant && readForm(form, subject);
    if (found) return found.scheme === 'doi' ? withoutPage(found) : found;
  }
  return undefined;
}

function readForm({ scheme, form, write }: IdForm, text: string): Identifier | undefined {
  const match = form.exec(text);
  const id = match?.[1];
  if (id === undefined) return undefined;
  const version = match?.groups?.['version'];
  return tidyId(scheme, write?.(id) ?? id, version === undefined ? undefined : Number(version));
}

function tidyId(scheme: IdScheme, id: string, version?: number): Identifier {
  if (scheme === 'doi') {
    const { version: inDoi, ...doi } = tidyDoi(id);
    const number = version ?? inDoi;
    return { ...doi, ...(number !== undefined && { version: number }) };
  }
  return { scheme, id: SPELLING[scheme](id), ...(version !== undefined && { version }) };
}

/** arXiv's own DOIs say no more than the id, and differ from the journal's. */
function tidyDoi(raw: string): Identifier {
  const doi = dropUnopened(raw.toLowerCase().replace(/["\s].*$/, '')).replace(/[.,;:]+$/, '');
  const arxiv = /^10\.48550\/arxiv\.(.+?)(?:v(\d{1,3}))?$/.exec(doi);
  const [, id, version] = arxiv ?? [];
  if (id !== undefined) return tidyId('arxiv', id, version ? Number(version) : undefined);
  return { scheme: 'doi', ...splitVersion(doi) };
}

/** A bracket that was opened before the DOI is none of its. */
function dropUnopened(doi: string): string {
  const isOpened = doi.split('(').length >= doi.split(')').length;
  return isOpened ? doi : doi.replace(/\)[.,;:]*$/, '');
}

/** What publishers' sites put after a DOI to name a page of the article. */
const PAGES =
  /(\/[^/]+)(?:\/(?:abstract|full|fulltext|full-text|e?pdf|pdfdirect|meta|html|xml|summary|figures|references)|\.(?:full(?:-text|\.pdf)?|abstract|short|e?pdf|html))+\/?$/;

function withoutPage({ id, version }: Identifier): Identifier {
  const doi = tidyDoi(id.replace(PAGES, '$1').replace(/\/+$/, ''));
  return { ...doi, ...(version !== undefined && { version }) };
}

const SPELLING: Readonly<Record<Exclude<IdScheme, 'doi'>, (id: string) => string>> = {
  // The subject class of an old id says nothing: `math.GT/0309136`.
  arxiv: (id) => id.toLowerCase().replace(/^([a-z-]+)\.[a-z]{2}\//, '$1/'),
  pmid: (id) => id.replace(/^0+(?=\d)/, ''),
  pmcid: (id) => id.toUpperCase(),
  pii: (id) => id.toUpperCase().replace(/[^A-Z\d]/g, ''),
  eprint: (id) => id.replace(/\/0+(?=\d)/, '/'),
  hal: (id) => id.toLowerCase(),
  openreview: (id) => id,
  repec: (id) => id.toLowerCase(),
};

function isUnder(host: string, names: readonly string[]): boolean {
  return names.some((name) => host === name || host.endsWith(`.${name}`));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads the ids of an item from where they may stand: of each kind the first, in the order of
 * `IdEvidence`, and the version that is told of any of them.
 */
export function readIds(
  evidence: IdEvidence,
  isBare = false,
): { readonly ids: PaperIds; readonly version?: number } {
  const { explicit = [], guids = [], links = [], texts = [] } = evidence;
  const ids: { -readonly [scheme in IdScheme]?: string } = {};
  let version: number | undefined;
  const take = (found: Identifier | undefined) => {
    if (!found) return;
    ids[found.scheme] ??= found.id;
    if (ids[found.scheme] !== found.id) return;
    if (found.version !== undefined) version = Math.max(version ?? 0, found.version);
  };
  for (const text of [...explicit, ...guids, ...links]) take(readIdentifier(text, isBare));
  if (ids.doi === undefined && ids.arxiv === undefined) take(readLabelled(texts));
  // Elsevier's older DOIs are the PII itself.
  if (ids.doi?.startsWith('10.1016/s')) take(readIdentifier(ids.doi.slice('10.1016/'.length)));
  return { ids: inOrder(ids), ...(version !== undefined && { version }) };
}

function inOrder(ids: PaperIds): PaperIds {
  return Object.fromEntries(
    ID_SCHEMES.flatMap((scheme) => (ids[scheme] === undefined ? [] : [[scheme, ids[scheme]]])),
  );
}

const LONGEST_LINE = 200;
/** A line with such a word names the DOI of another paper. */
const OF_ANOTHER = /correct|errat|corrig|retract|concern|comment|original|companion|supplement/i;

/** The one DOI that a description names as the item's own, on a line by itself. */
function readLabelled(texts: readonly string[]): Identifier | undefined {
  const [first, ...others] = texts
    .flatMap((text) => text.split(/<\/?(?:p|div|br|li|td|tr|h\d)\b[^>]{0,300}>|\n/i))
    .map((line) => line.replace(/<[^>]{0,300}>/g, '').trim())
    .filter((line) => line.length <= LONGEST_LINE && /doi/i.test(line) && !OF_ANOTHER.test(line))
    .flatMap((line) => readIdentifier(line) ?? [])
    .filter(({ scheme }) => scheme === 'doi');
  return others.every(({ id }) => id === first?.id) ? first : undefined;
}
