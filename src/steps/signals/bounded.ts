/** Work of which one is under way at most, and for which nobody waits longer than they say. */
export interface Bounded<Result> {
  /** The result of the work that is under way, or of a new one. Rejects with `late` when its time is over. */
  within(ms: number, late: string): Promise<Result>;
}

/**
 * Bounds work whose outside may stand still: what hangs is not started a second time, so that
 * probes that come every few seconds do not take every connection there is.
 */
export function bound<Result>(work: () => Promise<Result>): Bounded<Result> {
  let running: Promise<Result> | undefined;
  return {
    within(ms, late) {
      running ??= work().finally(() => {
        running = undefined;
      });
      const current = running;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(late)), ms);
        current.then(resolve, reject).finally(() => clearTimeout(timer));
      });
    },
  };
}
