import { showControls } from '../../../src/core/text/controls.ts';

describe('a text for a terminal', () => {
  it('holds no control character but line ends and tabs', () => {
    const all = String.fromCodePoint(...Array.from({ length: 0xa0 }, (_, at) => at));
    const shown = showControls(`${all}\u2028\u2029\u202e`);
    expect(shown.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u2028-\u202e]/u);
    expect(shown).toContain('\n');
    expect(shown).toContain('\t');
    expect(shown).toContain('\\u{1b}');
  });

  it('stays as it is where it holds none', () => {
    const text = 'Größe 1\t2\n雨の日 — “quoted” 😀';
    expect(showControls(text)).toBe(text);
  });
});
