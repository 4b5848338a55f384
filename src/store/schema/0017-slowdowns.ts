/** Confirmations that strangers typed, and how long those of a place or a domain wait. */
export const slowdownsSchema: readonly string[] = [
  // Whence a confirmation was asked for and to which domain it goes, as keyed hashes.
  `create table public.confirmation (
    delivery_id bigint primary key references public.delivery on delete cascade,
    place_hash text not null,
    domain_hash text not null,
    at timestamptz not null
  )`,
  `create index confirmation_by_time on public.confirmation (at)`,
  // One row a scope; the key of all is empty.
  `create table public.slowdown (
    scope text not null check (scope in ('place', 'domain', 'all')),
    key_hash text not null,
    at timestamptz not null,
    until timestamptz not null,
    primary key (scope, key_hash)
  )`,
  // What goes out while the breaker holds notices, found beside any number of those.
  `create index delivery_unheld on public.delivery (next_at, id)
    where state in ('ready', 'deferred') and edition_id is null
      and coalesce(notice, '') not in ('confirmation', 'reminder', 'welcome', 'quiet')`,
];
