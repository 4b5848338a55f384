import { buildCursor, parseCursor } from '../../../src/core/desk/cursor.ts';

describe('a cursor', () => {
  it('brings back the place that it was made of', () => {
    for (const place of [[7], ['2026-03-03T12:00:00.000Z', 'é"hash'], [0, 'a']]) {
      expect(parseCursor('feeds', buildCursor('feeds', place))).toEqual(place);
    }
  });

  it('is fit for an address', () => {
    expect(buildCursor('suppressions', ['ÿÿÿ???>>>', 1])).toMatch(/^[\w-]+$/);
  });

  it('is none of another list, and nothing else is one', () => {
    const cursor = buildCursor('feeds', [7]);
    for (const wrong of ['', 'x', '🦔', cursor.slice(1), buildCursor('audit', [7])]) {
      expect(parseCursor('feeds', wrong)).toBeUndefined();
    }
    const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const value of [
      null,
      3,
      {},
      [],
      ['feeds'],
      ['feeds', null],
      ['feeds', 1.5],
      ['feeds', {}],
    ]) {
      expect(parseCursor('feeds', text(value))).toBeUndefined();
    }
  });
});
