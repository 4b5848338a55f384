/** Papers that readers keep for later. */
export const keptSchema: readonly string[] = [
  // `by_mail`: kept by the link of a digest, which whoever it was forwarded to may press.
  `create table public.kept (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    paper_id bigint not null references public.paper on delete cascade,
    kept_at timestamptz not null,
    by_mail boolean not null,
    unique (subscriber_id, paper_id)
  )`,
  `create index kept_newest on public.kept (subscriber_id, id desc)`,
  `create index kept_by_paper on public.kept (paper_id)`,
  // What a week brought is asked for by every front page that is made anew.
  `create index kept_by_age on public.kept (kept_at)`,
];
