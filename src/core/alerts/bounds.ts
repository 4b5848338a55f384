/** One mail names no more papers. */
export const MOST_PAPERS = 1_000;

/** What one reader's alert mails may come to, and those of all together; in bytes but for the numbers of mails. */
export const ALERT_BOUNDS = {
  /** In any 24 hours. */
  aDay: 20 * 1024 * 1024,
  mailsADay: 300,
  /** Kept at once, since they were not understood or not read yet. */
  held: 50 * 1024 * 1024,
  house: 2 * 1024 * 1024 * 1024,
  /** That wait for "Was this you?"; a stranger's further ones are dropped. */
  asked: 20,
} as const;

/** What of an address's bounds is used. */
export interface AlertUse {
  readonly dayBytes: number;
  readonly dayMails: number;
  readonly heldBytes: number;
  readonly houseBytes: number;
}

/** Which bound was reached: of a day, of what is held of one reader, or of all together. */
export const REACHED = ['day', 'held', 'house'] as const;
export type Reached = (typeof REACHED)[number];

/** Which bound one more mail of so many bytes would break; undefined where there is room. */
export function findReached(use: AlertUse, size: number): Reached | undefined {
  const { aDay, mailsADay, held, house } = ALERT_BOUNDS;
  if (use.dayBytes + size > aDay || use.dayMails >= mailsADay) return 'day';
  if (use.heldBytes + size > held) return 'held';
  return use.houseBytes + size > house ? 'house' : undefined;
}

/** Mail that is put off (RFC 5321, 4.2.2): whoever sends it tries again later. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  readonly responseCode = 452;

  constructor(reached: Reached) {
    super(
      reached === 'house'
        ? '4.3.1 Please try again later'
        : '4.2.2 This mailbox takes no more for now; please try again later',
    );
  }
}
