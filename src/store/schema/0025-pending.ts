/** What is still to be composed, in the order that pages of it are taken in. */
export const pendingSchema: readonly string[] = [
  `drop index public.outcome_pending`,
  `create index outcome_pending on public.outcome (round_id, subscription_id)
    where delivery_id is null and exclusion is null`,
  // How many were accepted of late, the attempts of that time tell.
  `drop index public.delivery_by_acceptance`,
];
