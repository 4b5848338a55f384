import { openProgress } from '../../src/cli/progress.ts';

function openScreen(isTTY: boolean) {
  const written: string[] = [];
  let at = 1_000;
  const out = { isTTY, write: (text: string) => written.push(text) > 0 };
  const bar = openProgress(out, () => at);
  return {
    written,
    ...bar,
    wait: (ms: number) => {
      at += ms;
    },
  };
}

describe('the progress of long work', () => {
  it('is a bar on a terminal, redrawn in its place and taken away', () => {
    const { progress, close, written, wait } = openScreen(true);
    progress(1, 4, 'feeds');
    progress(2, 4, 'feeds');
    wait(100);
    progress(3, 4, 'feeds');
    progress(4, 4, 'feeds');
    close();
    expect(written).toEqual([
      `\r\x1b[K[${'#'.repeat(7)}${'-'.repeat(21)}]  25 %  1 of 4 feeds`,
      `\r\x1b[K[${'#'.repeat(21)}${'-'.repeat(7)}]  75 %  3 of 4 feeds`,
      `\r\x1b[K[${'#'.repeat(28)}] 100 %  4 of 4 feeds`,
      '\r\x1b[K',
    ]);
  });

  it('counts where nobody knows how much there is', () => {
    const { progress, written } = openScreen(true);
    progress(500, null, 'rows');
    expect(written).toEqual(['\r\x1b[K500 rows']);
  });

  it('is a plain line now and then in a file, and nothing where the work is short', () => {
    const { progress, close, written, wait } = openScreen(false);
    for (let second = 0; second < 11; second += 1) {
      progress(second, 20, 'readers');
      wait(1_000);
    }
    close();
    expect(written).toEqual(['5 of 20 readers\n', '10 of 20 readers\n']);
  });
});
