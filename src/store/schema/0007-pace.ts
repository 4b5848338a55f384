/** When the next message may go out, over all processes: one row a relay and a group of recipients. */
export const paceSchema: readonly string[] = [
  `create table public.pace (
    name text primary key,
    next_at timestamptz not null,
    queue_at timestamptz not null
  )`,
];
