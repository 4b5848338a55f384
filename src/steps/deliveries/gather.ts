import { setTimeout as wait } from 'node:timers/promises';

/** Takes what comes one by one and does it in groups. */
export interface Gatherer<Item, Result> {
  /** Resolves or rejects with what became of this item. */
  add(item: Item): Promise<Result>;
}

interface Entry<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (reason: unknown) => void;
}

/** How long the first of a group waits for others; while a group is under way the next one gathers anyway. */
const FIRST_WAITS_MS = 1;

/**
 * `work` gets what gathered, at most so many at once and one group after the other, and gives what
 * became of each in the same order; where that of one takes longer, it gives a promise of it.
 */
export function createGatherer<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly (Result | Promise<Result>)[]>,
  most: number,
): Gatherer<Item, Result> {
  const waiting: Entry<Item, Result>[] = [];
  let isWorking = false;
  const workOff = async () => {
    isWorking = true;
    await wait(FIRST_WAITS_MS);
    while (waiting.length > 0) {
      const group = waiting.splice(0, most);
      try {
        const results = await work(group.map(({ item }) => item));
        group.forEach(({ resolve, reject }, at) => {
          const result = results[at];
          if (result === undefined) reject(new Error('nothing became of it'));
          else resolve(result);
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isWorking = false;
  };
  return {
    add: (item) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (!isWorking) void workOff();
      }),
  };
}
