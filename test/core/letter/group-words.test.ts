import { sayGroup, spellTexts, themeOf } from '../../../src/core/letter/group-words.ts';
import type { GroupAbout } from '../../../src/core/reading/overview.ts';
import { english } from '../../../src/core/words/words.ts';

const say = (label: string, about: GroupAbout, papers = 3) =>
  sayGroup({ number: 4, label, overview: { about, papers, title: 'On bees' } }, english);

describe('a group of an edition', () => {
  it.each([
    ['all', ['honey bees'], '3 papers on honey bees.'],
    ['all', ['a', 'b'], '3 papers on a and b.'],
    ['most', ['a', 'b', 'c'], '3 papers, most of them on a, b and c.'],
    ['some', ['a'], '3 papers, some on a.'],
    ['all', ['bees'], '3 papers.'],
    ['most', ['bees', 'wasps'], '3 papers, most of them on bees and wasps.'],
  ] as const)(
    'of which %s are on %j is told so, without what stands around it',
    (code, themes, overview) => {
      expect(say('Bees', { code, themes })).toEqual({ number: 4, label: 'Bees', overview });
    },
  );

  it('that no theme names has a name of its own', () => {
    expect(say('', { code: 'others' })).toEqual({
      number: 4,
      label: 'And also',
      overview: '3 papers on other subjects.',
    });
    expect(say('', { code: 'day' }, 1)).toEqual({
      number: 4,
      label: 'New papers',
      overview: '1 paper.',
    });
  });

  it('has a theme for a sentence, unless it is about many things', () => {
    const about = { code: 'all', themes: ['honey bees', 'wasps'] } as const;
    const group = { number: 4, label: 'Bees', overview: { about, papers: 3, title: '' } };
    expect(themeOf(group)).toBe('Bees');
    expect(themeOf({ ...group, label: 'Honey bees' })).toBe('honey bees');
    expect(themeOf({ ...group, overview: 'Three papers.' })).toBe('Bees');
    const others = { ...group.overview, about: { code: 'others' } as const };
    expect(themeOf({ ...group, overview: others })).toBeUndefined();
    expect(themeOf({ ...group, label: 'And also', overview: '' })).toBeUndefined();
  });

  it('that an older version froze keeps its words', () => {
    const frozen = { number: 1, label: 'Other papers', overview: '2 papers on other subjects.' };
    expect(sayGroup(frozen, english)).toEqual(frozen);
  });

  it('is spelt out for an older version to read', () => {
    const overview = { about: { code: 'day' }, papers: 2, title: 'On bees' } as const;
    const texts = { id: 1, name: 'd', date: '2026-03-03', isSample: false, papers: [] };
    const spelt = spellTexts({ ...texts, groups: [{ number: 0, label: '', overview }] }, english);
    expect(spelt).toEqual({
      ...texts,
      groups: [{ number: 0, label: 'New papers', overview: '2 papers.' }],
    });
    expect(spellTexts(spelt, english)).toEqual(spelt);
  });
});
