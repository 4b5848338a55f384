/** What the papers of a group are about. */
export type GroupAbout =
  /** All of them, most or some have to do with these themes. */
  | { readonly code: 'all' | 'most' | 'some'; readonly themes: readonly string[] }
  /** They fit into no group of the day. */
  | { readonly code: 'others' }
  /** They are the whole day, which has no groups. */
  | { readonly code: 'day' };

/** The facts of a group in one sentence: a code with its values, put into words when it is shown. */
export interface OverviewFacts {
  readonly about: GroupAbout;
  readonly papers: number;
  /** The most typical title, shortened. */
  readonly title: string;
}

/** What a group's overview says; words where an older version froze them. */
export type Overview = string | OverviewFacts;
