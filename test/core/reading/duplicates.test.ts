import { findDuplicates } from '../../../src/core/reading/duplicates.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { day } from './texts.ts';

const preprint = {
  title: 'Tracking eels through the Sargasso Sea with small tags',
  abstract:
    'Where eels spawn has been a riddle for a century. We fixed small tags to forty silver eels and followed them from Irish rivers to the Sargasso Sea. Eleven tags surfaced within the spawning area in February.',
};
const journal = {
  title: 'Tracking European eels through the Sargasso Sea with small tags',
  abstract:
    'Where eels spawn has been a riddle for more than a century. We fixed small tags to forty silver eels and followed them from Irish rivers to the Sargasso Sea. Eleven tags surfaced within the spawning area in February. The route follows a thermal front.',
};

describe('findDuplicates', () => {
  it('points the shorter copy to the fuller, wherever they stand', () => {
    expect(finish(findDuplicates([preprint, ...day, journal]))).toEqual([
      9, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(finish(findDuplicates([journal, preprint, preprint]))).toEqual([0, 0, 0]);
  });

  it('leaves papers on one theme apart', () => {
    expect(finish(findDuplicates(day))).toEqual([...day.keys()]);
  });

  it('leaves papers that share a template apart', () => {
    const genome = (beast: string) => ({
      title: `The genome sequence of the ${beast}`,
      abstract: `We present a genome assembly from one adult ${beast}. The sequence spans 410 megabases and most of the assembly sits in thirty chromosomes, with the mitochondrial genome assembled as well.`,
    });
    expect(
      finish(findDuplicates([genome('marbled carpet moth'), genome('common darter dragonfly')])),
    ).toEqual([0, 1]);
  });

  it('leaves parts and releases apart', () => {
    const second = { ...preprint, title: `${preprint.title} II` };
    expect(finish(findDuplicates([preprint, second]))).toEqual([0, 1]);
  });

  it('leaves one title with other abstracts apart', () => {
    const other = { ...preprint, abstract: day[0]?.abstract ?? '' };
    expect(finish(findDuplicates([preprint, other]))).toEqual([0, 1]);
  });

  it('joins a copy without abstract by its title alone only where that is telling', () => {
    expect(finish(findDuplicates([{ ...preprint, abstract: '' }, preprint]))).toEqual([1, 1]);
    const note = { title: 'Erratum', abstract: '' };
    expect(finish(findDuplicates([note, note]))).toEqual([0, 1]);
    expect(finish(findDuplicates([]))).toEqual([]);
  });
});
