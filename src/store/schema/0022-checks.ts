/** What the checks of the ledger ask every minute, without a look at what is long right. */
export const checksSchema: readonly string[] = [
  // Of notices the last attempts are asked for, of editions their counts.
  `create index attempt_of_notices on public.attempt (ended_at) where edition_id is null`,
  `drop index public.attempt_recent`,
  // When the outcomes and deliveries of a round were found to be all there.
  `alter table public.round add column counted_at timestamptz`,
  // Which also knows the exclusions of a round by their reasons.
  `create index outcome_by_round on public.outcome (round_id, exclusion)`,
  `drop index public.outcome_excluded`,
];
