import { setTimeout as wait } from 'node:timers/promises';
import { waitAWhile } from '../../../src/http/api/patience.ts';

const done = { status: 200, type: 'application/json', body: '{}' };

describe('long work', () => {
  it('is answered with what came of it where that is soon', async () => {
    expect(await waitAWhile(Promise.resolve(done), {}, 1_000)).toBe(done);
  });

  it('goes on where it takes longer, and says where to look', async () => {
    let isEnded = false;
    const work = wait(60).then(() => {
      isEnded = true;
      return done;
    });
    const outcome = await waitAWhile(work, { look: () => '/editions' }, 5);
    expect([outcome.status, outcome.location, isEnded]).toEqual([202, '/api/v1/editions', false]);
    expect(JSON.parse(outcome.body)).toMatchObject({ status: 'going_on' });
    await work;
    expect(isEnded).toBe(true);
  });
});
