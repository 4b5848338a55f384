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

  it('leaves two papers apart whose ids differ, however much they look alike', () => {
    const issue = (genus: string, doi: string, page: string) => ({
      title: `A new species of ${genus} wasp from Brazil`,
      abstract: `Volume 56, Issue 3, December 2026, Page ${page}.`,
      ids: { doi },
    });
    const wasps = [
      issue('Aulacus', '10.1080/77.2026.1', '163-175'),
      issue('Bracon', '10.1080/77.2026.2', '176-181'),
    ];
    expect(finish(findDuplicates(wasps))).toEqual([0, 1]);
    for (const ids of [
      [{ doi: '10.5555/a' }, { doi: '10.5555/b' }],
      [{ pmid: '7' }, { pmid: '8' }],
      [{ arxiv: '2607.00001' }, { arxiv: '2607.00002' }],
    ]) {
      const twins = ids.map((id) => ({ ...preprint, authors: [{ name: 'Ann Example' }], ids: id }));
      expect(finish(findDuplicates(twins))).toEqual([0, 1]);
    }
  });

  it('joins a preprint and its article: the same authors and nearly the same title', () => {
    const authors = [{ name: 'Ann Example' }, { name: 'Bo Sample' }];
    const before = { ...preprint, authors, ids: { doi: '10.26434/chemrxiv.5555' } };
    const after = { ...journal, authors: [{ name: 'Example A' }], ids: { doi: '10.5555/eel.1' } };
    const joined = (other: object) => finish(findDuplicates([{ ...before, ...other }, after]));
    expect(joined({})).toEqual([1, 1]);
    expect(joined({ abstract: '', title: after.title })).toEqual([1, 1]);
    expect(joined({ authors: [{ name: 'Cy Muster' }] })).toEqual([0, 1]);
    expect(joined({ title: 'Tags that eels carry' })).toEqual([0, 1]);
    // Two of one server are two.
    expect(
      finish(findDuplicates([before, { ...before, ids: { doi: '10.26434/chemrxiv.5556' } }])),
    ).toEqual([0, 1]);
  });

  it('never takes a correction or a reply for a copy of its paper', () => {
    for (const opening of ['Publisher Correction: ', 'Reply to: ', 'Erratum to: ']) {
      const remark = { ...journal, title: `${opening}${journal.title}` };
      expect(finish(findDuplicates([journal, remark]))).toEqual([0, 1]);
    }
  });

  it('takes a text that papers of several titles share for none', () => {
    const boilerplate =
      'This article appeared in the third issue of the journal, which is published by the society.';
    const of = (title: string) => ({ title, abstract: boilerplate });
    const issue = ['Aulacus', 'Bracon', 'Cotesia'].map((genus) =>
      of(`A new species of ${genus} wasp from Brazil`),
    );
    expect(finish(findDuplicates(issue))).toEqual([0, 1, 2]);
  });

  it('does not join without ids what other people wrote', () => {
    const by = (name: string) => ({ ...preprint, authors: [{ name }] });
    expect(finish(findDuplicates([by('Ann Example'), by('Bo Sample')]))).toEqual([0, 1]);
    expect(finish(findDuplicates([by('Ann Example'), by('Example A')]))).toEqual([0, 0]);
  });
});
