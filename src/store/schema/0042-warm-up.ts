/** How much may go to each provider on a day while a domain or a relay is new, and whose turn it is. */
export const warmUpSchema: readonly string[] = [
  // One row a warm-up; one at most goes on. `stage` is the one that its schedules begin on.
  `create table public.warm_up (
    id bigint generated always as identity primary key,
    stage int not null,
    started_at timestamptz not null,
    started_by text not null,
    ended_at timestamptz,
    ended_by text
  )`,
  `create unique index warm_up_open on public.warm_up ((true)) where ended_at is null`,

  // What a provider is on a date of the cut's zone: its place in the schedule and how it came
  // there, and what of its ceiling (none where it is warm) is taken. `next_at` is when the next
  // digest may go, since they are spread over the day.
  `create table public.warm_up_day (
    warm_up_id bigint not null references public.warm_up on delete cascade,
    day date not null,
    provider text not null,
    step int not null,
    change text not null,
    slowed_by text,
    slowed_count int,
    slowed_of int,
    ceiling int,
    reserve int not null,
    digests int not null,
    outstanding int not null,
    waiting int not null default 0,
    next_at timestamptz not null,
    primary key (warm_up_id, provider, day)
  )`,
  // Which provider takes a domain's mail, the same for all processes.
  `create table public.warm_up_domain (
    domain text primary key,
    provider text not null,
    looked_at timestamptz not null
  )`,
  // A reader's last turn, and since when their papers wait; absent where neither is of account.
  `create table public.warm_up_turn (
    subscription_id bigint primary key references public.subscription on delete cascade,
    turn_on date,
    turn_place int not null default 0,
    waits_since timestamptz
  )`,
  // Digests have a round, but for few: what goes beside rounds counts, too.
  `create index delivery_beside_rounds on public.delivery (composed_at) where round_id is null`,
];
