/** Whom else events are told, in which batches, what came of each try; and how far events are known. */
export const webhooksSchema: readonly string[] = [
  // What no table tells that only grows.
  `create table public.noted_event (
    id bigint generated always as identity primary key,
    event text not null check (event in ('cut', 'released', 'delivered')),
    edition_id bigint references public.edition on delete cascade,
    delivery_id bigint references public.delivery on delete cascade,
    at timestamptz not null,
    unique (delivery_id, event)
  )`,
  `create index noted_event_by_edition on public.noted_event (edition_id)
    where edition_id is not null`,
  `create index noted_event_by_age on public.noted_event (at)`,
  // By the database, since processes of older versions cut and release without it.
  `create function public.note_edition() returns trigger language plpgsql as $$
    begin
      if new.is_sample then return null; end if;
      if old.cut_at is null and new.cut_at is not null then
        insert into public.noted_event (event, edition_id, at) values ('cut', new.id, new.cut_at);
      end if;
      if old.released_at is null and new.released_at is not null then
        insert into public.noted_event (event, edition_id, at)
          values ('released', new.id, new.released_at);
      end if;
      return null;
    end $$`,
  `create trigger edition_is_noted after update of cut_at, released_at on public.edition
    for each row execute function public.note_edition()`,

  // Up to which id everything of a table is there to be read: ids are given out before their
  // rows can be seen. \`seen\` settles once no transaction of its time is open.
  `create table public.event_mark (
    source text primary key,
    settled bigint not null,
    seen bigint not null,
    seen_xid text not null
  )`,

  `create table public.webhook (
    id bigint generated always as identity primary key,
    name text not null unique,
    shown text not null,
    sealed text not null,
    events jsonb not null,
    with_addresses boolean not null,
    marks jsonb not null,
    off_because text check (off_because in ('hand', 'gone', 'failing', 'restored')),
    off_at timestamptz,
    held_until timestamptz,
    created_at timestamptz not null,
    check ((off_because is null) = (off_at is null))
  )`,
  // The two marks say what is in it: nothing of readers is copied.
  `create table public.webhook_batch (
    id bigint generated always as identity primary key,
    webhook_id bigint not null references public.webhook on delete cascade,
    after jsonb not null,
    upto jsonb not null,
    events int not null,
    is_test boolean not null default false,
    made_at timestamptz not null,
    tries int not null default 0,
    next_at timestamptz,
    outcome text check (outcome in ('taken', 'left_out', 'failed'))
  )`,
  `create unique index webhook_batch_open on public.webhook_batch (webhook_id)
    where outcome is null`,
  `create index webhook_batch_by_webhook on public.webhook_batch (webhook_id, id desc)`,
  `create index webhook_batch_by_age on public.webhook_batch (made_at)`,
  `create table public.webhook_try (
    id bigint generated always as identity primary key,
    batch_id bigint not null references public.webhook_batch on delete cascade,
    at timestamptz not null,
    took_ms int not null,
    status int,
    words text not null
  )`,
  `create index webhook_try_by_batch on public.webhook_try (batch_id, id desc)`,
];
