/** What readers do on the web under a session: vote, propose papers, and report what others proposed. */
export const proposalsSchema: readonly string[] = [
  `alter table public.mailed_link drop constraint mailed_link_purpose_check`,
  `alter table public.mailed_link add constraint mailed_link_purpose_check
    check (purpose in ('private', 'address', 'session'))`,
  // Where whoever asked for a session wants to go on. A request is of the kind "link" all the same:
  // a worker of an older version answers it with the link to the preferences.
  `alter table public.mailed_link add column next text`,
  `alter table public.request add column next text`,
  `create table public.reader_session (
    id bigint generated always as identity primary key,
    subscription_id bigint not null references public.subscription on delete cascade,
    token_hash text not null unique,
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index reader_session_by_subscription on public.reader_session (subscription_id)`,
  `create index reader_session_expired on public.reader_session (expires_at)`,
  `create table public.proposal (
    id bigint generated always as identity primary key,
    key text not null,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    named text,
    state text not null check (state in ('asked', 'refused', 'shown', 'taken', 'down')),
    reason text,
    paper jsonb,
    paper_id bigint references public.paper on delete set null,
    proposed_at timestamptz not null,
    decided_at timestamptz,
    next_at timestamptz
  )`,
  // Also what was taken down: it does not come back by being proposed again.
  `create unique index proposal_once on public.proposal (key) where state <> 'refused'`,
  `create index proposal_by_subscriber on public.proposal (subscriber_id, proposed_at desc)`,
  `create index proposal_by_paper on public.proposal (paper_id) where paper_id is not null`,
  `create index proposal_due on public.proposal (next_at) where next_at is not null`,
  `create table public.proposal_vote (
    proposal_id bigint not null references public.proposal on delete cascade,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    at timestamptz not null,
    primary key (proposal_id, subscriber_id)
  )`,
  `create index proposal_vote_by_subscriber on public.proposal_vote (subscriber_id)`,
  `create table public.proposal_report (
    proposal_id bigint not null references public.proposal on delete cascade,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    at timestamptz not null,
    primary key (proposal_id, subscriber_id)
  )`,
  `create index proposal_report_by_subscriber on public.proposal_report (subscriber_id)`,
  // Readers who may read, and act towards nobody else.
  `create table public.stopped_reader (
    subscriber_id bigint primary key references public.subscriber on delete cascade,
    reason text not null,
    actor text not null,
    at timestamptz not null
  )`,
  // What a week brought is asked for by every front page that is made anew.
  `create index vote_newest on public.vote (at)`,
  `create index library_newest on public.library (added_at) where paper_id is not null`,
];
