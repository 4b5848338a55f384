/** What composing asks of a ledger for every thousand readers of a round. */
export const composingSchema: readonly string[] = [
  // The open candidates of a round in the order in which they are taken: the next thousand are
  // read, and not all that are left.
  `create index outcome_open on public.outcome (round_id, subscription_id)
    where delivery_id is null and exclusion is null`,
  `drop index public.outcome_pending`,
  // Base64 of numbers hardly shrinks, and every round takes it apart again. Tastes that were
  // learned before stay as they are until their reader votes.
  `alter table public.taste alter column content set storage external`,
];
