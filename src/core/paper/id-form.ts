/** What kinds of ids there are, the strongest first: the order in which they decide. */
export const ID_SCHEMES = [
  'arxiv',
  'doi',
  'pmid',
  'pmcid',
  'pii',
  'eprint',
  'hal',
  'openreview',
  'repec',
] as const;
export type IdScheme = (typeof ID_SCHEMES)[number];

/** One way of writing an id, where it was seen, and what of it is the id. */
export interface IdForm {
  readonly scheme: IdScheme;
  /**
   * `text`: it is no link. `link`: any link. Else the hosts whose links are meant, with all
   * below them. The form of a link is tried on its path and query, decoded.
   */
  readonly of: 'text' | 'link' | readonly string[];
  /** Its first group is the id, `version` the version. */
  readonly form: RegExp;
  /** What to put around the group; the group itself by default. */
  readonly write?: (id: string) => string;
  /** Only where ids alone are expected: in other places it may be anything. */
  readonly isBare?: boolean;
  readonly seen: string;
}

/** A form out of its parts; ids are read without regard to case. */
export function formOf(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join(''), 'i');
}
