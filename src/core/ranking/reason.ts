/** A follower's view of one author of a paper. */
export interface NamedAuthor {
  /** As the reader wrote the name. */
  readonly followed: string;
  /** As the paper prints it. */
  readonly printed: string;
  /** False where only an initial or a family name says that it is the same person. */
  readonly isSure: boolean;
}

/** One thing that counted for a paper: a code with its values, put into words when it is shown. */
export type ReasonPart =
  /** Words, phrases or categories that the reader follows. */
  | { readonly code: 'topics'; readonly names: readonly string[] }
  /** Topics that it does not name, but whose words it uses. */
  | { readonly code: 'near'; readonly names: readonly string[] }
  /** A ready-made field, by its id. */
  | { readonly code: 'field'; readonly id: string }
  /** So many papers of the reader's library are like it. */
  | { readonly code: 'library'; readonly papers: number }
  /** It is like papers that they asked for more of, and most like the one of this title. */
  | { readonly code: 'more'; readonly like?: string }
  | { readonly code: 'authors'; readonly authors: readonly NamedAuthor[] }
  /** Many like it, beside what the reader asked for. */
  | { readonly code: 'popular' }
  /** It leads the day by its votes on Hugging Face. */
  | { readonly code: 'upvotes'; readonly votes: number }
  /** It leads the day by the votes of so many readers here. */
  | { readonly code: 'readers'; readonly votes: number }
  /** It leads the day by its votes, both kinds in one sum: an older version froze it. */
  | { readonly code: 'votes'; readonly votes: number }
  /** It is the first of its group. */
  | { readonly code: 'leads' }
  /** It is one of the next of its group. */
  | { readonly code: 'group' };

/** Why a paper was chosen, what counted most first; words where an older version froze them. */
export type Reason = string | readonly ReasonPart[];
