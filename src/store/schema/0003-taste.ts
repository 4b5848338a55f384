/** What readers vote, and what was learned of them. */
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
];
