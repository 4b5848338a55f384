/** How often each alarm was told, and what is to be sent to addresses elsewhere. */
export const alarmsSchema: readonly string[] = [
  `alter table public.alarm add column tellings int not null default 0,
    add column told_at timestamptz, add column is_over_told boolean not null default false`,
  // What was found before was mailed when it began.
  `update public.alarm set tellings = 1, told_at = first_at, is_over_told = ended_at is not null`,
  `create index alarm_untold on public.alarm (id) where not is_over_told`,

  // A key is used once for ever: that is what makes a beacon one over all processes.
  `create table public.beacon (
    key text primary key,
    kind text not null,
    body text,
    made_at timestamptz not null,
    next_at timestamptz,
    tries int not null default 0,
    ended_at timestamptz,
    answer text
  )`,
  `create index beacon_open on public.beacon (next_at) where ended_at is null`,
];
