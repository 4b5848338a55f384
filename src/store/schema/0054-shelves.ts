/** Collections of readers at Zotero into which their kept papers go, what became of each paper, and who is told of them. */
export const shelvesSchema: readonly string[] = [
  // A key that Zotero refused is forgotten: `sealed_key` is null then. `version` is the library's
  // before anything was written whose end is not recorded. `collection` is null where it was deleted
  // there; `is_made` once it is known to be there.
  `create table public.shelf (
    subscriber_id bigint primary key references public.subscriber on delete cascade,
    user_id bigint not null,
    user_name text not null,
    sealed_key text,
    collection text,
    is_made boolean not null default false,
    with_mail boolean not null,
    version bigint,
    added_at timestamptz not null,
    pushed_at timestamptz,
    next_at timestamptz,
    failures int not null default 0,
    problem text
  )`,
  `create index shelf_due on public.shelf (next_at) where next_at is not null`,
  // What went once does not go again, whatever becomes of the shelf, or of keeping the paper.
  `create table public.shelved (
    subscriber_id bigint not null references public.subscriber on delete cascade,
    user_id bigint not null,
    paper_id bigint not null references public.paper on delete cascade,
    item_key text not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'left', 'failed')),
    tries int not null default 0,
    reason text,
    at timestamptz not null,
    primary key (subscriber_id, user_id, paper_id)
  )`,
  `create index shelved_by_paper on public.shelved (paper_id)`,
  // Readers whose digest says once a week what they kept the week before.
  `create table public.kept_weekly (
    subscriber_id bigint primary key references public.subscriber on delete cascade
  )`,
];
