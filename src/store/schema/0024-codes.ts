/** What an edition says of its groups is frozen as codes with values, and put into words when shown. */
export const codesSchema: readonly string[] = [
  // Either the words of an older version, or the facts that words are made of.
  `alter table public.edition_group
    add column facts jsonb,
    alter column overview drop not null,
    add check (num_nonnulls(overview, facts) = 1)`,
];
