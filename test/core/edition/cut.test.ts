import { buildEdition } from '../../../src/core/edition/cut.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { LONGEST_ABSTRACT } from '../../../src/core/text/text.ts';
import { makePapers } from '../../harness/papers.ts';

describe('the cut of an edition', () => {
  const papers = makePapers('cut', 30).map((paper, index) => ({ ...paper, id: index + 1 }));

  it('pauses at each paper, whatever is done to it', () => {
    let pauses = 0;
    for (const _ of buildEdition(papers)) pauses += 1;
    // To compare it, group it, name its group and summarise it.
    expect(pauses).toBeGreaterThanOrEqual(4 * papers.length);
  });

  it('reads the beginning of an abstract that has no end', () => {
    const long = papers.map((paper) => {
      const rest = ' Is it so?'.repeat(LONGEST_ABSTRACT / 10);
      return { ...paper, abstract: `${paper.abstract}${rest}`.slice(0, LONGEST_ABSTRACT) };
    });
    const began = process.cpuUsage();
    const { entries } = finish(buildEdition(long));
    // Each took seconds once, and a hundredth of one since.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(long.length / 3);
    expect(entries).toHaveLength(papers.length);
    expect(entries.every(({ summary }) => summary.length > 0)).toBe(true);
  });
});
