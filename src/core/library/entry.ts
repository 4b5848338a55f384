import { type PaperIds, readIds } from '../paper/identifier.ts';
import { paperKeys } from '../paper/paper.ts';
import { cleanAbstract, cleanTitle } from '../text/text.ts';

/** A paper that a reader has. */
export interface LibraryEntry {
  /** Its strongest key, see `paperKeys`. */
  readonly key: string;
  /** Cleaned; null where only an id was given. */
  readonly title: string | null;
  readonly abstract: string | null;
  /** All that it has, of which `key` says the strongest. */
  readonly ids?: PaperIds;
}

/** An entry of a file as its format spells it: what stands under each name, in its order. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** What names a format has for what is read; of several the first that says something counts. */
export interface Naming {
  readonly title: readonly string[];
  readonly subtitle?: string;
  readonly abstract: readonly string[];
  /** What is there for ids, the strongest first, each with what has to stand before its value. */
  readonly ids: Readonly<Record<string, string>>;
  readonly links: readonly string[];
  /** Where an arXiv id may stand among other words. */
  readonly notes: readonly string[];
  /** Where ids stand a line each under their own names, among other lines. */
  readonly labelled?: readonly string[];
}

/** No id or link is longer. */
const LONGEST_ID = 500;
/** Of one name no more values are looked at, and no more lines of a note. */
const MOST_VALUES = 20;
const MOST_LINES = 100;

/** Reads an entry; the problem in a sentence where nothing says which paper it is. */
export function readEntry(
  values: Values,
  naming: Naming,
): LibraryEntry | { readonly problem: string } {
  const title = readTitle(values, naming);
  const abstract = firstOf(values, naming.abstract, cleanAbstract);
  const { ids } = readIds(gatherIds(values, naming));
  if (title === '' && Object.keys(ids).length === 0) {
    return { problem: 'This entry has no title and no id.' };
  }
  return { key: keyOf(ids, title), title: title || null, abstract: abstract || null, ids };
}

/** The strongest key of a paper with these ids and this title. */
export function keyOf(ids: PaperIds, title: string): string {
  return paperKeys({ ids, title })[0] ?? '';
}

/** What exports write where they have nothing. */
const NOTHING = /^[[(]?(?:n\.?\/?a\.?|null|none|no (?:title|abstract) available)[\])]?\.?$/i;

function firstOf(
  values: Values,
  names: readonly string[],
  clean: (text: string) => string,
): string {
  for (const name of names) {
    for (const value of valuesAt(values, name)) {
      const text = clean(value);
      if (text !== '' && !NOTHING.test(text)) return text;
    }
  }
  return '';
}

function valuesAt(values: Values, name: string): readonly string[] {
  return values.get(name)?.slice(0, MOST_VALUES) ?? [];
}

function readTitle(values: Values, naming: Naming): string {
  const title = firstOf(values, naming.title, cleanTitle);
  const subtitle = naming.subtitle && firstOf(values, [naming.subtitle], cleanTitle);
  return title && subtitle ? cleanTitle(`${title}: ${subtitle}`) : title;
}

function gatherIds(values: Values, { ids, links, notes, labelled = [] }: Naming) {
  const all = (names: readonly string[]) => names.flatMap((name) => valuesAt(values, name));
  const explicit = Object.entries(ids).flatMap(([name, before]) =>
    all([name]).map((value) => before + tidyId(value)),
  );
  const lines = all(labelled)
    .flatMap((text) => text.split('\n', MOST_LINES))
    .filter((line) => LABEL.test(line))
    .map((line) => line.slice(0, LONGEST_ID));
  return {
    explicit: [...explicit, ...lines],
    guids: all(notes).flatMap(arxivOfNote),
    links: all(links).map((link) => link.trim()),
  };
}

/** Citavi leaves a sentence behind the id, PubMed what kind of id it is. */
function tidyId(value: string): string {
  const text = value
    .trim()
    .slice(0, LONGEST_ID)
    .replace(/\s+\[[a-z]+\]$/i, '');
  return /^(?:(?:doi:?\s*)?10\.\S+|https?:\/\/\S+)/i.exec(text)?.[0] ?? text;
}

const LABEL = /^\s*(?:doi|pmid|pmcid|arxiv)\s*:/i;

/** How an arXiv id begins a note; further on it may be another paper's. */
const NOTE =
  /^\s*(?:cite\s+)?(?:(?:arxiv|corr)[\s,]*(?:e-?prints?|preprints?)?[\s,:]*)?(?:arxiv:\s*|abs\/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?!\d)/i;

function arxivOfNote(note: string): string[] {
  const id = NOTE.exec(note.slice(0, LONGEST_ID))?.[1];
  return id === undefined ? [] : [`arxiv:${id}`];
}
