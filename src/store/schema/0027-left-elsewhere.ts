/** Who left elsewhere, by which import that is known, and what an operator said of a file's states. */
export const leftElsewhereSchema: readonly string[] = [
  // A number of the series of import_file, whose row may be gone or never was.
  `alter table public.suppression add column import_id bigint`,
  `create index suppression_by_import on public.suppression (import_id)
    where import_id is not null`,
  // Older versions look for is_whole. They know no states, so they must not find a newer file.
  `alter table public.import_file
    add column is_complete boolean not null default false,
    add column reading jsonb`,
];
