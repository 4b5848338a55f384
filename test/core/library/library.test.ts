import fc from 'fast-check';
import { LONGEST_LIBRARY, MOST_ENTRIES, parseLibrary } from '../../../src/core/library/library.ts';
import { finish } from '../../../src/core/reading/work.ts';

const zotero = String.raw`
@misc{okafor_reefs_2025,
	title = {{ReefNet}: {Bleaching} of {Coral} {Reefs} at 0.5 \% and {B\"ucker}'s $\alpha$},
	url = {http://arxiv.org/abs/2503.01234},
	doi = {10.48550/arXiv.2503.01234},
	abstract = {Warm summers bleach \emph{coral} reefs.
We measured 40 reefs.},
	publisher = {arXiv},
	author = {Okafor, Maya and M{\"u}ller, Jan},
	month = mar,
	year = {2025},
	note = {arXiv:2503.01234 [cs]},
	file = {PDF:C\:\\papers\\a.pdf:application/pdf},
}

@article(knuth84, author = "Knuth, D. E.", title = "Literate " # "Programming", journal = jrn,
  volume = 27)
`;

const read = (pasted: string) => finish(parseLibrary(pasted));

describe('a library', () => {
  it('is read from arXiv ids, links and DOIs, one a line', () => {
    const { entries, faults } = read(
      [
        '2503.01234v2',
        'https://arxiv.org/abs/2503.01235',
        '- https://arxiv.org/pdf/2503.01236v1.pdf,',
        'arXiv:hep-th/9901001',
        '',
        '# my papers',
        'https://doi.org/10.1101/2025.05.07.652345',
        '2503.01234',
        'the one about reefs',
      ].join('\r\n'),
    );
    expect(entries.map(({ key, line }) => [line, key])).toEqual([
      [1, 'arxiv:2503.01234'],
      [2, 'arxiv:2503.01235'],
      [3, 'arxiv:2503.01236'],
      [4, 'arxiv:hep-th/9901001'],
      [7, 'doi:10.1101/2025.05.07.652345'],
    ]);
    expect(faults).toMatchObject([{ line: 9, text: 'the one about reefs' }]);
  });

  it('says what to paste instead of a link that only its site understands', () => {
    const { faults } = read('https://ieeexplore.ieee.org/document/9366721');
    expect(faults).toMatchObject([{ problem: expect.stringContaining('of IEEE Xplore alone') }]);
    expect(read('https://www.semanticscholar.org/arxiv/2503.01234').faults).toEqual([]);
  });

  it('is read from BibTeX as reference managers export it', () => {
    const { entries, faults } = read(zotero);
    expect(faults).toEqual([]);
    expect(entries).toMatchObject([
      {
        line: 2,
        key: 'arxiv:2503.01234',
        title: "ReefNet: Bleaching of Coral Reefs at 0.5 % and Bücker's α",
        abstract: 'Warm summers bleach coral reefs. We measured 40 reefs.',
      },
      { line: 16, title: 'Literate Programming', abstract: null },
    ]);
    expect(entries[1]?.key).toMatch(/^title:[0-9a-f]{32}$/);
  });

  it('finds the arXiv id wherever exports put it', () => {
    const keyOf = (fields: string) => read(`@misc{a, title={T}, ${fields}}`).entries[0]?.key;
    expect(keyOf('eprint = {2503.01234}, archivePrefix = {arXiv}')).toBe('arxiv:2503.01234');
    expect(keyOf('journal = {arXiv preprint arXiv:2503.01234}')).toBe('arxiv:2503.01234');
    expect(keyOf('eprint = {2503.01234}, eprinttype = {pubmed}')).toMatch(/^title:/);
    expect(keyOf('doi = {10.1000/A\\_B}')).toBe('doi:10.1000/a_b');
    expect(keyOf('pmid = {123}')).toBe('pmid:123');
  });

  it('passes over what is broken, says where, and reads what comes after', () => {
    const { entries, faults, faultCount } = read(
      [
        '@comment{jabref-meta: databaseType:bibtex;}',
        '@string{jrn = "A Journal"}',
        '@article{open, title = {Never closed',
        '  year = 2025',
        '@article{none, year = 2025}',
        '@article{good, title = {A good one}, year = }',
        '@article{, title = "Without a key"} @misc{x, title = {On the same line}}',
      ].join('\n'),
    );
    expect(entries.map(({ line, title }) => [line, title])).toEqual([
      [6, 'A good one'],
      [7, 'Without a key'],
      [7, 'On the same line'],
    ]);
    expect(faults.map(({ line, problem }) => [line, problem])).toEqual([
      [3, 'The braces or quotes of this entry do not close.'],
      [5, 'This entry has no title and no id.'],
    ]);
    expect(faultCount).toBe(2);
  });

  it('holds a bounded number of papers and says where it stopped', () => {
    const ids = Array.from({ length: MOST_ENTRIES + 5 }, (_, at) => `2503.${10_000 + at}`);
    const { entries, faults } = read(ids.join('\n'));
    expect(entries).toHaveLength(MOST_ENTRIES);
    expect(faults).toMatchObject([{ line: MOST_ENTRIES + 1 }]);
  });

  it.each([
    ['braces', '{'],
    ['entries that do not close', '@a{b,t={'],
    ['entries that do not close, one a line', '@a{b,t={\n'],
    ['closed entries on one line', '@a{b,title={c}}'],
    ['quotes', '@a{b,t="'],
    ['parts', '@a{b,t={c}#\n'],
    ['DOIs in one word', 'doi:10.1234/'],
    ['ids in one word', 'arxiv:'],
    ['blanks', ' '],
    ['control characters', '\u0000\u0007\r'],
    ['HTML', '<b>&lt;script&gt;</b>\n'],
  ])('reads a megabyte of %s in no time', (_, text) => {
    const pasted = `@a{b,title={${'x'.repeat(9)}},abstract={`
      .concat(text.repeat(Math.floor(LONGEST_LIBRARY / text.length / 2)), '}}\n')
      .concat(text.repeat(Math.floor(LONGEST_LIBRARY / text.length / 2)), ' x');
    const began = process.cpuUsage();
    const { faults } = read(pasted);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2_000);
    expect(faults.length).toBeLessThanOrEqual(100);
  });

  it('shows nothing of markup or control characters', () => {
    const { entries } = read(
      '@a{b, title={<script>alert(1)</script>Reefs\u0007 &amp; <b>Birds</b>\u202e}}',
    );
    expect(entries[0]?.title).toBe('Reefs & Birds');
  });

  it('never throws, and finds every title that was written well', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        read(text);
        read(`@article{${text}`);
      }),
    );
    const word = fc.stringMatching(/^[a-z]{2,12}$/);
    const titles = fc.uniqueArray(fc.array(word, { minLength: 2, maxLength: 8 }), {
      selector: (words) => words.join(''),
      maxLength: 20,
    });
    const wrap = fc.constantFrom(
      (title: string) => `{${title}}`,
      (title: string) => `"${title}"`,
      (title: string) => `{{${title}}}`,
    );
    fc.assert(
      fc.property(titles, wrap, fc.constantFrom('\n', '\r\n', '\r'), (all, put, end) => {
        const text = all
          .map((words, at) => `@misc{k${at},${end}  title = ${put(words.join(' '))},${end}}`)
          .join(end);
        const { entries, faults } = read(text);
        expect(faults).toEqual([]);
        expect(entries.map(({ title }) => title)).toEqual(all.map((words) => words.join(' ')));
      }),
    );
  });
});
