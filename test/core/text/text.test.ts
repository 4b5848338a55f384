import fc from 'fast-check';
import { MOST_GROWTH } from '../../../src/core/text/tex.ts';
import {
  cleanAbstract,
  cleanName,
  cleanText,
  cleanTitle,
  LONGEST_ABSTRACT,
  LONGEST_NAME,
  LONGEST_TITLE,
  shortenText,
} from '../../../src/core/text/text.ts';

describe('cleanText', () => {
  it.each([
    ['n < m & p > q', 'n < m & p > q'],
    ['n &lt; m &amp; p &gt; q', 'n < m & p > q'],
    ['&lt;i&gt;Homo&lt;/i&gt; sp.', 'Homo sp.'],
    ['&amp;lt;i&amp;gt;Homo&amp;lt;/i&amp;gt; sp.', 'Homo sp.'],
    ['caf&#233; &eacute; &#x3b1;', 'café é α'],
    ['&notanentity; R&D AT&T', '&notanentity; R&D AT&T'],
    ['a&nbsp;b&thinsp;c', 'a b c'],
    ['<p>One.</p><p>Two.</p>', 'One. Two.'],
    ['one<br/>two<br>three', 'one two three'],
    ['<scp>DNA</scp> of <em class="x">E. coli</em>', 'DNA of E. coli'],
    ['<jats:sec><jats:title>Aim</jats:title><jats:p>We</jats:p></jats:sec>', 'Aim We'],
    ['H<sub>2</sub>O, 10<sup>-3</sup>, Ca<sup>2+</sup>', 'H₂O, 10⁻³, Ca²⁺'],
    ['T<sub>max</sub>, 1<sup>st</sup>, x<sub><i>n</i></sub>', 'Tmax, 1st, xₙ'],
    ['<a href="x?a>b">link</a> <img src=x onerror=alert(1)>end', 'link end'],
    ['a<script>alert("<b>")</script>b', 'a b'],
    ['<style type="text/css">p { color: red }</style>y', 'y'],
    ['a &lt;script&gt;evil()&lt;/script&gt; b', 'a b'],
    ['the <script> tag', 'the tag'],
    ['<!-- <b>x</b> -->y<![CDATA[z]]>', 'yz'],
    ['x<i and j>k, $a<b$ and c>d', 'x<i and j>k, a<b and c>d'],
    ['a <think> token, List<String>', 'a <think> token, List<String>'],
    ['<mml:msup><mml:mi>x</mml:mi> <mml:mn>2</mml:mn></mml:msup>', 'x²'],
    ['<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>', 'a/b'],
    ['<math><msqrt><mi>s</mi></msqrt><mspace/><mo>=</mo></math>', '√s='],
    ['<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>', 'xᵢ²'],
    [
      '<alternatives><tex-math>$x^2$</tex-math><mml:math><mml:mi>y</mml:mi></mml:math></alternatives>',
      'y',
    ],
    ['<tex-math>$x^2$</tex-math>', 'x²'],
    ['<math><mi>y</mi><annotation encoding="application/x-tex">y</annotation></math>', 'y'],
    ['with &lt; 5\\% error and $\\alpha &gt; 0$', 'with < 5% error and α > 0'],
    ['a\u0000b\u0007c\u202ed\u2066e\u200bf\ufeffg\u00adh\u007fi\u0085j', 'abcdefghi j'],
    ['one\r\n\ttwo\u2028three\u3000four ', 'one two three four'],
    ['e\u0301 \ufb01', 'é \ufb01'],
    ['می\u200cخواهم a\u200db', 'می\u200cخواهم ab'],
    [`Z${'\u0335'.repeat(50)}`, `Z${'\u0335'.repeat(4)}`],
    ['\ud800lone', 'lone'],
    ['CO<inf>2</inf>, <ce:italic>E. coli</ce:italic>', 'CO₂, E. coli'],
    ['<x:div>H<x:sub>2</x:sub>O</x:div>', 'H₂O'],
    ['<sec><st>Aim</st> <l type="unord"><p>We</p></l></sec>', 'Aim We'],
    ['a <x:think> token, map<std:string>', 'a <x:think> token, map<std:string>'],
    ['C\uf8ffH and N\uf8feN, \uf061-rays \ue123', 'C–H and N=N, α-rays'],
    ['__proto__ and constructor', '__proto__ and constructor'],
  ])('%j', (raw, text) => {
    expect(cleanText(raw)).toBe(text);
    expect(cleanText(text)).toBe(text);
  });

  const TOKENS =
    `& &amp; &lt; &gt; &amp;lt; &#60; &#x26; amp; lt; < > / </ <i> </i> <sub> </sub> <sup> <p> </p>
    <script> </script> <style> </style> <math> <msup> </msup> <mi> </mi> <msub> <mml:mi> <!-- --> ]]> <![CDATA[
    <i\u0020a=1> i b = " ' $ \\ { } ^ _ \\alpha \\& \\{ \\} 2 x \u0301 \u0327 \u202e \u200d \u200c \u0000 \u0085
    ا ﬁ \u1100 \u1161 \u1fef \ufb2c \ud834\udd60 - -- ~ \` \u00ad \u3164`.split(/\s+/);
  const markup = fc
    .array(fc.oneof(fc.constantFrom(...TOKENS, ' ', '\n'), fc.string({ unit: 'binary' })), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));

  it('is idempotent, bounded and free of controls for any text', () => {
    fc.assert(
      fc.property(markup, (raw) => {
        const text = cleanText(raw);
        expect(cleanText(text)).toBe(text);
        expect(text.length).toBeLessThanOrEqual(MOST_GROWTH * raw.length);
        expect(text).not.toMatch(
          /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
        );
        expect(text).not.toMatch(/^\s|\s$|\s\s|[^\S ]/);
        expect(text).toBe(text.normalize('NFC'));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['<', '<i ', '&amp;', '<script>', '<sub>', '<msup>', '<i a=1 ', '<!--', '\u0300', ' '])(
    'reads a long run of %j',
    (token) => {
      const raw = token.repeat(200_000 / token.length);
      expect(cleanText(raw).length).toBeLessThanOrEqual(raw.length);
    },
  );

  it('reads ten thousand nested tags', () => {
    expect(cleanText(`${'<div><msup>'.repeat(10_000)}x${'</msup></div>'.repeat(10_000)}`)).toBe(
      'x',
    );
  });
});

describe('cleanTitle', () => {
  it('keeps a title within its bound', () => {
    expect(cleanTitle(' A <i>title</i> of $\\alpha$ ')).toBe('A title of α');
    expect([...cleanTitle('word '.repeat(200_000))].length).toBeLessThanOrEqual(LONGEST_TITLE);
    expect([...cleanTitle('𝔸'.repeat(500_000))]).toHaveLength(LONGEST_TITLE);
  });
});

describe('cleanName', () => {
  it.each([
    [" P\\'erez, ", 'Pérez'],
    ['\n   Jean-Michel~Dupont;', 'Jean-Michel Dupont'],
    ['O&#39;Neil, Jr.', "O'Neil, Jr."],
    [',', ''],
  ])('%j', (raw, name) => {
    expect(cleanName(raw)).toBe(name);
  });

  it('keeps a name within its bound', () => {
    expect([...cleanName('x'.repeat(100_000))]).toHaveLength(LONGEST_NAME);
  });
});

describe('cleanAbstract', () => {
  it.each([
    ['<jats:title>Abstract</jats:title><jats:p>We show</jats:p>', 'We show'],
    ['&lt;h3&gt;Abstract&lt;/h3&gt;&lt;p&gt;We show&lt;/p&gt;', 'We show'],
    ['<span class="x"><div class="boxTitle">Abstract</div>We show</span>', 'We show'],
    ['Abstract: We show', 'We show'],
    ['abstract. We show', 'We show'],
    ['Abstract — We show', 'We show'],
    ['Resumen: Contamos', 'Contamos'],
    ['<h4>Zusammenfassung</h4>Wir zählen', 'Wir zählen'],
    ['\nAbstract\nWe show', 'We show'],
    ['ABSTRACT We show', 'We show'],
    ['Abstract', ''],
    ['Abstract interpretation is sound', 'Abstract interpretation is sound'],
    ['Abstract Syntax Trees (ASTs)', 'Abstract Syntax Trees (ASTs)'],
    ['Abstraction: a survey', 'Abstraction: a survey'],
    ['We show. Abstract: no', 'We show. Abstract: no'],
    ['', ''],
  ])('%j', (raw, text) => {
    expect(cleanAbstract(raw)).toBe(text);
  });

  it('keeps an abstract within its bound', () => {
    const text = cleanAbstract('A word & more. '.repeat(100_000));
    expect([...text].length).toBeLessThanOrEqual(LONGEST_ABSTRACT);
    expect(text.slice(-12)).toMatch(/\w…$/);
  });
});

describe('shortenText', () => {
  it.each([
    ['short', 5, 'short'],
    ['hello brave new world', 12, 'hello brave…'],
    ['hello brave new world', 13, 'hello brave…'],
    ['hello brave new world', 16, 'hello brave new…'],
    ['one, two', 6, 'one…'],
    ['aaaaaaaaaaaa', 5, 'aaaa…'],
    ['𝔸𝔸𝔸𝔸', 3, '𝔸𝔸…'],
    ['日本 日本語日本語', 8, '日本 日本語日…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['', 0, ''],
  ])('%j to %i', (text, most, short) => {
    expect(shortenText(text, most)).toBe(short);
  });

  it('never exceeds its bound nor splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, most) => {
        const short = shortenText(text, most);
        expect([...short].length).toBeLessThanOrEqual(most);
        expect(short).not.toMatch(/\p{Cs}/u);
        if ([...text].length <= most) expect(short).toBe(text);
      }),
    );
  });
});
