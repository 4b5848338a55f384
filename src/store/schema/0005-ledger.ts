/** The ledger's own: pauses, what attempts say, suppressions that wait for a person, alarms. */
export const ledgerSchema: readonly string[] = [
  // What an operator or the breaker stopped, and when it went on: one open row a scope.
  `create table public.pause (
    id bigint generated always as identity primary key,
    scope text not null check (scope in ('all', 'notices', 'edition')),
    edition_id bigint references public.edition on delete cascade,
    cancels boolean not null default false,
    actor text not null,
    reason text not null,
    at timestamptz not null,
    ended_at timestamptz,
    ended_by text,
    check ((scope = 'edition') = (edition_id is not null))
  )`,
  `create unique index pause_open on public.pause (scope, coalesce(edition_id, 0))
    where ended_at is null`,

  `alter table public.attempt add column edition_id bigint, add column verdict text,
    add column stops boolean not null default false`,
  `create index attempt_recent on public.attempt (edition_id, ended_at, verdict)`,
  `create index attempt_by_time on public.attempt (ended_at)`,

  // When a message whose first try may have arrived was tried once more: it never fails quietly.
  `alter table public.delivery add column doubted_at timestamptz`,
  `create index delivery_in_doubt on public.delivery (id) where state = 'in_doubt'`,
  `create index delivery_by_age on public.delivery (composed_at)`,
  `create index delivery_by_edition on public.delivery (edition_id, address_hash)`,
  `create index delivery_by_acceptance on public.delivery (accepted_at) where accepted_at is not null`,
  `create index outcome_by_delivery on public.outcome (delivery_id) where delivery_id is not null`,

  // Refused addresses of a time in which so many were refused that the server is in question.
  `create table public.held_suppression (
    address_hash text primary key,
    edition_id bigint references public.edition on delete set null,
    delivery_id bigint references public.delivery on delete set null,
    note text,
    at timestamptz not null
  )`,
  `alter table public.suppression add column delivery_id bigint`,

  `alter table public.sender add column relay text, add column canary_at timestamptz`,
  `alter table public.round add column settled_at timestamptz`,
  `create index round_unsettled on public.round (id) where settled_at is null`,

  // What the checks of the ledger found; open as long as the finding lasts.
  `create table public.alarm (
    id bigint generated always as identity primary key,
    name text not null,
    subject text not null,
    detail text not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    ended_at timestamptz
  )`,
  `create unique index alarm_open on public.alarm (name, subject) where ended_at is null`,
];
