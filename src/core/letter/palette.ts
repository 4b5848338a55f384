/**
 * The colours of mails and pages, light and dark. Out of an operator's accent come those that
 * speak with it; ground, ink and rules stay, so that text is read as well on every site.
 */

/** The colours of one theme by what they are for, as `#rrggbb`. */
export interface Theme {
  readonly ground: string;
  /** What is typed into. */
  readonly field: string;
  readonly ink: string;
  readonly soft: string;
  readonly rule: string;
  readonly edge: string;
  readonly accent: string;
  readonly onAccent: string;
  /** Under a link. */
  readonly trace: string;
  /** Behind a note that stands out. */
  readonly band: string;
  readonly onBand: string;
}

/** Both themes. */
export interface Palette {
  readonly light: Theme;
  readonly dark: Theme;
}

/** Ours, where no accent is set. What an accent changes is there once, so that a text can be painted by it. */
export const ownPalette: Palette = {
  light: {
    ground: '#fbf9f5',
    field: '#ffffff',
    ink: '#211f1b',
    soft: '#655e54',
    rule: '#ddd5c7',
    edge: '#8b8275',
    accent: '#9c3a12',
    onAccent: '#fffffe',
    trace: '#c9a892',
    band: '#f6e7d6',
    onBand: '#4a2412',
  },
  dark: {
    ground: '#181613',
    field: '#211e1a',
    ink: '#ece7de',
    soft: '#aea698',
    rule: '#3d3831',
    edge: '#857c6e',
    accent: '#f0a17c',
    onAccent: '#181614',
    trace: '#86624f',
    band: '#33241a',
    onBand: '#f3dccb',
  },
};

/** WCAG 2.2, 1.4.3: text of usual size. */
const LEAST_CONTRAST = 4.5;
const STEPS = 40;

/**
 * The palette of `#rrggbb`, or of two, for light and for dark; of one, the dark theme has a
 * lighter shade. Throws in a sentence where a text in it could not be read, with what fails
 * and the nearest shade that does not.
 */
export function readPalette(text: string): Palette {
  const [light = '', dark, ...more] = text.trim().toLowerCase().split(/\s+/);
  if (more.length > 0 || ![light, dark ?? light].every((one) => /^#[0-9a-f]{6}$/.test(one))) {
    throw new Error('must be a colour such as #1a4f8b, or two, for light and for dark');
  }
  const lightTheme = buildTheme(ownPalette.light, light, 'light');
  const darkTheme = buildTheme(
    ownPalette.dark,
    dark ?? findReadable(ownPalette.dark, light, '#ffffff'),
    'dark',
  );
  const faults = [...findFaults(lightTheme, 'light'), ...findFaults(darkTheme, 'dark')];
  if (faults.length > 0) throw new Error(faults.join('; '));
  return { light: lightTheme, dark: darkTheme };
}

/** A template of mails in the colours of a palette: what an accent changes of ours, wherever it stands. */
export function paint(text: string, { light, dark }: Palette): string {
  const painted = new Map(
    [[ownPalette.light, light] as const, [ownPalette.dark, dark] as const].flatMap(([own, theme]) =>
      byAccent.map((name) => [own[name], theme[name]] as const),
    ),
  );
  return text.replace(/#[0-9a-f]{6}\b/gi, (colour) => painted.get(colour.toLowerCase()) ?? colour);
}

/** How far two colours stand apart, from 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What speaks with the accent. */
const byAccent = ['accent', 'onAccent', 'trace', 'band', 'onBand'] as const;

function buildTheme(own: Theme, accent: string, name: 'light' | 'dark'): Theme {
  const band = mix(own.ground, accent, name === 'light' ? 0.12 : 0.16);
  const onBand = mix(own.ink, accent, 0.2);
  const whiteOrBlack = ['#ffffff', '#000000'].reduce((best, next) =>
    contrastOf(next, accent) > contrastOf(best, accent) ? next : best,
  );
  return {
    ...own,
    accent,
    onAccent: whiteOrBlack,
    trace: mix(own.ground, accent, 0.5),
    band,
    onBand: contrastOf(onBand, band) < 7 ? own.ink : onBand,
  };
}

/** What the accent is read on, by the words for it. */
const grounds = [
  ['ground', 'the page'],
  ['field', 'a field'],
] as const;

function findFaults(theme: Theme, name: 'light' | 'dark'): string[] {
  const { accent } = theme;
  const failing = grounds.filter(([on]) => contrastOf(accent, theme[on]) < LEAST_CONTRAST);
  if (failing.length === 0) return [];
  const said = failing.map(
    ([on, what]) => `${contrastOf(accent, theme[on]).toFixed(1)} on ${what}`,
  );
  const better = findReadable(theme, accent, name === 'light' ? '#000000' : '#ffffff');
  return [
    `${accent} is too weak in the ${name} theme: its contrast is ${said.join(', ')}, and text needs ${LEAST_CONTRAST}; ${better} would do`,
  ];
}

/** The first shade on the way to white or black that can be read on a theme's grounds. */
function findReadable(theme: Theme, accent: string, end: '#ffffff' | '#000000'): string {
  for (let step = 0; step < STEPS; step += 1) {
    const shade = mix(accent, end, step / STEPS);
    if (grounds.every(([on]) => contrastOf(shade, theme[on]) >= LEAST_CONTRAST)) return shade;
  }
  return end;
}

/** A colour on the way from one to another, from 0 to 1. */
function mix(from: string, to: string, share: number): string {
  const target = partsOf(to);
  const mixed = partsOf(from).map((part, at) =>
    Math.round(part + ((target[at] ?? 0) - part) * share),
  );
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance (WCAG 2.2). */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function partsOf(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
