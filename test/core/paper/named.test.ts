import { findNamed, isNamedByTitle } from '../../../src/core/paper/named.ts';
import type { Paper } from '../../../src/core/paper/paper.ts';

const paper = (title: string, authors: readonly string[], more: Partial<Paper> = {}): Paper => ({
  title,
  abstract: '',
  authors: authors.map((name) => ({ name })),
  categories: [],
  ids: { doi: '10.5555/gulls.1' },
  ...more,
});
const title = 'Gulls rest on warm tin roofs while harbours freeze';

describe('a paper that is named without an id', () => {
  it('is asked for where its title and first author say which it is', () => {
    const named = (text: string, people: readonly string[] = ['A Gull']) =>
      isNamedByTitle(paper(text, people));
    expect(named(title)).toBe(true);
    expect(named(title, [])).toBe(false);
    expect(named('Editorial')).toBe(false);
    expect(named('Introduction to the special issue')).toBe(false);
    expect(named('Gulls rest on warm…')).toBe(false);
    expect(named('Gulls rest on warm tin roofs while harbours fr…')).toBe(true);
  });

  it('is found by the same title and first author, however they are written', () => {
    const full = paper(`${title.toUpperCase()}.`, ['Ann Gull', 'Bo Tern']);
    expect(findNamed(paper(title, ['A Gull']), [full])).toBe(full);
    expect(findNamed(paper(title, ['Gull AB']), [full])).toBe(full);
    expect(findNamed(paper(title, ['B Tern']), [full])).toBeUndefined();
    expect(findNamed(paper(title, ['A Gull']), [])).toBeUndefined();
  });

  it('is found by what is left of a title that was cut', () => {
    const full = paper(title, ['Ann Gull']);
    const cut = 'Gulls rest on warm tin roofs while harbours fr…';
    expect(findNamed(paper(cut, ['A Gull']), [full])).toBe(full);
    expect(findNamed(paper(cut.replace('warm', 'cold'), ['A Gull']), [full])).toBeUndefined();
  });

  it('is no other paper with a title like it', () => {
    const others = [
      paper(`Correction to: ${title}`, ['Ann Gull']),
      paper(`${title} in summer`, ['Ann Gull']),
      paper('Gulls rest on warm tin roofs', ['Ann Gull']),
    ];
    expect(findNamed(paper(title, ['A Gull']), others)).toBeUndefined();
  });

  it('is the newest of several', () => {
    const [older, newer] = [2019, 2026].map((year) =>
      paper(title, ['Ann Gull'], { publishedAt: new Date(Date.UTC(year, 0, 1)) }),
    );
    expect(findNamed(paper(title, ['A Gull']), [older, newer] as Paper[])).toBe(newer);
  });
});
