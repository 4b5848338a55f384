/** Libraries elsewhere that readers have us read, and what of their own library came from there. */
export const followedSchema: readonly string[] = [
  `create table public.followed_library (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    place text not null,
    sealed_key text,
    version bigint,
    added_at timestamptz not null,
    read_at timestamptz,
    asked_at timestamptz,
    next_at timestamptz,
    failures integer not null default 0,
    problem text,
    left_out integer not null default 0,
    unique (subscriber_id, place)
  )`,
  `create index followed_library_due on public.followed_library (next_at)`,
  // What is pasted belongs to no library elsewhere, even where it is in one.
  `alter table public.library
    add column followed_id bigint references public.followed_library on delete set null,
    add column item text`,
  `create index library_by_followed on public.library (followed_id, item)
    where followed_id is not null`,
];
