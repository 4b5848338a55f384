/** What operators write to readers: texts, whom they went to, and a kind of delivery of its own. */
export const announcementsSchema: readonly string[] = [
  // From its release on nothing of it is changed: what was sent is rendered from it.
  `create table public.announcement (
    id bigint generated always as identity primary key,
    is_service boolean not null,
    subject text not null,
    body text not null,
    audience jsonb not null,
    written_by text not null,
    written_at timestamptz not null,
    released_at timestamptz,
    released_by text,
    readers int,
    discarded_at timestamptz,
    check ((released_at is null) = (readers is null))
  )`,
  // Which announcements a reader takes: none, those about the service, or all, which is a consent.
  `alter table public.subscription add column announcements text not null default 'service'
    check (announcements in ('none', 'service', 'all'))`,

  // Not proven for the rows that are there: they keep the narrower rule of before.
  `alter table public.delivery
    drop constraint delivery_kind_check,
    add constraint delivery_kind_check
      check (kind in ('digest', 'notice', 'announcement')) not valid,
    add column announcement_id bigint,
    add constraint delivery_announcement_check
      check ((kind = 'announcement') = (announcement_id is not null)) not valid`,
  `create index delivery_announced on public.delivery (announcement_id, next_at, id)
    where state in ('ready', 'deferred') and announcement_id is not null`,
  `create index delivery_of_announcement on public.delivery (announcement_id, state, cause)
    where announcement_id is not null`,
  `drop index public.delivery_unheld`,
  `create index delivery_unheld on public.delivery (next_at, id)
    where state in ('ready', 'deferred') and edition_id is null and announcement_id is null
      and coalesce(notice, '') not in ('confirmation', 'reminder', 'welcome', 'quiet')`,

  `alter table public.pause
    drop constraint pause_scope_check,
    add constraint pause_scope_check
      check (scope in ('all', 'notices', 'edition', 'announcement')),
    add column announcement_id bigint references public.announcement,
    add constraint pause_announcement_check
      check ((scope = 'announcement') = (announcement_id is not null))`,
  `drop index public.pause_open`,
  `create unique index pause_open
    on public.pause (scope, coalesce(edition_id, announcement_id, 0)) where ended_at is null`,
  `create table public.announced_count (
    announcement_id bigint not null references public.announcement,
    bucket timestamptz not null,
    sender_id bigint not null,
    verdict text not null,
    stops boolean not null,
    count int not null,
    last_reply text,
    last_at timestamptz not null,
    primary key (announcement_id, bucket, sender_id, verdict, stops)
  )`,

  // A process of a version before this would take it for a notice, and mail it to who left or asked
  // for none. It may wake and take a lease again after all newer ones looked.
  `create function public.keep_announcement() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from public.sender n where n.id = new.sender_id and n.version >= 4) then
        return new;
      end if;
      return null;
    end $$`,
  `create trigger delivery_keeps_announcement before update of state on public.delivery
    for each row when (new.kind = 'announcement' and new.state = 'sending'
      and new.sender_id is distinct from old.sender_id)
    execute function public.keep_announcement()`,
];
