/** Works that readers say are theirs, and the papers that sources say cite them. */
export const citationsSchema: readonly string[] = [
  // A work under all its ids, the same for all readers who name it. What sources say of it is filled
  // in as they are asked.
  `create table public.cited_work (
    id bigint generated always as identity primary key,
    keys text[] not null,
    ids jsonb not null,
    title text,
    authors jsonb not null default '[]',
    published_at timestamptz,
    made_at timestamptz not null,
    retracted_at timestamptz,
    retracted_by text
  )`,
  `create index cited_work_by_key on public.cited_work using gin (keys)`,

  // `begun_at`: from then on its reader is told of new ones; what cited it before was only
  // counted, but for the newest few.
  `create table public.own_work (
    subscriber_id bigint not null references public.subscriber on delete cascade,
    cited_id bigint not null references public.cited_work on delete cascade,
    named_at timestamptz not null,
    begun_at timestamptz,
    primary key (subscriber_id, cited_id)
  )`,
  `create index own_work_by_work on public.own_work (cited_id)`,
  `alter table public.subscriber add column tells_own_citations boolean not null default false`,

  // A paper that cites a work. It stays when a source says it no more: what was seen is compared.
  `create table public.citation (
    id bigint generated always as identity primary key,
    cited_id bigint not null references public.cited_work on delete cascade,
    keys text[] not null,
    paper jsonb not null,
    is_own boolean not null,
    source text not null,
    seen_at timestamptz not null
  )`,
  `create index citation_of on public.citation (cited_id)`,

  // A work's turn at one source. `begun_at`: its first whole answer, which is no news.
  `create table public.citation_turn (
    cited_id bigint not null references public.cited_work on delete cascade,
    source text not null,
    next_at timestamptz not null,
    tries int not null default 0,
    asked_at timestamptz,
    begun_at timestamptz,
    is_known boolean,
    total int,
    problem text,
    primary key (cited_id, source)
  )`,
  `create index citation_turn_due on public.citation_turn (source, next_at)`,
  `create table public.citation_source (
    source text primary key,
    failures int not null default 0,
    rests_until timestamptz,
    problem text,
    failed_since timestamptz,
    answered_at timestamptz,
    brought_at timestamptz
  )`,
  `create table public.citation_use (
    source text not null,
    hour timestamptz not null,
    requests int not null,
    primary key (source, hour)
  )`,
];
