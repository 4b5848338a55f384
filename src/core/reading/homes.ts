import type { Kinship } from './kinship.ts';
import type { Work } from './work.ts';

/** How far the size of a home counts against it: 1 compares means, 0 sums. */
const SIZE_EXPONENT = 0.7;
/** After more, little moves but what one paper more would move back. */
const SWEEPS = 2;
/** How much better another home must be: what is as good here as there stays. */
const STAY = 1;
/** What a home must have in common with a paper that is alone. */
const LEAST_PULL = 1.5;

/**
 * Lets each paper in turn move to the home whose papers have most in common with it; who is
 * alone and has nothing in common with any stays so, with -1. Changes `homes`. Costs what the
 * papers times the homes do.
 */
export function* moveHomes(kinship: Kinship, homes: Int32Array): Work<void> {
  const count = homes.reduce((most, home) => Math.max(most, home), -1) + 1;
  const all = kinship.openHomes(count);
  const sizes = new Int32Array(count);
  const put = (paper: number, home: number, sign: 1 | -1) => {
    if (home < 0) return;
    sizes[home] = (sizes[home] ?? 0) + sign;
    all.put(paper, home, sign);
  };
  for (const [paper, home] of homes.entries()) put(paper, home, 1);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [paper, from] of homes.entries()) {
      put(paper, from, -1);
      const isAlone = (sizes[from] ?? 0) === 0;
      let best = isAlone ? -1 : from;
      let most = isAlone ? LEAST_PULL : Number.NEGATIVE_INFINITY;
      for (let home = 0; home < count; home++) {
        const size = sizes[home] ?? 0;
        if (size === 0) continue;
        const pull = all.pullOf(paper, home) / size ** SIZE_EXPONENT;
        const value = home === from ? pull + STAY : pull;
        if (value > most) [best, most] = [home, value];
      }
      put(paper, best, 1);
      homes[paper] = best;
      yield;
    }
  }
}
