/**
 * The first schema. Every table is in `public` and every statement says so, since
 * BullMQ's own tables live beside ours on the embedded database.
 */
export const firstSchema: readonly string[] = [
  `create table public.setting (
    name text primary key,
    value jsonb not null
  )`,

  `create table public.feed (
    id bigint generated always as identity primary key,
    name text not null unique,
    kind text not null,
    address text not null,
    etag text,
    last_modified text,
    cursor text,
    cursor_at timestamptz,
    read_until timestamptz,
    is_behind boolean not null default false,
    next_fetch_at timestamptz not null,
    last_answer_at timestamptz,
    failures int not null default 0,
    last_error text,
    created_at timestamptz not null,
    unique (kind, address)
  )`,
  // One row a host: who speaks to it, and when the next request may go out, over all processes.
  `create table public.host_turn (
    host text primary key,
    holder uuid not null,
    held_until timestamptz not null,
    next_at timestamptz not null
  )`,
  // Undated items that were in a feed before it was watched: nothing else tells them from new ones.
  `create table public.feed_passed (
    feed_id bigint not null references public.feed on delete cascade,
    key text not null,
    primary key (feed_id, key)
  )`,
  `create table public.feed_run (
    id bigint generated always as identity primary key,
    feed_id bigint not null references public.feed on delete cascade,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    status text not null check (status in ('fetched', 'unchanged', 'failed')),
    is_complete boolean not null default true,
    is_catch_up boolean not null default false,
    batch_date date,
    fetched int not null default 0,
    kept int not null default 0,
    merged int not null default 0,
    known int not null default 0,
    replaced int not null default 0,
    refused int not null default 0,
    refusals jsonb not null default '[]',
    error text
  )`,
  `create index feed_run_by_feed on public.feed_run (feed_id, started_at desc)`,

  `create table public.edition (
    id bigint generated always as identity primary key,
    name text unique,
    date date,
    state text not null check (state in ('draft', 'cut', 'held', 'released', 'closed')),
    is_sample boolean not null default false,
    opened_at timestamptz not null,
    cut_due_at timestamptz,
    cut_at timestamptz,
    released_at timestamptz,
    closed_at timestamptz,
    check ((state = 'draft') = (cut_at is null)),
    check ((state = 'draft') or (name is not null and date is not null))
  )`,
  `create unique index edition_one_draft on public.edition ((true)) where state = 'draft'`,
  `create index edition_by_cut on public.edition (cut_at desc)`,

  `create table public.paper (
    id bigint generated always as identity primary key,
    title text not null,
    abstract text not null,
    authors jsonb not null,
    categories jsonb not null,
    ids jsonb not null,
    link text,
    published_at timestamptz,
    upvotes int,
    is_sample boolean not null default false,
    first_seen_at timestamptz not null,
    edition_id bigint not null references public.edition
  )`,
  `create index paper_by_edition on public.paper (edition_id)`,
  // A title may belong to two different papers; every other key belongs to one.
  `create table public.paper_key (
    key text not null,
    paper_id bigint not null references public.paper on delete cascade,
    primary key (key, paper_id)
  )`,
  `create index paper_key_by_paper on public.paper_key (paper_id)`,
  `create unique index paper_key_of_one on public.paper_key (key) where key not like 'title:%'`,
  `create table public.paper_feed (
    paper_id bigint not null references public.paper on delete cascade,
    feed_id bigint not null references public.feed on delete cascade,
    announcement text,
    first_seen_at timestamptz not null,
    primary key (paper_id, feed_id)
  )`,
  `create index paper_feed_by_feed on public.paper_feed (feed_id)`,

  // What an edition shows is stored with it, so that a digest of it never changes.
  `create table public.edition_group (
    edition_id bigint not null references public.edition on delete cascade,
    number int not null,
    label text not null,
    overview text not null,
    primary key (edition_id, number)
  )`,
  `create table public.edition_paper (
    edition_id bigint not null references public.edition on delete cascade,
    paper_id bigint not null references public.paper on delete cascade,
    position int not null,
    group_number int,
    same_as bigint,
    title text not null,
    authors jsonb not null,
    link text,
    summary text not null,
    primary key (edition_id, paper_id),
    foreign key (edition_id, group_number) references public.edition_group
  )`,

  `create table public.subscriber (
    id bigint generated always as identity primary key,
    address text not null,
    address_key text not null unique,
    is_sample boolean not null default false,
    created_at timestamptz not null
  )`,
  `create table public.subscription (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null unique references public.subscriber on delete cascade,
    state text not null check (state in ('pending', 'active', 'ended')),
    profile jsonb not null,
    papers_per_digest int not null,
    days int[] not null,
    minute_of_day int not null check (minute_of_day between 0 and 1439 and minute_of_day % 15 = 0),
    zone text not null,
    next_due_at timestamptz,
    next_due_date date,
    paused_until timestamptz,
    confirmed_at timestamptz,
    ended_at timestamptz,
    end_reason text,
    created_at timestamptz not null
  )`,
  `create index subscription_due on public.subscription (next_due_at) where state = 'active'`,
  `create table public.suppression (
    address_hash text primary key,
    reason text not null,
    note text,
    at timestamptz not null
  )`,

  `create table public.round (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    opened_at timestamptz not null,
    candidates int not null default 0,
    deliveries int,
    exclusions int,
    frozen_at timestamptz,
    check (frozen_at is null or candidates = deliveries + exclusions)
  )`,
  `create index round_open on public.round (id) where frozen_at is null`,

  // The sending processes: a lease kept by a heartbeat, on the database's clock.
  `create table public.sender (
    id bigint generated always as identity primary key,
    host text not null,
    pid int not null,
    started_at timestamptz not null default clock_timestamp(),
    lease_until timestamptz not null
  )`,
  `create table public.rendering (
    hash text primary key,
    content jsonb not null,
    created_at timestamptz not null
  )`,
  `create table public.delivery (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('digest', 'notice')),
    notice text,
    notice_key text unique,
    edition_id bigint references public.edition,
    subscriber_id bigint references public.subscriber on delete set null,
    resend int not null default 0,
    round_id bigint references public.round,
    address text,
    address_hash text not null,
    message_id text not null unique,
    covers bigint[] not null default '{}',
    state text not null check (state in ('ready', 'sending', 'deferred', 'accepted', 'failed', 'in_doubt')),
    cause text check (cause in ('permanent', 'expired', 'cancelled', 'suppressed')),
    next_at timestamptz,
    attempts int not null default 0,
    sender_id bigint references public.sender,
    fence int not null default 0,
    in_flight_at timestamptz,
    composed_at timestamptz not null,
    accepted_at timestamptz,
    ended_at timestamptz,
    last_reply text,
    unique (edition_id, subscriber_id, resend),
    check ((kind = 'notice') = (notice is not null)),
    check ((state = 'failed') = (cause is not null))
  )`,
  `create index delivery_open on public.delivery (next_at, id) where state in ('ready', 'deferred')`,
  `create index delivery_sending on public.delivery (sender_id) where state = 'sending'`,
  `create index delivery_by_subscriber on public.delivery (subscriber_id, composed_at desc)`,
  `create index delivery_by_round on public.delivery (round_id)`,
  `create table public.digest (
    delivery_id bigint primary key references public.delivery on delete cascade,
    content jsonb not null,
    rendering text not null references public.rendering,
    date timestamptz not null,
    seed text not null,
    key_id text not null
  )`,
  `create table public.attempt (
    id bigint generated always as identity primary key,
    delivery_id bigint not null references public.delivery on delete cascade,
    sender_id bigint not null,
    fence int not null,
    relay text not null,
    started_at timestamptz not null,
    body_started_at timestamptz,
    ended_at timestamptz not null,
    outcome text not null,
    code int,
    enhanced_code text,
    reply text
  )`,
  `create index attempt_by_delivery on public.attempt (delivery_id)`,

  // Exactly one row for every local date on which a subscription fell due.
  `create table public.outcome (
    subscription_id bigint not null references public.subscription on delete cascade,
    local_date date not null,
    due_at timestamptz not null,
    round_id bigint not null references public.round,
    delivery_id bigint references public.delivery,
    exclusion text,
    primary key (subscription_id, local_date),
    check (num_nonnulls(delivery_id, exclusion) <= 1)
  )`,
  `create index outcome_pending on public.outcome (round_id) where delivery_id is null and exclusion is null`,

  `create table public.audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail jsonb not null default '{}'
  )`,
];
