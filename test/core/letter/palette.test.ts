import { readFileSync } from 'node:fs';
import {
  contrastOf,
  ownPalette,
  type Palette,
  paint,
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

  it('of ours has what an accent changes once, so that a template can be painted', () => {
    const { light, dark } = ownPalette;
    const all = [...Object.values(light), ...Object.values(dark)];
    const other = readPalette('#1a4f8b');
    const changed = [light, dark].flatMap((theme, at) =>
      Object.entries(theme).filter(([name]) => {
        const { [name]: colour } = { ...(at === 0 ? other.light : other.dark) } as Record<
          string,
          string
        >;
        return colour !== Object(theme)[name];
      }),
    );
    expect(changed).toHaveLength(10);
    for (const [, colour] of changed) {
      expect(all.filter((one) => one === colour)).toHaveLength(1);
    }
  });

  it.each(['digest', 'notice'])('paints the %s by an accent, and nothing else of it', (name) => {
    const text = readFileSync(`templates/mail/${name}.mjml`, 'utf8');
    const painted = paint(text, readPalette('#1a4f8b'));
    expect(painted).toContain('#1a4f8b');
    for (const { accent, band, onBand, trace } of [ownPalette.light, ownPalette.dark]) {
      for (const colour of [accent, band, onBand, trace]) expect(painted).not.toContain(colour);
    }
    expect(painted.length).toBe(text.length);
    expect(paint(text, ownPalette)).toBe(text);
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
