/** Channels of teams: readers that are posted to, and stand in no count of readers. */
export const channelsSchema: readonly string[] = [
  // A state of its own keeps the subscription of a channel from all that asks for active ones, in
  // processes of older versions, too.
  `alter table public.subscription
    drop constraint subscription_state_check,
    add constraint subscription_state_check
      check (state in ('pending', 'active', 'ended', 'posting')) not valid`,
  `create index subscription_posting on public.subscription (next_due_at) where state = 'posting'`,
  // Whose it is: an operator's where there is no owner. What is sealed is where it is and its key.
  `create table public.channel (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null unique references public.subscriber on delete cascade,
    owner_id bigint references public.subscriber on delete cascade,
    name text not null unique,
    service text not null,
    shown text not null,
    sealed text not null,
    next_at timestamptz,
    off_because text check (off_because in ('hand', 'gone')),
    off_at timestamptz,
    proved_at timestamptz,
    created_at timestamptz not null,
    check ((off_because is null) = (off_at is null))
  )`,
  `create index channel_by_owner on public.channel (owner_id) where owner_id is not null`,

  // A round of channels is opened and frozen in one transaction, so that no other composes it.
  `alter table public.round add column is_of_channels boolean not null default false`,

  // Not proven for the rows that are there: they keep the narrower rule of before.
  `alter table public.delivery
    drop constraint delivery_kind_check,
    add constraint delivery_kind_check
      check (kind in ('digest', 'notice', 'announcement', 'post')) not valid`,
  // When a post may go stands here, where no sender of mail looks.
  `create table public.channel_post (
    delivery_id bigint primary key references public.delivery on delete cascade,
    channel_id bigint not null references public.channel on delete cascade,
    at timestamptz not null
  )`,
  `create index channel_post_by_channel on public.channel_post (channel_id, delivery_id)`,
  // Mail is claimed by this moment: whoever gives one to a post takes it for mail.
  `create function public.keep_post() returns trigger language plpgsql as $$
    begin
      new.next_at := null;
      return new;
    end $$`,
  `create trigger delivery_keeps_post before update of next_at on public.delivery
    for each row when (new.kind = 'post' and new.next_at is not null)
    execute function public.keep_post()`,
];
