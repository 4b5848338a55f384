/** At once, of all: a reader's holds a connection of the database, and others need some too. */
const MOST_AT_ONCE = 2;
/** In line, of one asker and of all. */
const MOST_OF_ONE = 6;
const MOST_OF_ALL = 24;

/** Lets costly requests in: of one asker one at a time, of all a few, in the order they came. */
export interface Turns<Asker extends string | number = number> {
  /** Does the work when it is its turn. Undefined, at once, where too many are in line. */
  take<Result>(asker: Asker, work: () => Promise<Result>): Promise<Result> | undefined;
}

/** The line of one process; who asks is a subscriber's id, or a place. */
export function createTurns<Asker extends string | number = number>({
  atOnce = MOST_AT_ONCE,
} = {}): Turns<Asker> {
  const line: { readonly asker: Asker; readonly begin: () => void }[] = [];
  const served = new Set<Asker>();
  const letIn = () => {
    if (served.size >= atOnce) return;
    const at = line.findIndex(({ asker }) => !served.has(asker));
    const [next] = at < 0 ? [] : line.splice(at, 1);
    if (!next) return;
    served.add(next.asker);
    next.begin();
  };
  return {
    take(asker, work) {
      const own = line.filter((other) => other.asker === asker).length;
      const isServed = served.has(asker);
      if (own + Number(isServed) >= MOST_OF_ONE || line.length >= MOST_OF_ALL) return undefined;
      const turn = new Promise<void>((begin) => line.push({ asker, begin }));
      letIn();
      return turn.then(work).finally(() => {
        served.delete(asker);
        letIn();
      });
    },
  };
}
