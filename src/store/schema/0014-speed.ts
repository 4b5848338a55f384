/** What the desk asks of a ledger with 100,000 deliveries a day, answered from an index. */
export const speedSchema: readonly string[] = [
  `drop index public.delivery_by_round`,
  `create index delivery_by_round on public.delivery (round_id, state, cause)`,
  `create index delivery_copied on public.delivery (composed_at) where resend > 0`,
  `create index outcome_excluded on public.outcome (round_id, exclusion)
    where exclusion is not null`,

  // Whose address a suppression is of. Only the keys make the hash, so that it is absent until
  // a process that holds them wrote it.
  `alter table public.subscriber add column address_hash text`,
  `create index subscriber_by_hash on public.subscriber (address_hash)
    where address_hash is not null`,
  `create index subscriber_unhashed on public.subscriber (id) where address_hash is null`,
  `create index suppression_by_time on public.suppression (at desc, address_hash)`,
];
