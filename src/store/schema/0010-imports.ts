/** Files of subscribers that operators look at before they press, for a day. */
export const importsSchema: readonly string[] = [
  `create table public.import_file (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor text not null,
    source text not null,
    unconfirmed text not null check (unconfirmed in ('refuse', 'ask', 'trust')),
    is_whole boolean not null default false,
    begun_at timestamptz,
    ended_at timestamptz,
    report jsonb
  )`,
  `create table public.import_piece (
    file_id bigint not null references public.import_file on delete cascade,
    position int not null,
    bytes bytea not null,
    primary key (file_id, position)
  )`,
];
