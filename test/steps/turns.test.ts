import { setImmediate as turn } from 'node:timers/promises';
import { createTurns } from '../../src/steps/turns.ts';

describe('costly requests', () => {
  it('are let in one at a time of a reader, two of all, in order; too many are not', async () => {
    const turns = createTurns();
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const ask = (reader: number, name: string) =>
      turns.take(reader, () => {
        begun.push(name);
        return new Promise<void>((end) => ends.set(name, end));
      });
    const asked = [ask(1, 'a'), ask(1, 'b'), ask(2, 'c'), ask(3, 'd')];
    await turn();
    expect(begun).toEqual(['a', 'c']);
    ends.get('c')?.();
    await turn();
    expect(begun).toEqual(['a', 'c', 'd']);
    ends.get('a')?.();
    await turn();
    expect(begun).toEqual(['a', 'c', 'd', 'b']);
    for (let more = 0; more < 5; more++) expect(ask(3, `more ${more}`)).toBeDefined();
    expect(ask(3, 'one too many')).toBeUndefined();
    for (let reader = 4; reader < 23; reader++) expect(ask(reader, 'full')).toBeDefined();
    expect(ask(23, 'the line is full')).toBeUndefined();
    expect(asked).not.toContain(undefined);
  });

  it('go on after one that failed', async () => {
    const turns = createTurns();
    const failed = turns.take(1, () => Promise.reject(new Error('no')));
    const next = turns.take(1, async () => 'done');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
