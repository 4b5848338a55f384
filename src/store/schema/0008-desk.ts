/** Who runs the service: operators, their sessions and keys, what they pressed; an audit that only grows. */
export const deskSchema: readonly string[] = [
  `create table public.operator (
    id bigint generated always as identity primary key,
    name text not null unique,
    address text,
    password text not null,
    role text not null check (role in ('look', 'operate')),
    may_resend_all boolean not null default false,
    created_at timestamptz not null
  )`,
  // A token is kept as its hash only: who reads the table cannot use it.
  `create table public.session (
    id bigint generated always as identity primary key,
    operator_id bigint not null references public.operator on delete cascade,
    token_hash text not null unique,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
  )`,
  `create index session_by_operator on public.session (operator_id)`,
  `create table public.api_key (
    id bigint generated always as identity primary key,
    operator_id bigint not null references public.operator on delete cascade,
    name text not null unique,
    key_hash text not null unique,
    role text not null check (role in ('look', 'operate')),
    created_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz
  )`,
  `create index api_key_by_operator on public.api_key (operator_id)`,

  // One press of a button that resends: under its key it is done once, whoever presses again.
  `create table public.press (
    id bigint generated always as identity primary key,
    key text not null unique,
    actor text not null,
    reason text not null,
    scope jsonb not null,
    allows_copies boolean not null,
    as_of bigint not null,
    at timestamptz not null,
    ended_at timestamptz
  )`,
  `create index press_open on public.press (id) where ended_at is null`,
  // What a press is about, fixed when it was pressed, and what became of each.
  `create table public.press_item (
    press_id bigint not null references public.press on delete cascade,
    number int not null,
    delivery_id bigint references public.delivery on delete cascade,
    subscriber_id bigint references public.subscriber on delete cascade,
    state text,
    fate text,
    made_id bigint,
    primary key (press_id, number)
  )`,
  `create index press_item_open on public.press_item (press_id, number) where fate is null`,
  `create index press_item_by_delivery on public.press_item (delivery_id)`,
  `create index press_item_by_subscriber on public.press_item (subscriber_id)
    where subscriber_id is not null`,
  // A failed delivery that was opened again is given up so long after that; a second copy
  // says which message it refers to.
  `alter table public.delivery add column reopened_at timestamptz, add column refers_to text`,
  `create index delivery_by_cause on public.delivery (edition_id, state, cause)`,

  `create function public.refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'the table % only grows: % is refused', tg_table_name, tg_op; end $$`,
  `create trigger audit_only_grows before update or delete or truncate on public.audit
    for each statement execute function public.refuse_change()`,
  `create index audit_by_subject on public.audit (subject, id desc)`,
];
