/** What arXiv's lists are compared with, to know an old one under a new date. */
export const listedSchema: readonly string[] = [
  // What the feed listed last, see `ListedDay`.
  `alter table public.feed add column listed jsonb`,
  // When days were last caught up, so that a stale feed does not ask for them at each run.
  `alter table public.feed add column caught_up_at timestamptz`,
];
