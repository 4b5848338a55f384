import { bound } from '../../../src/steps/signals/bounded.ts';

describe('bounded work', () => {
  it('is begun once for all who wait, and anew for whoever comes after', async () => {
    let begun = 0;
    const work = bound(async () => {
      begun += 1;
      return begun;
    });
    expect(await Promise.all([work.within(1000, 'late'), work.within(1000, 'late')])).toEqual([
      1, 1,
    ]);
    expect(await work.within(1000, 'late')).toBe(2);
  });

  it('is waited for so long, and what hangs is not begun a second time', async () => {
    let begun = 0;
    let end = (_value: string) => {};
    const work = bound(() => {
      begun += 1;
      return new Promise<string>((resolve) => {
        end = resolve;
      });
    });
    await expect(work.within(20, 'too late')).rejects.toThrow('too late');
    await expect(work.within(20, 'too late')).rejects.toThrow('too late');
    expect(begun).toBe(1);
    end('done');
    // Whoever asks while it ends hears of it; the next begins anew.
    await expect(work.within(1000, 'late')).resolves.toBe('done');
    void work.within(1000, 'late');
    expect(begun).toBe(2);
    end('done');
  });

  it('fails as its work does, and is tried again', async () => {
    let isAway = true;
    const work = bound(async () => {
      if (isAway) throw new Error('away');
      return 'back';
    });
    await expect(work.within(1000, 'late')).rejects.toThrow('away');
    isAway = false;
    await expect(work.within(1000, 'late')).resolves.toBe('back');
  });
});
