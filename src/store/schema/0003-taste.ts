/** What readers vote, the papers they have, and what was learned of both. */
export const tasteSchema: readonly string[] = [
  `create table public.vote (
    subscriber_id bigint not null references public.subscriber on delete cascade,
    paper_id bigint not null references public.paper on delete cascade,
    way text not null check (way in ('more', 'less')),
    at timestamptz not null,
    primary key (subscriber_id, paper_id)
  )`,
  `create index vote_by_paper on public.vote (paper_id)`,
  `create table public.taste (
    subscriber_id bigint primary key references public.subscriber on delete cascade,
    content jsonb not null,
    learned_at timestamptz not null
  )`,
  // Title and abstract are the reader's own; a paper that we know says more.
  `create table public.library (
    subscriber_id bigint not null references public.subscriber on delete cascade,
    key text not null,
    title text,
    abstract text,
    paper_id bigint references public.paper on delete set null,
    added_at timestamptz not null,
    unique (subscriber_id, key)
  )`,
  `create index library_by_paper on public.library (paper_id)`,
];
