import { parsePaperList } from '../../../src/core/paper/paper-list.ts';

const abstract =
  'Shade slows the bleaching of coral reefs. We measured forty of them over ten summers, twice a week.';

describe('the import format', () => {
  it('skips a header of short lines, and reads titles and abstracts in turn', () => {
    const text = `new\n\nGet mail!\n\nMay 7\n\nFirst title\n\n${abstract}\n\nSecond\ntitle\n\n${abstract}\n`;
    const papers = parsePaperList(text, new Date('2025-05-07T00:00:00Z'));
    expect(papers.map(({ title }) => title)).toEqual(['First title', 'Second title']);
    expect(papers[0]).toMatchObject({
      abstract,
      authors: [],
      ids: {},
      publishedAt: new Date('2025-05-07T00:00:00Z'),
    });
  });

  it('makes TeX readable, takes any line end and a byte order mark', () => {
    const text = `\uFEFFA~title of \\oni\r\n\r\n\`\`Quotes'' at \\url{https://x.example} cost 5\\%. ${abstract}\r\n`;
    expect(parsePaperList(text)[0]).toMatchObject({
      title: 'A title of oni',
      abstract: `“Quotes” at https://x.example cost 5%. ${abstract}`,
    });
  });

  it.each([
    ['an empty file', ' \n', /line 1: the file is empty/],
    ['a file of something else', '{"a": 1}\n\n[1, 2]\n', /line 1: no title/],
    [
      'a title without an abstract',
      `One\n\n${abstract}\n\nTwo\n`,
      /line 5: the title "Two" has no abstract/,
    ],
    [
      'an abstract too short for one',
      `One\n\n${abstract}\n\nTwo\n\nShort.\n`,
      /line 7: an abstract of "Two" was expected/,
    ],
    [
      'an abstract without a title',
      `One\n\n${abstract}\n\n${abstract.repeat(9)}\n\n${abstract}\n`,
      /line 5: a title was expected/,
    ],
  ])('says what is wrong with %s, and where', (_what, text, message) => {
    expect(() => parsePaperList(text)).toThrow(message);
    expect(() => parsePaperList(text)).toThrow(
      /The format is: a title, a blank line, its abstract/,
    );
  });
});
