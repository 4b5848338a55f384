/** One entry of a BibTeX file with its fields by name, in lower case, as they were written. */
export interface BibtexEntry {
  readonly type: string;
  readonly fields: ReadonlyMap<string, string>;
}

const MOST_FIELDS = 200;
const OPEN_END = 'The braces or quotes of this entry do not close.';

/** Names of journals and places fit; what is put in makes no value longer than twice that. */
const LONGEST_ABBREVIATED = 200;
const MOST_ABBREVIATIONS = 2_000;

/**
 * Reads the entry that a text begins with, and how long it is. Where it is broken: the
 * problem in a sentence, with the whole text as its length. Undefined for comments,
 * preambles and abbreviations; the last are added to `abbreviations`. Grammar: "BibTeXing"
 * (Patashnik, 1988), but that an unknown abbreviation's name stands for itself.
 */
export function parseBibtex(
  text: string,
  abbreviations: Map<string, string> = new Map(),
): {
  bibtex: BibtexEntry | { readonly problem: string } | undefined;
  length: number;
} {
  const head = /^\s*@([a-z]+)\s*([{(])/i.exec(text);
  const type = head?.[1]?.toLowerCase() ?? '';
  const reader = new Reader(text, head?.[0].length ?? 0, abbreviations);
  const close = head?.[2] === '(' ? ')' : '}';
  const isSkipped = type === 'comment' || type === 'preamble';
  const end = findEnd(text, reader.at, close);
  if (end === undefined) return { bibtex: { problem: OPEN_END }, length: text.length };
  if (isSkipped) return { bibtex: undefined, length: end + 1 };
  reader.end = end;
  if (type === 'string') {
    const field = reader.readField();
    if (field && abbreviations.size < MOST_ABBREVIATIONS) {
      abbreviations.set(field.name, field.value.slice(0, LONGEST_ABBREVIATED));
    }
    return { bibtex: undefined, length: end + 1 };
  }
  reader.skipKey();
  const fields = new Map<string, string>();
  while (fields.size < MOST_FIELDS) {
    const field = reader.readField();
    if (field === undefined) break;
    if (!fields.has(field.name)) fields.set(field.name, field.value);
  }
  return { bibtex: { type, fields }, length: end + 1 };
}

/** The place of the mark that closes what was opened before `from`. Braces count, whatever stands around them. */
function findEnd(text: string, from: number, close: string): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === close && depth === 0) return at;
    if (mark === '{') depth += 1;
    if (mark === '}') depth -= 1;
    if (depth < 0) return undefined;
  }
  return undefined;
}

/** Goes through an entry once, from its first mark to its end. */
class Reader {
  readonly #text: string;
  readonly #abbreviations: ReadonlyMap<string, string>;
  at: number;
  end = 0;

  constructor(text: string, at: number, abbreviations: ReadonlyMap<string, string>) {
    this.#text = text;
    this.#abbreviations = abbreviations;
    this.at = at;
  }

  /** The key of the citation, which says nothing to us; some exports leave it out. */
  skipKey(): void {
    const key = this.#match(/[^,={}"]*,/y);
    if (key === undefined) this.#match(/\s*/y);
  }

  /** The next `name = value`; undefined where none is left. What stands between two is passed over. */
  readField(): { name: string; value: string } | undefined {
    while (this.at < this.end) {
      this.#match(/[\s,]+/y);
      const name = this.#match(/[^\s,={}"#]+/y);
      this.#match(/\s*/y);
      if (name !== undefined && this.#match(/=/y)) {
        return { name: name.toLowerCase(), value: this.#readValue() };
      }
      if (name === undefined) this.at += 1;
    }
    return undefined;
  }

  /** A value of parts put together by `#`. */
  #readValue(): string {
    let value = '';
    do {
      this.#match(/\s*/y);
      value += this.#readPart(value.length < LONGEST_ABBREVIATED);
      this.#match(/\s*/y);
    } while (this.#match(/#/y));
    return value.trim();
  }

  #readPart(isPutIn: boolean): string {
    const opening = this.#text[this.at];
    if (opening !== '{' && opening !== '"') {
      const name = this.#match(/[^\s,#{}"]+/y) ?? '';
      return (isPutIn && this.#abbreviations.get(name.toLowerCase())) || name;
    }
    const from = this.at + 1;
    const close = opening === '{' ? '}' : '"';
    const found = findEnd(this.#text.slice(0, this.end), from, close) ?? this.end;
    this.at = found + 1;
    return this.#text.slice(from, found);
  }

  /** What a sticky pattern finds here, before the end. */
  #match(pattern: RegExp): string | undefined {
    if (this.at >= this.end) return undefined;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.at = Math.min(this.end, this.at + found.length);
    return found;
  }
}
