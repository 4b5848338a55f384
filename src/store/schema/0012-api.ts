/** What was asked of the API under a key, for a day, so that it is done once. */
export const apiSchema: readonly string[] = [
  `create table public.once (
    operator_id bigint not null references public.operator on delete cascade,
    key_hash text not null,
    fingerprint text not null,
    holder text not null,
    held_until timestamptz not null,
    at timestamptz not null,
    status int,
    location text,
    body text,
    primary key (operator_id, key_hash)
  )`,
  `create index once_by_age on public.once (at)`,
];
