/** What a source tells of a paper beside its texts, for the paper's own page. */
export const toldSchema: readonly string[] = [
  `alter table public.paper add column keywords jsonb`,
  `alter table public.paper add column code text`,
];
