/** Readers who read together: who is in, what they said of which papers, and when they meet. */
export const circlesSchema: readonly string[] = [
  `create table public.circle (
    id bigint generated always as identity primary key,
    name text not null,
    opened_at timestamptz not null,
    by_operator boolean not null default false,
    empty_since timestamptz,
    closed_at timestamptz,
    closed_because text check (closed_because in ('owner', 'operator', 'empty'))
  )`,
  // Who left keeps their row: what they said stays theirs, and nobody else takes their name.
  // "set_aside_at": a restore cannot know whether they left since.
  `create table public.circle_member (
    id bigint generated always as identity primary key,
    circle_id bigint not null references public.circle on delete cascade,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    name text not null,
    name_key text not null,
    is_owner boolean not null default false,
    joined_at timestamptz not null,
    left_at timestamptz,
    is_out boolean not null default false,
    set_aside_at timestamptz,
    unique (circle_id, subscriber_id),
    unique (circle_id, name_key)
  )`,
  `create unique index circle_owner on public.circle_member (circle_id) where is_owner`,
  `create index circle_member_by_subscriber on public.circle_member (subscriber_id)`,
  `create table public.circle_invitation (
    id bigint generated always as identity primary key,
    circle_id bigint not null references public.circle on delete cascade,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    uses int not null default 0
  )`,
  `create index circle_invitation_by_circle on public.circle_invitation (circle_id)`,
  // A link for programs, one a member: a new one ends the one before.
  `create table public.circle_feed (
    id bigint generated always as identity primary key,
    member_id bigint not null unique references public.circle_member on delete cascade,
    made_at timestamptz not null
  )`,
  // As for items: "work" is the id that sources are asked for, "paper_id" what a feed brought.
  `create table public.circle_paper (
    id bigint generated always as identity primary key,
    circle_id bigint not null references public.circle on delete cascade,
    key text not null,
    keys text[] not null,
    work text,
    paper_id bigint references public.paper on delete set null,
    paper jsonb not null,
    first_at timestamptz not null,
    unique (circle_id, key)
  )`,
  `create index circle_paper_by_work on public.circle_paper (work) where work is not null`,
  `create index circle_paper_by_paper on public.circle_paper (paper_id) where paper_id is not null`,
  `create table public.circle_note (
    id bigint generated always as identity primary key,
    circle_paper_id bigint not null references public.circle_paper on delete cascade,
    member_id bigint not null references public.circle_member on delete cascade,
    text text not null check (length(text) <= 500),
    at timestamptz not null
  )`,
  `create index circle_note_by_paper on public.circle_note (circle_paper_id)`,
  `create index circle_note_by_member on public.circle_note (member_id, at desc)`,
  `create table public.circle_report (
    note_id bigint not null references public.circle_note on delete cascade,
    member_id bigint not null references public.circle_member on delete cascade,
    at timestamptz not null,
    primary key (note_id, member_id)
  )`,
  `create index circle_report_by_member on public.circle_report (member_id)`,
  `create table public.circle_mute (
    member_id bigint not null references public.circle_member on delete cascade,
    muted_id bigint not null references public.circle_member on delete cascade,
    at timestamptz not null,
    primary key (member_id, muted_id)
  )`,
  `create index circle_mute_of on public.circle_mute (muted_id)`,
  `create table public.circle_meeting (
    id bigint generated always as identity primary key,
    circle_id bigint not null references public.circle on delete cascade,
    circle_paper_id bigint not null references public.circle_paper on delete cascade,
    member_id bigint references public.circle_member on delete set null,
    starts_at timestamptz not null,
    zone text not null,
    place text not null default '',
    made_at timestamptz not null,
    sequence int not null default 0,
    cancelled_at timestamptz
  )`,
  `create index circle_meeting_by_circle on public.circle_meeting (circle_id, starts_at desc)`,
  `create index circle_meeting_by_paper on public.circle_meeting (circle_paper_id)`,
  `create index circle_meeting_by_member on public.circle_meeting (member_id)
    where member_id is not null`,
];
