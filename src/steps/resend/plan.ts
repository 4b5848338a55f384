import {
  decideResend,
  type Fate,
  isCopy,
  isDone,
  type ResendScope,
  type Target,
} from '../../core/letter/resend.ts';
import type { Looking } from '../../store/desk/presses.ts';
import { doubtQuietMs } from '../deliveries/resolve.ts';
import type { Outside } from '../steps.ts';

/** What a press would do, before it is pressed. */
export interface ResendPlan {
  readonly scope: ResendScope;
  /** The newest delivery that this plan knows of: a press of it is about no newer ones. */
  readonly asOf: number;
  readonly total: number;
  /** How many would go out, second copies among them. */
  readonly going: number;
  readonly copies: number;
  /** Each fate with its number and the first few it would meet. */
  readonly fates: readonly {
    readonly fate: Fate;
    readonly count: number;
    readonly samples: readonly Pick<Target, 'id' | 'address' | 'state'>[];
  }[];
}

const FOUND = 20_000;
const PAGE = 500;
const SAMPLES = 5;

/** Looks at all that a scope is about and counts what would become of it, a page at a time. */
export async function planResend(
  { store, config }: Pick<Outside, 'store' | 'config'>,
  scope: ResendScope,
): Promise<ResendPlan> {
  const asOf = await store.presses.findLastDelivery();
  const looking: Looking = { asOf, quietMs: doubtQuietMs(config) };
  const tally = new Map<Fate, { count: number; samples: ResendPlan['fates'][number]['samples'] }>();
  const add = (fate: Fate, sample?: Target) => {
    const { count, samples } = tally.get(fate) ?? { count: 0, samples: [] };
    const shown = sample && samples.length < SAMPLES ? [...samples, pick(sample)] : samples;
    tally.set(fate, { count: count + 1, samples: shown });
  };
  for (let afterId = 0; ; ) {
    // Finding out who is in a scope may read all of an edition: that is done for many at once.
    const ids = await store.presses.listIds(scope, { afterId, most: FOUND });
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = ids.slice(from, from + PAGE);
      for (const target of await store.presses.listTargets(page, looking)) {
        const press = { kind: scope.kind, allowsCopies: true, frozen: target.state };
        add(decideResend(target, press), target);
      }
    }
    if (ids.length < FOUND) break;
    afterId = ids.at(-1) ?? afterId;
  }
  if (scope.kind === 'reader' && tally.size === 0) add('first');
  return sum(scope, asOf, tally);
}

function sum(
  scope: ResendScope,
  asOf: number,
  tally: ReadonlyMap<Fate, { count: number; samples: ResendPlan['fates'][number]['samples'] }>,
): ResendPlan {
  const fates = [...tally].map(([fate, of]) => ({ fate, ...of }));
  const count = (has: (fate: Fate) => boolean) =>
    fates.filter(({ fate }) => has(fate)).reduce((total, { count: one }) => total + one, 0);
  return {
    scope,
    asOf,
    total: count(() => true),
    going: count(isDone),
    copies: count(isCopy),
    // What goes out comes first, then the reasons why not, the most frequent first.
    fates: fates.sort(
      (a, b) => Number(isDone(b.fate)) - Number(isDone(a.fate)) || b.count - a.count,
    ),
  };
}

function pick({ id, address, state }: Target): Pick<Target, 'id' | 'address' | 'state'> {
  return { id, address, state };
}
