/** Addresses of readers for alerts, and the mails that came to them. */
export const alertsSchema: readonly string[] = [
  `create table public.alert_address (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    name text not null unique,
    made_at timestamptz not null,
    ended_at timestamptz,
    refused_at timestamptz,
    refusal text,
    own_at timestamptz
  )`,
  `create unique index alert_address_open on public.alert_address (subscriber_id)
    where ended_at is null`,
  `create index alert_address_by_subscriber on public.alert_address (subscriber_id)`,
  `create table public.alert_mail (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    source_key text not null unique,
    received_at timestamptz not null,
    mail_from text,
    client text,
    size integer not null,
    raw bytea,
    state text not null default 'waiting'
      check (state in ('waiting', 'asked', 'read', 'unread', 'confirmation', 'dropped')),
    is_vouched boolean not null default false,
    tries integer not null default 0,
    sender text,
    subject text,
    kind text,
    about text,
    papers integer not null default 0,
    others integer not null default 0,
    more integer not null default 0,
    reason text,
    confirmation jsonb,
    read_at timestamptz
  )`,
  `create index alert_mail_waiting on public.alert_mail (id) where state = 'waiting'`,
  `create index alert_mail_held on public.alert_mail (subscriber_id, size) where raw is not null`,
  `create index alert_mail_by_subscriber on public.alert_mail (subscriber_id, received_at desc)`,
  `create index alert_mail_by_age on public.alert_mail (received_at)`,
  `create index alert_mail_unread on public.alert_mail (id) where state = 'unread'`,
];
