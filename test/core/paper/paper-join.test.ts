import * as fc from 'fast-check';
import { type Paper, type PaperIds, paperKeys } from '../../../src/core/paper/paper.ts';
import { joinPapers, type Work } from '../../../src/core/paper/paper-join.ts';

const paper = (title: string, ids: PaperIds = {}, more: Partial<Paper> = {}): Paper => ({
  title,
  abstract: '',
  authors: [],
  categories: [],
  ids,
  ...more,
});
const work = (id: number, given: Paper): Work => ({
  id,
  keys: new Set(paperKeys(given)),
  paper: given,
});
const ids = ({ works, workOf }: ReturnType<typeof joinPapers>) =>
  workOf.map((place) => (place === undefined ? 'left out' : (works[place]?.id ?? `new ${place}`)));

describe('joining papers', () => {
  it('finds two versions, two feeds and one id in two spellings to be one work', () => {
    const joining = joinPapers(
      [work(7, paper('On tides', { arxiv: '2607.00001' }))],
      [
        paper('On tides and more', { arxiv: '2607.00001' }),
        paper('On Tides', { doi: '10.48550/arxiv.2607.00001' }),
        paper('Something else', { doi: '10.1/x' }),
        paper('Something  else!', { pmid: '9' }),
      ],
    );
    expect(ids(joining)).toEqual([7, 7, 'new 1', 'new 1']);
    expect(joining.works[1]?.paper.ids).toEqual({ doi: '10.1/x', pmid: '9' });
  });

  it('knows a paper by its link when its DOI comes later', () => {
    const link = 'https://journal.example/7';
    const before = work(3, paper('A draft title', {}, { link }));
    const joining = joinPapers([before], [paper('The final title', { doi: '10.1/x' }, { link })]);
    expect(ids(joining)).toEqual([3]);
    expect(joining.works[0]?.paper.ids).toEqual({ doi: '10.1/x' });
  });

  it('takes no link for a key that papers of other titles share', () => {
    const link = 'https://journal.example/';
    const joining = joinPapers([], [paper('One', {}, { link }), paper('Two', {}, { link })]);
    expect(ids(joining)).toEqual(['new 0', 'new 1']);
  });

  it('lets the older take up the younger where a paper shows that they are one', () => {
    const known = [
      work(4, paper('B', { doi: '10.1/x' })),
      work(5, paper('A', { arxiv: '2607.00001' })),
    ];
    const joining = joinPapers(known, [paper('A', { arxiv: '2607.00001', doi: '10.1/x' })]);
    expect(joining.works).toHaveLength(1);
    expect(joining.works[0]).toMatchObject({ id: 4, absorbed: [{ id: 5 }] });
    expect(joining.works[0]?.paper.ids).toEqual({ arxiv: '2607.00001', doi: '10.1/x' });
    expect(ids(joining)).toEqual([4]);
  });

  it('leaves a disputed id where it was', () => {
    const known = [
      work(4, paper('B', { arxiv: '2607.00002', doi: '10.1/x' })),
      work(5, paper('A', { arxiv: '2607.00001' })),
    ];
    const joining = joinPapers(known, [paper('A', { arxiv: '2607.00001', doi: '10.1/x' })]);
    expect(joining.works.map(({ id, absorbed }) => [id, absorbed.length])).toEqual([
      [4, 0],
      [5, 0],
    ]);
    expect(ids(joining)).toEqual([5]);
  });

  it('leaves out what may only join a known work', () => {
    const [replaced, unknown] = [
      paper('T', { arxiv: '2607.00001' }),
      paper('U', { arxiv: '2607.00002' }),
    ];
    const known = [work(1, paper('T', { arxiv: '2607.00001' }))];
    const joining = joinPapers(known, [replaced, unknown], new Set([replaced, unknown]));
    expect(ids(joining)).toEqual([1, 'left out']);
    expect(joining.works).toHaveLength(1);
  });

  it('reads keys that an older version wrote as they are written today', () => {
    const link = 'https://j.example/science/article/pii/S0000000012345678';
    const stored = (id: number, given: Paper, ...keys: string[]): Work => ({
      id,
      keys: new Set([...keys, paperKeys(given).at(-1) ?? '']),
      paper: given,
    });
    const known = [
      stored(1, paper('Glue', {}, { link }), `link:${link.slice(8)}?dgcid=rss_sd_all`),
      stored(2, paper('Rain', { doi: '10.26434/chemrxiv.5/v1' }), 'doi:10.26434/chemrxiv.5/v1'),
      stored(3, paper('Rain', { doi: '10.26434/chemrxiv.5/v2' }), 'doi:10.26434/chemrxiv.5/v2'),
    ];
    const joining = joinPapers(known, [
      paper('Glue', { pii: 'S0000000012345678' }, { link }),
      paper('Rain', { doi: '10.26434/chemrxiv.5' }),
    ]);
    expect(ids(joining)).toEqual([1, 2]);
    expect(joining.works[1]).toMatchObject({
      paper: { ids: { doi: '10.26434/chemrxiv.5' } },
      absorbed: [{ id: 3 }],
    });
  });

  it('keeps of names and links that change at each fetch the first few', () => {
    let known: Work[] = [];
    for (let time = 0; time < 50; time += 1) {
      const link = `https://s.example/view?x=${time}`;
      const abstract = 'Tents leak, and we measure where and when in forty storms of winter.';
      const given = paper('Session', {}, { link, guid: `feed:${time}`, abstract });
      const { works } = joinPapers(known, [given]);
      known = works.map(({ keys, paper: one }) => ({ id: 1, keys, paper: one }));
    }
    expect(known).toHaveLength(1);
    expect(known[0]?.keys.size).toBeLessThan(20);
  });

  it('gives every paper a work that holds its first key, in whatever order they come', () => {
    const some = fc.array(
      fc
        .record({
          title: fc.constantFrom('a', 'b', 'c', 'd'),
          arxiv: fc.option(fc.constantFrom('2607.00001', '2607.00002'), { nil: undefined }),
          doi: fc.option(fc.constantFrom('10.1/x', '10.1/y', '10.1/z'), { nil: undefined }),
          pmid: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
        })
        .map(({ title, arxiv, doi, pmid }) =>
          paper(title, { ...(arxiv && { arxiv }), ...(doi && { doi }), ...(pmid && { pmid }) }),
        ),
      { maxLength: 8 },
    );
    void fc.assert(
      fc.property(some, (papers) => {
        const { works, workOf } = joinPapers([], papers);
        for (const [position, given] of papers.entries()) {
          const found = works[workOf[position] ?? -1];
          expect(found?.keys.has(paperKeys(given)[0] ?? '')).toBe(true);
        }
      }),
    );
  });
});
