/** How far a file from the desk was read into the subscribers, so that another process goes on there. */
export const importJobSchema: readonly string[] = [
  `alter table public.import_file
    add column begun_by text,
    add column rows_read int not null default 0`,
];
