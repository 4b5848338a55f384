/** Digests without a round are few: what a day came to is told by its rounds and by these. */
export const daysSchema: readonly string[] = [
  `create index delivery_of_no_round on public.delivery (composed_at, state)
    where round_id is null and kind = 'digest'`,
];
