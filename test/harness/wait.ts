import { setTimeout as pause } from 'node:timers/promises';

/** Waits until a condition holds; throws after ten seconds. */
export async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return;
    await pause(25);
  }
  throw new Error(`this never came true: ${condition}`);
}

/** What this resolves to; rejects with `what` where it has not come after so many seconds. */
export async function within<Result>(
  seconds: number,
  what: string,
  work: Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const over = pause(seconds * 1_000, undefined, { signal: deadline.signal }).then(() => {
    throw new Error(`not within ${seconds} s: ${what}`);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    deadline.abort();
    over.catch(() => undefined);
  }
}
