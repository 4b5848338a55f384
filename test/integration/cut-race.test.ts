import type { Context } from '../../src/process/context.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { planWork } from '../../src/steps/plan.ts';
import type { Outside } from '../../src/steps/steps.ts';
import {
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

describe('a cut while the planner looks', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  beforeEach(async () => {
    place = await createPlace('sandbox');
    clock = createClock('2026-03-02T12:00:00Z');
    context = await openContext(place, clock);
  });
  afterEach(async () => {
    await context?.close();
    await place?.remove();
  });

  /** A store whose draft is cut, and not yet written, as soon as one of two looks was answered. */
  function cuttingAfter(look: 'listUnwritten' | 'findDraft'): Outside {
    const { outside } = context;
    const { store } = outside;
    let looks = 0;
    const editions: Outside['store']['editions'] = {
      ...store.editions,
      [look]: async () => {
        const seen = await store.editions[look]();
        looks += 1;
        const draft = await store.editions.findDraft();
        // The first look is for the cut itself, the second for rounds.
        if (looks === 2 && draft) {
          await store.editions.recordCut(draft.id, { date: '2026-03-03', at: clock.now() });
        }
        return seen;
      },
    };
    return { ...outside, store: { ...store, editions } };
  }

  it.each(['listUnwritten', 'findDraft'] as const)(
    'has whoever is due wait for the edition, also when it comes after %s',
    async (look) => {
      await subscribe(context.outside, 'ada@readers.example');
      const { config, store } = context.outside;
      const given = { cut: config.cut, at: clock.now() };
      await store.transaction((tx) => storePapers(tx, makePapers('a', 3), given));
      await planWork(context.outside);
      clock.advance(24 * 3_600_000);
      const report = await planWork(cuttingAfter(look));
      expect(report.rounds).toBe(0);
    },
  );
});
