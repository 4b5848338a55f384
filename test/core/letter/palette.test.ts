import {
  contrastOf,
  ownPalette,
  type Palette,
  readPalette,
  type Theme,
} from '../../../src/core/letter/palette.ts';

/** What is read on what, everywhere. */
const pairs = ({ accent, onAccent, ground, field, band, onBand, ink, soft }: Theme) => [
  contrastOf(accent, ground),
  contrastOf(accent, field),
  contrastOf(onAccent, accent),
  contrastOf(onBand, band),
  contrastOf(ink, ground),
  contrastOf(soft, ground),
];
const weakest = ({ light, dark }: Palette) => Math.min(...pairs(light), ...pairs(dark));

describe('a palette', () => {
  it('of ours can be read in both themes', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21);
    expect(weakest(ownPalette)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['#1a4f8b', '#9c3a12', '#000000', '#7a0019', '#006d3c', '#5b2a86', '#0F766E'])(
    'of the accent %s can be read in both themes',
    (accent) => {
      const palette = readPalette(accent);
      expect(palette.light.accent).toBe(accent.toLowerCase());
      expect(weakest(palette)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('takes one accent a theme', () => {
    const { light, dark } = readPalette('#1a4f8b #9cc4f0');
    expect([light.accent, dark.accent]).toEqual(['#1a4f8b', '#9cc4f0']);
  });

  it('says what fails, where, and the nearest shade that does not', () => {
    const said = (text: string) => {
      try {
        readPalette(text);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const weak = said('#ffcc00');
    expect(weak).toMatch(
      /^#ffcc00 is too weak in the light theme: its contrast is 1\.4 on the page/,
    );
    const better = /(#[0-9a-f]{6}) would do$/.exec(weak)?.[1] ?? '';
    expect(weakest(readPalette(better))).toBeGreaterThanOrEqual(4.5);
    expect(said('#1a4f8b #1a4f8b')).toMatch(/^#1a4f8b is too weak in the dark theme/);
    expect(said('#ffcc00 #332200')).toMatch(/light theme.*; #332200 is too weak in the dark/);
    for (const none of ['', 'blue', '#12345', '#123456 #123456 #123456', '#12345g']) {
      expect(said(none)).toMatch(/^must be a colour such as/);
    }
  });
});
