/** A feed as it was sent, before anything is known of papers; the same for every format. */
export interface RawFeed {
  readonly title: string;
  /** The feed's own description of itself; arXiv puts the reason of a failure there. */
  readonly description: string;
  /** When the feed says that it was made, as it spells it. */
  readonly date: string;
  /** The page that the feed is of, as it spells it. */
  readonly link: string;
  /** Its language tag and the program that made it, where it tells. */
  readonly language: string;
  readonly generator: string;
  /** The `xml:base` of the whole. */
  readonly base?: string;
  /** How many entries a search has in all (OpenSearch), where it says so. */
  readonly total?: number;
  readonly entries: readonly RawEntry[];
  /** Pieces of the text that are no entry, each with the reason. */
  readonly broken: readonly string[];
  /** False where the text ends before the feed does. */
  readonly isWhole: boolean;
}

export interface RawEntry {
  /** Texts by element name as in the XML (`title`, `dc:creator`); entities decoded once, tags kept. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly links: readonly RawLink[];
  /** The `xml:base` of the entry itself. */
  readonly base?: string;
  readonly persons: readonly RawPerson[];
  readonly terms: readonly string[];
}

export interface RawLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly base?: string;
}

export interface RawPerson {
  readonly name: string;
  readonly affiliations: readonly string[];
}

/** The first text that is not blank, in the order of the names; empty where there is none. */
export function textOf(entry: RawEntry, ...names: string[]): string {
  for (const name of names) {
    const text = textsOf(entry, name)[0];
    if (text) return text;
  }
  return '';
}

/** All texts of one element that are not blank, trimmed. */
export function textsOf(entry: RawEntry, name: string): string[] {
  return (entry.texts.get(name) ?? []).map((text) => text.trim()).filter(Boolean);
}

/** What to call an entry in a report. */
export function nameOf(entry: RawEntry): string {
  const name = textOf(entry, 'title', 'dc:title', 'guid', 'id', 'link');
  return name ? name.slice(0, 120) : '(an item without title or id)';
}
