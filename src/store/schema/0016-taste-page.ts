/**
 * A taste in words, said when it is learned, so that a page need not learn it again. Of the
 * instant that it was learned at: a process of an older version writes the one without the other.
 */
export const tastePageSchema: readonly string[] = [
  `alter table public.taste
    add column words jsonb,
    add column described_at timestamptz`,
];
