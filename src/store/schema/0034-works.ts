/**
 * What sources say of papers that readers name by an id: known, and no news. A work is on no page but
 * its readers' own; a feed that brings the paper brings it as a paper, whatever stands here.
 */
export const worksSchema: readonly string[] = [
  `create table public.work (
    key text primary key,
    title text,
    abstract text,
    authors jsonb,
    tries int not null default 0,
    asked_at timestamptz,
    found_at timestamptz,
    next_at timestamptz
  )`,
  `create index work_due on public.work (next_at) where next_at is not null`,
  `create index work_asked on public.work (asked_at) where asked_at is not null`,
  `create index library_by_key on public.library (key)`,
  `insert into public.work (key, next_at)
    select distinct key, now() from public.library
    where paper_id is null and (title is null or abstract is null) and key ~ '^(arxiv|doi|pmid):'`,
];
