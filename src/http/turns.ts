/** At once, of all readers: each holds a connection of the database, and others need some too. */
const MOST_AT_ONCE = 2;
/** In line, of one reader and of all. */
const MOST_OF_READER = 6;
const MOST_OF_ALL = 24;

/** Lets readers' costly requests in: of one reader one at a time, of all a few, in the order they came. */
export interface Turns {
  /** Does the work when it is its turn. Undefined, at once, where too many are in line. */
  take<Result>(subscriberId: number, work: () => Promise<Result>): Promise<Result> | undefined;
}

/** The line of one process. */
export function createTurns(): Turns {
  const line: { readonly subscriberId: number; readonly begin: () => void }[] = [];
  const served = new Set<number>();
  const letIn = () => {
    if (served.size >= MOST_AT_ONCE) return;
    const at = line.findIndex(({ subscriberId }) => !served.has(subscriberId));
    const [next] = at < 0 ? [] : line.splice(at, 1);
    if (!next) return;
    served.add(next.subscriberId);
    next.begin();
  };
  return {
    take(subscriberId, work) {
      const own = line.filter((other) => other.subscriberId === subscriberId).length;
      const isServed = served.has(subscriberId);
      if (own + Number(isServed) >= MOST_OF_READER || line.length >= MOST_OF_ALL) return undefined;
      const turn = new Promise<void>((begin) => line.push({ subscriberId, begin }));
      letIn();
      return turn.then(work).finally(() => {
        served.delete(subscriberId);
        letIn();
      });
    },
  };
}
