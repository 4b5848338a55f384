/** What texts are and how they were read. Older processes write none of it. */
export const textsSchema: readonly string[] = [
  // The items of a feed's newest answer, each as it was read; and the kinds that are not wanted of it.
  `alter table public.feed add column listing jsonb, add column leaves_out jsonb not null default '[]'`,
  `alter table public.paper add column kind text not null default 'paper'`,
  // What a later correction or retraction said of a paper: which of the two, when it was seen, in
  // which words and where. A retraction takes the place of a correction.
  `alter table public.paper
    add column amended_kind text check (amended_kind in ('correction', 'retraction')),
    add column amended_at timestamptz,
    add column amended_title text,
    add column amended_link text`,
  `create index paper_amended on public.paper (amended_at) where amended_at is not null`,
];
