import { setTimeout as pause } from 'node:timers/promises';

/** Waits until a condition holds; throws after ten seconds. */
export async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return;
    await pause(25);
  }
  throw new Error(`this never came true: ${condition}`);
}
