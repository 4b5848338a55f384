import fc from 'fast-check';
import { excerptMarked, markWords } from '../../../src/core/search/mark.ts';
import { readSearch, type SearchQuery } from '../../../src/core/search/query.ts';
import { readDates } from '../../../src/core/search/query-dates.ts';
import { buildVectors } from '../../../src/core/search/vector.ts';
import { wordsIn } from '../../../src/core/search/words.ts';

const read = (typed: string): SearchQuery => {
  const query = readSearch(typed);
  if ('fault' in query) throw new Error(query.fault);
  return query;
};

describe('words of science', () => {
  const wholes = (text: string) => wordsIn(text).map(({ whole }) => whole);

  it.each([
    ['SARS-CoV-2', 'sars‑cov‑2', 'SARS-CoV2', 'sarscov2'],
    ['IL-6', 'IL6', 'il–6'],
    ['TGF-β1', 'TGF-beta1', 'tgfβ1', 'TGF-beta-1'],
    ['COVID-19', 'Covid19'],
    ['RNA-seq', 'RNAseq', 'rna–Seq'],
    ['C–H', 'C-H', 'ch'],
    ['naïve', 'naive', 'NAÏVE'],
    ['Gödel', 'Godel'],
    ['H₂O', 'H2O'],
    ['transformers', 'transformer'],
    ['αβ', 'alpha-beta'],
  ])('are one however they are written: %s', (...spellings) => {
    expect(new Set(spellings.flatMap(wholes)).size).toBe(1);
  });

  it('are two where a stroke parts them', () => {
    expect(wholes('p53/MDM2')).toEqual(['p53', 'mdm2']);
  });

  it('stand where they say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        let last = 0;
        for (const { start, end, parts } of wordsIn(text)) {
          if (start < last || end <= start || end > text.length || parts.length === 0) return false;
          last = end;
        }
        return true;
      }),
    );
  });
});

describe('a search', () => {
  it.each([
    ['reefs', "'reef'"],
    ['IL-6', "('il6' | ('il' <-> '6'))"],
    ['"gut brain" axis', "('gut' <-> 'brain') & 'axi'"],
    ['reefs -shade', "'reef' & !'shade'"],
    ['transformer*', "'transform':*"],
    ['author:Núñez', "'@nunez'"],
    ['author:"J. Smith"', "'@j' & '@smith'"],
    ['category:cs.LG', "'#cs.lg'"],
    ['the role of reefs', "('role' | 'rolereef') & ('reef' | 'rolereef')"],
    ['the', "'the'"],
  ])('of %s asks', (typed, match) => {
    expect(read(typed).match).toBe(match);
  });

  it('takes what stands side by side for one word too', () => {
    expect(read('RNA seq').match).toBe("('rna' | 'rnaseq') & ('seq' | 'rnaseq')");
  });

  it.each([
    ['2025', '2025-01-01', '2025-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025-05-07', '2025-05-07', '2025-05-07'],
    ['2025-05..2025-07', '2025-05-01', '2025-07-31'],
    ['2025..', '2025-01-01', undefined],
    ['..2025-05', undefined, '2025-05-31'],
  ])('reads the date %s', (text, from, to) => {
    expect(readDates(text)).toEqual({ ...(from && { from }), ...(to && { to }) });
  });

  it.each(['', '..', '25', '2025-13', '2025-02-30', '2026..2025', 'May', '2025..2026..2027'])(
    'knows no date "%s"',
    (text) => {
      expect(readDates(text)).toBeUndefined();
    },
  );

  it.each([
    ['', /no word/],
    ['?!', /no word/],
    ['-reefs', /besides what it leaves out/],
    ['"open', /quotation mark stands alone/],
    ['a*', /too short/],
    ['date:soon', /"soon" is no date/],
    ['x'.repeat(201), /at most 200/],
    ['a1 b2 c3 d4 e5 f6 g7 h8 i9 j1 k2 l3 m4 n5 o6 p7 q8 r9 s1 t2 u3 v4 w5 x6 y7', /at most 24/],
  ])('says what is wrong with "%s"', (typed, words) => {
    expect(readSearch(typed)).toEqual({ fault: expect.stringMatching(words) });
  });

  it('may be dates alone', () => {
    expect(read('date:2025').match).toBeUndefined();
  });

  it('never throws, and closes all that it opens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (typed) => {
        const query = readSearch(typed);
        if ('fault' in query) return true;
        const match = query.match ?? '';
        return (match.match(/'/g)?.length ?? 0) % 2 === 0 && !match.includes("''");
      }),
    );
  });
});

describe('the stored words of a paper', () => {
  it('have weights, places and marks', () => {
    const { head, words } = buildVectors({
      title: 'IL-6 in reefs',
      abstract: 'Reefs grow.',
      authors: [{ name: 'Ada Núñez' }],
      categories: ['q-bio.NC'],
      keywords: ['corals'],
      group: 'Immune cells',
    });
    expect(head).toBe(
      "'il':1A '6':2A 'il6':1A 'in':3A 'reef':4A 'ada':15B 'nunez':16B 'immun':27C 'cell':28C 'coral':39C",
    );
    expect(words).toContain("'reef':4A,50D");
    for (const mark of ['@ada', '@nunez', '@=ada-nunez', '#q-bio.nc', '#q-bio']) {
      expect(words).toContain(`'${mark}'`);
    }
  });
});

describe('marks in a text', () => {
  const say = (pieces: ReturnType<typeof markWords>) =>
    pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('');

  it.each([
    ['il-6', 'Serum IL6 and IL-6R in mice', 'Serum [IL6] and [IL-6R] in mice'],
    ['naive bayes', 'A Naïve-Bayes model', 'A [Naïve-Bayes] model'],
    ['trans*', 'Transformers and Transfer', '[Transformers] and [Transfer]'],
    ['reef -shade', 'reef in shade', '[reef] in shade'],
  ])('of %s', (typed, text, marked) => {
    expect(say(markWords(text, read(typed).marks))).toBe(marked);
  });

  it('are in the stretch that is shown', () => {
    const text = `${'Nothing is said here. '.repeat(40)}Then coral reefs grow. ${'More. '.repeat(80)}`;
    const shown = say(excerptMarked(text, read('coral reefs').marks, 200));
    expect(shown).toMatch(/^… .*\[coral\] \[reefs\]/);
    expect(shown.length).toBeLessThan(220);
  });

  it('change no letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        (text, typed) => {
          const query = readSearch(typed);
          if ('fault' in query) return true;
          return (
            markWords(text, query.marks)
              .map((piece) => piece.text)
              .join('') === text
          );
        },
      ),
    );
  });
});

describe('odd searches', () => {
  it.each([
    ['reefs "*"', "'reef'"],
    ['"coral reefs*"', "'coral' | 'reef'"],
  ])('take a star within quotes for a sign: %s', (typed, order) => {
    expect(read(typed).order).toBe(order);
  });

  it('need something behind a field', () => {
    for (const typed of ['author:', 'reefs category: corals', '-date:""']) {
      expect(readSearch(typed)).toEqual({ fault: expect.stringMatching(/^Nothing stands behind/) });
    }
  });

  it('propose a topic of words alone', () => {
    expect(read('corals & reefs | !deep <-> sea').topic).toBe('corals reefs !deep sea');
  });
});
