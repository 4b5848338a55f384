/** Authors whose works readers may take for theirs, once they have seen them. */
export const askedAuthorsSchema: readonly string[] = [
  // `next_at` is when to ask; null once there is an answer, which stands until its reader has decided.
  `create table public.asked_author (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    author text not null,
    asked_at timestamptz not null,
    next_at timestamptz,
    tries int not null default 0,
    name text,
    works jsonb,
    total int,
    unique (subscriber_id, author)
  )`,
  `create index asked_author_due on public.asked_author (next_at) where next_at is not null`,
];
