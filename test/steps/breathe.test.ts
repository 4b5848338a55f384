import { setImmediate as turn } from 'node:timers/promises';
import type { Work } from '../../src/core/reading/work.ts';
import { breathe } from '../../src/steps/breathe.ts';

describe('breathing', () => {
  it('lets others have a turn before the work is done', async () => {
    let isHeard = false;
    function* wait(): Work<number> {
      for (let pieces = 0; pieces < 1e9; pieces++) {
        if (isHeard) return pieces;
        yield;
      }
      return 0;
    }
    const pieces = breathe(wait());
    turn().then(() => {
      isHeard = true;
    });
    expect(await pieces).toBeGreaterThan(0);
  });

  it('gives what the work gives, or throws what it throws', async () => {
    function* work(fault?: Error): Work<string> {
      yield;
      if (fault) throw fault;
      return 'done';
    }
    expect(await breathe(work())).toBe('done');
    await expect(breathe(work(new Error('no')))).rejects.toThrow('no');
  });
});
