/** What was seen longer ago is news to nobody but readers of few days, whose window is wider. */
const NEWS_MS = 7 * 24 * 3_600_000;

/** Whether a draft slept for so long that what it holds is no news of today. */
export function hasSlept(cutDueAt: Date, now: Date): boolean {
  return now.getTime() - cutDueAt.getTime() > NEWS_MS;
}
