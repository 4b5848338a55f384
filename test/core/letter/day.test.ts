import type { EditionTexts } from '../../../src/core/edition/edition.ts';
import { prepareDay } from '../../../src/core/letter/day.ts';
import { rememberByObject } from '../../../src/core/letter/remember.ts';
import { english } from '../../../src/core/words/words.ts';

function makeEdition(id: number, label: string): EditionTexts {
  const paper = { groupNumber: 0, title: `Paper ${id}`, authors: [], link: null, summary: '' };
  return {
    id,
    name: `2026-03-0${id}`,
    date: `2026-03-0${id}`,
    isSample: false,
    groups: [{ number: 0, label, overview: '' }],
    papers: [{ ...paper, paperId: id, upvotes: 0, pick: null }],
  };
}

describe('a day', () => {
  const [new_, old, other] = [makeEdition(2, 'New'), makeEdition(1, 'Old'), makeEdition(1, 'Read')];

  it('is prepared once for the same editions, and anew for others of the same ids', () => {
    const day = prepareDay([new_, old], english);
    expect(prepareDay([new_, old], english)).toBe(day);
    expect(prepareDay([new_], english)).not.toBe(day);
    expect(prepareDay([new_, other], english).groups.map(({ label }) => label)).toEqual([
      'New',
      'Read',
    ]);
    expect(prepareDay([new_, old], english)).toBe(day);
    expect(prepareDay([old, new_], english).groups.map(({ label }) => label)).toEqual([
      'Old',
      'New',
    ]);
    expect(prepareDay([], english).papers.size).toBe(0);
  });

  it('knows the group of each of its papers', () => {
    const day = prepareDay([new_, old], english);
    const labels = [...day.papers.keys()].map((id) => day.groupOf(id)?.label);
    expect(labels).toEqual(['New', 'Old']);
    expect(day.groupOf(99)).toBeUndefined();
  });
});

describe('what is remembered by its object', () => {
  it('is worked out once, even where nothing comes of it', () => {
    let made = 0;
    const find = rememberByObject((_key: object) => {
      made += 1;
      return undefined;
    });
    const key = {};
    expect([find(key), find(key), made]).toEqual([undefined, undefined, 1]);
    find({});
    expect(made).toBe(2);
  });
});
