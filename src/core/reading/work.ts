/**
 * Work that may be long, in pieces: whoever drives it may let others have a turn at each
 * `yield`. What it gives hangs on nothing but what it was given.
 */
export type Work<Result> = Generator<void, Result, void>;

/** Does all of a piece of work at once. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
