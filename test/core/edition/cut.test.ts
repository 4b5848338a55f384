import { buildEdition, PAUSES_A_PAPER } from '../../../src/core/edition/cut.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { LONGEST_ABSTRACT } from '../../../src/core/text/text.ts';
import { makePapers } from '../../harness/papers.ts';

describe('the cut of an edition', () => {
  const papers = makePapers('cut', 30).map((paper, index) => ({ ...paper, id: index + 1 }));

  it('pauses at each paper, whatever is done to it', () => {
    let pauses = 0;
    for (const _ of buildEdition(papers)) pauses += 1;
    // To compare it, group it, name its group and summarise it.
    expect(pauses / papers.length).toBeGreaterThan(PAUSES_A_PAPER * 0.8);
    expect(pauses / papers.length).toBeLessThan(PAUSES_A_PAPER * 1.2);
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

  it('puts what is no research behind the papers, in groups by kind', () => {
    const kinds = ['news', undefined, 'correction', 'review', 'retraction', 'editorial'] as const;
    const papers = kinds.map((kind, at) => ({
      ...{ id: at + 1, title: `Moss ${'abcdef'[at]} on walls`, abstract: '', authors: [] },
      ...{ categories: [], ids: {}, ...(kind && { kind }) },
    }));
    const { groups, entries } = finish(buildEdition(papers));
    const shown = groups.map(({ number, label, overview }) => [
      label,
      overview,
      entries.filter(({ groupNumber }) => groupNumber === number).map(({ paperId }) => paperId),
    ]);
    expect(shown.at(0)?.at(2)).toEqual([2, 4]);
    expect(shown.slice(1)).toEqual([
      ['Corrections and retractions', '2 notes on earlier papers.', [3, 5]],
      ['Editorials and comment', '1 text of opinion.', [6]],
      ['News and reports', '1 text about science.', [1]],
    ]);
  });
});
