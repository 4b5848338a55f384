import { judgeLabel, judgeSummary } from '../../../src/core/reading/model-words.ts';

const paper = {
  title: 'Gulls over water',
  abstract:
    'Gulls hunt over open water. We followed 40 gulls by radar for two years and found that they dive 12.5% less often in wind.',
};

describe('a summary by a model', () => {
  it('says that it is one', () => {
    expect(
      judgeSummary('"Followed by radar, 40 gulls dive 12.5% less often in wind."', paper),
    ).toBe('Followed by radar, 40 gulls dive 12.5% less often in wind. [summary by a model]');
  });

  it.each([
    [
      'a figure that the paper does not give',
      'Followed by radar, 41 gulls dive less often in wind.',
    ],
    ['words that are not of the paper', 'Buy cheap watches and see your horoscope here today.'],
    ['a link', 'Gulls dive less often in wind, see https://evil.example now.'],
    ['an address', 'Gulls dive less often in wind, write to gulls@evil.example now.'],
    ['markup', 'Gulls <b>dive</b> less often in wind over open water.'],
    ['a list', '- Gulls dive less often in wind.\n- Gulls hunt over open water.'],
    ['marks that turn the line', 'Gulls dive less \u202eoften in wind over open water.'],
    ['no end', 'Gulls dive less often in wind over open water and'],
    ['hardly anything', 'Gulls dive.'],
    ['too much', `Gulls ${'dive in wind and '.repeat(20)}hunt.`],
  ])('is not shown where it has %s', (_, answer) => {
    expect(judgeSummary(answer, paper)).toBeUndefined();
  });

  it('is not the title', () => {
    const long = { ...paper, title: 'Gulls hunt over open water by radar for years.' };
    expect(judgeSummary(long.title, long)).toBeUndefined();
  });
});

describe('a label by a model', () => {
  const judge = (answer: string, taken: string[] = []) =>
    judgeLabel(answer, { members: [paper], taken });

  it('is a short name of words that its papers use, in title case', () => {
    expect(judge('hunting gulls.')).toBe('Hunting Gulls');
    expect(judge('“Open water”')).toBe('Open Water');
  });

  it.each([
    'Ornithology and related fields of study',
    'Horoscopes',
    'Gulls: a <b>label</b>',
    'https://evil.example',
    'Gulls!',
    '',
    '12',
  ])('is not shown: %s', (answer) => {
    expect(judge(answer)).toBeUndefined();
  });

  it('is not one that another group has', () => {
    expect(judge('hunting gulls', ['Hunting Gulls'])).toBeUndefined();
  });
});
