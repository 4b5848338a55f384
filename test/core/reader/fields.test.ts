import { fields, findField, isOfField } from '../../../src/core/reader/fields.ts';

describe('the fields', () => {
  it('have each an id of its own, categories and words', () => {
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    for (const { id, categories, words } of fields) {
      expect(id).toMatch(/^[a-z-]+$/);
      for (const text of [...categories, ...words]) expect(text.trim()).toBe(text);
      expect(Math.min(categories.length, words.length)).toBeGreaterThan(0);
    }
  });

  it.each([
    ['language', 'cs.CL', true],
    ['language', 'cs.LG', false],
    ['statistics', 'stat.ME', true],
    ['economics', 'econ.GN', true],
    ['molecules', 'cell_biology', true],
    ['molecules', 'Cell Biology', true],
    ['astronomy', 'astro-ph', true],
    ['astronomy', 'astro-ph.GA', true],
    ['quantum', 'quant-ph', true],
  ])('%s and %s: %s', (id, category, isIn) => {
    const field = findField(id);
    expect(field && isOfField(field, category)).toBe(isIn);
  });
});
