import { setTimeout as wait } from 'node:timers/promises';
import { createGatherer } from '../../../src/steps/deliveries/gather.ts';

/** A gatherer whose groups end when the test says so; the groups it was given. */
function openGroups(most: number) {
  const groups: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const gatherer = createGatherer<number, string>(async (items) => {
    groups.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    return items.map((item) => `became ${item}`);
  }, most);
  /** Lets a group end that has begun, or will. */
  const endNext = async () => {
    while (ends.length === 0) await wait(1);
    ends.shift()?.();
    await wait(1);
  };
  return { groups, gatherer, endNext };
}

describe('gathering', () => {
  it('does at once what comes together, and gives each its own', async () => {
    const { groups, gatherer, endNext } = openGroups(10);
    const all = Promise.all([3, 1, 2].map((item) => gatherer.add(item)));
    await endNext();
    expect(await all).toEqual(['became 3', 'became 1', 'became 2']);
    expect(groups).toEqual([[3, 1, 2]]);
  });

  it('does one group after the other, and gathers meanwhile', async () => {
    const { groups, gatherer, endNext } = openGroups(10);
    const first = gatherer.add(1);
    while (groups.length === 0) await wait(1);
    const others = [2, 3].map((item) => gatherer.add(item));
    await wait(5);
    const late = gatherer.add(4);
    await wait(5);
    expect(groups).toEqual([[1]]);
    await endNext();
    expect(await first).toBe('became 1');
    await endNext();
    expect(await Promise.all([...others, late])).toEqual(['became 2', 'became 3', 'became 4']);
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });

  it('takes no more at once than it was told, in the order of coming', async () => {
    const { groups, gatherer, endNext } = openGroups(2);
    const all = Promise.all([1, 2, 3, 4, 5].map((item) => gatherer.add(item)));
    for (let times = 0; times < 3; times += 1) await endNext();
    expect((await all).length).toBe(5);
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('begins again after it had nothing to do', async () => {
    const { groups, gatherer, endNext } = openGroups(2);
    for (const item of [1, 2]) {
      const one = gatherer.add(item);
      await endNext();
      expect(await one).toBe(`became ${item}`);
    }
    expect(groups).toEqual([[1], [2]]);
  });

  it('fails with a fault those of that group alone', async () => {
    let groups = 0;
    const gatherer = createGatherer<number, number>(async (items) => {
      groups += 1;
      if (groups === 1) throw new Error('the first group');
      return items;
    }, 2);
    const all = await Promise.allSettled([1, 2, 3, 4].map((item) => gatherer.add(item)));
    expect(all.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(all[0]).toMatchObject({ reason: new Error('the first group') });
  });

  it('holds up no other for one that takes longer, and fails one for its own fault', async () => {
    let answer: (value: number) => void = () => {};
    const slow = new Promise<number>((resolve) => {
      answer = resolve;
    });
    const groups: (readonly string[])[] = [];
    const gatherer = createGatherer<string, number>(async (items) => {
      groups.push(items);
      return items.map((item) => {
        if (item === 'slow') return slow;
        return item === 'bad' ? Promise.reject(new Error('its own fault')) : 1;
      });
    }, 10);
    const taken = gatherer.add('slow');
    const bad = gatherer.add('bad');
    expect(await gatherer.add('quick')).toBe(1);
    await expect(bad).rejects.toThrow('its own fault');
    expect(await gatherer.add('next')).toBe(1);
    expect(groups).toEqual([['slow', 'bad', 'quick'], ['next']]);
    answer(2);
    expect(await taken).toBe(2);
  });

  it('fails an item of which nothing was said, and no other', async () => {
    const gatherer = createGatherer<number, number>(async (items) => items.slice(0, 1), 10);
    const [first, second] = await Promise.allSettled([gatherer.add(1), gatherer.add(2)]);
    expect(first).toMatchObject({ status: 'fulfilled', value: 1 });
    expect(second).toMatchObject({ status: 'rejected' });
  });
});
