/** How what may be sent is found beside a million deliveries of an edition that is paused. */
export const claimSchema: readonly string[] = [
  `create index delivery_claimable on public.delivery (edition_id, next_at, id)
    where state in ('ready', 'deferred')`,
];
