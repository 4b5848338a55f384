import type { Context } from '../../src/context.ts';
import { checkNow } from '../../src/steps/deliveries/check-ledger.ts';
import { pauseSending } from '../../src/steps/deliveries/pause.ts';
import { createClock, createPlace, openContext, type Place } from '../harness/context.ts';

describe('an alarm of the ledger', () => {
  let place: Place;
  let context: Context;
  const open = async (env: Record<string, string>) => {
    place = await createPlace('sandbox');
    context = await openContext(place, createClock('2026-03-03T12:00:00Z'), env);
  };
  afterEach(async () => {
    await context.close();
    await place.remove();
  });
  /** The breaker's pause is a finding; what of it is to be mailed. */
  const countNotices = async () => {
    const { outside } = context;
    await pauseSending(outside, { what: 'notices', actor: 'breaker', reason: 'a test' });
    expect(await checkNow(outside)).toMatchObject([{ name: 'paused', subject: 'notices' }]);
    const counts = await outside.store.deliveries.countByState();
    return counts.reduce((sum, { count }) => sum + count, 0);
  };

  it('is mailed to the operator', async () => {
    await open({ CONTACT_EMAIL: 'editor@here.example' });
    expect(await countNotices()).toBe(1);
  });

  it('is not mailed to an address that nobody has', async () => {
    await open({});
    expect(await countNotices()).toBe(0);
  });
});
