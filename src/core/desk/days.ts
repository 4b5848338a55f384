/** One day of the ledger. */
export interface LedgerDay {
  readonly date: string;
  readonly accepted: number;
  readonly failed: number;
  readonly inDoubt: number;
  readonly open: number;
}

/** Digests that were made at one moment: how many, and how many of them were not accepted. */
export interface MadeAt {
  readonly at: Date;
  readonly made: number;
  readonly failed: number;
  readonly inDoubt: number;
  readonly open: number;
}

/** Sums what was made by the dates of a calendar, in their order, those without any among them. */
export function sumDays(
  made: readonly MadeAt[],
  dates: readonly string[],
  dateOf: (at: Date) => string,
): LedgerDay[] {
  const byDate = new Map(
    dates.map((date) => [date, { date, accepted: 0, failed: 0, inDoubt: 0, open: 0 }]),
  );
  for (const one of made) {
    const day = byDate.get(dateOf(one.at));
    if (!day) continue;
    day.failed += one.failed;
    day.inDoubt += one.inDoubt;
    day.open += one.open;
    // A round that is still composed has no number of deliveries yet.
    day.accepted += Math.max(0, one.made - one.failed - one.inDoubt - one.open);
  }
  return [...byDate.values()];
}
