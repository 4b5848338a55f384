import type { PaperIds } from '../paper/identifier.ts';

/** An author as a source is asked for: `orcid:0000-0002-1825-0097` or `openalex:A5023888391`. */
export type AuthorId = `${'orcid' | 'openalex'}:${string}`;

/** A work that a source says is an author's. */
export interface AuthorWork {
  readonly ids: PaperIds;
  readonly title: string;
  readonly year?: number;
}

/** An author with their newest works. */
export interface FoundAuthor {
  /** As the source prints it; empty where it knows no works. */
  readonly name: string;
  readonly works: readonly AuthorWork[];
  /** How many works it counts. */
  readonly total: number;
}

/** Of one author; more is for whoever pastes them. */
export const MOST_AUTHOR_WORKS = 300;

/** What a line says: an author, what is wrong with one, or neither. */
export type ReadAuthor = { readonly author: AuthorId } | { readonly problem: string };

const ORCID =
  /^(?:(?:https?:\/\/)?(?:www\.)?orcid\.org\/|orcid\s*:?\s*(?:id\s*)?)?(\d{4}-?\d{4}-?\d{4}-?\d{3}[\dx])\/?$/i;
const OPENALEX =
  /^(?:(?:https?:\/\/)?(?:api\.)?openalex\.org\/(?:authors\/|people\/)?)?(A\d{6,12})\/?$/i;

/** Reads an ORCID iD or an OpenAlex author out of a line that is one, or a link to it; undefined where it is neither. */
export function readAuthor(line: string): ReadAuthor | undefined {
  const text = line.trim();
  const orcid = ORCID.exec(text)?.[1]?.replaceAll('-', '').toUpperCase();
  if (orcid !== undefined) {
    if (!isWhole(orcid)) return { problem: WRONG_ORCID };
    return { author: `orcid:${orcid.replace(/(.{4})(?=.)/g, '$1-')}` };
  }
  const number = OPENALEX.exec(text)?.[1]?.toUpperCase();
  return number === undefined ? undefined : { author: `openalex:${number}` };
}

const WRONG_ORCID =
  'This looks like an ORCID iD, but its last character does not fit the others: one was mistyped. It looks like 0000-0002-1825-0097.';

/** Whether the last character is the check of those before. Source: ISO/IEC 7064, MOD 11-2. */
function isWhole(orcid: string): boolean {
  const total = [...orcid.slice(0, -1)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const check = (12 - (total % 11)) % 11;
  return orcid.at(-1) === (check === 10 ? 'X' : String(check));
}
