/** Papers that stand in one reader's digest beside the editions, and digests that cover no edition. */
export const itemsSchema: readonly string[] = [
  // What an alert, a citation or a group names to one reader. `paper` is what that says of it, and
  // is shown to nobody else; `work` is its id as sources are asked for it, and `paper_id` what a
  // feed brought. `set_aside_at`: a restore cannot know whether it was told. `seek_at`: when to ask a
  // source by its title, where nothing else names it.
  `create table public.item (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    kind text not null check (kind in ('alert', 'citation', 'note')),
    key text not null,
    keys text[] not null,
    work text,
    paper_id bigint references public.paper on delete set null,
    paper jsonb not null,
    reasons jsonb not null,
    came_at timestamptz not null,
    set_aside_at timestamptz,
    seek_at timestamptz,
    seek_tries int not null default 0,
    sought_at timestamptz,
    unique (subscriber_id, kind, key)
  )`,
  `create index item_newest on public.item (subscriber_id, came_at desc)`,
  `create index item_by_age on public.item (came_at)`,
  `create index item_sought on public.item (seek_at) where seek_at is not null`,
  `create index item_sought_lately on public.item (sought_at) where sought_at is not null`,
  `create index item_by_work on public.item (work) where work is not null`,
  // A paper that a feed brings is looked for among those that were only named.
  `create index item_unmet on public.item using gin (keys) where paper_id is null`,
  `create index item_by_paper on public.item (paper_id) where paper_id is not null`,
  // A delivery that may have reached its reader covers its items, as it covers its editions.
  `create table public.item_delivery (
    item_id bigint not null references public.item on delete cascade,
    delivery_id bigint not null references public.delivery on delete cascade,
    primary key (item_id, delivery_id)
  )`,
  `create index item_delivery_by_delivery on public.item_delivery (delivery_id)`,

  // A digest without an edition has a key that is used once: its reader, their date, and which copy.
  `alter table public.delivery add column items int,
    add constraint delivery_digest_key_check
      check (kind <> 'digest' or edition_id is not null or notice_key is not null) not valid`,
  `create index delivery_of_items on public.delivery (next_at, id)
    where state in ('ready', 'deferred') and kind = 'digest' and edition_id is null`,
  `drop index public.delivery_unheld`,
  `create index delivery_unheld on public.delivery (next_at, id)
    where state in ('ready', 'deferred') and edition_id is null and announcement_id is null
      and kind <> 'digest'
      and coalesce(notice, '') not in ('confirmation', 'reminder', 'welcome', 'quiet')`,

  // All digests without an edition are stopped together, by what answers to them come to.
  `alter table public.pause
    drop constraint pause_scope_check,
    add constraint pause_scope_check
      check (scope in ('all', 'notices', 'edition', 'announcement', 'items'))`,
  `create table public.items_count (
    bucket timestamptz not null,
    sender_id bigint not null,
    verdict text not null,
    stops boolean not null,
    count int not null,
    last_reply text,
    last_at timestamptz not null,
    primary key (bucket, sender_id, verdict, stops)
  )`,

  // A process of a version before this would leave the items out, or take a digest without an
  // edition for broken. It may wake and take a lease again after all newer ones looked.
  `create function public.keep_items() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from public.sender n where n.id = new.sender_id and n.version >= 5) then
        return new;
      end if;
      return null;
    end $$`,
  `create trigger delivery_keeps_items before update of state on public.delivery
    for each row when (new.items is not null and new.state = 'sending'
      and new.sender_id is distinct from old.sender_id)
    execute function public.keep_items()`,
];
