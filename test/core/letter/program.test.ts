import fc from 'fast-check';
import { compileProgram } from '../../../src/core/letter/program.ts';
import type { Spread } from '../../../src/core/letter/scope.ts';
import { buildTemplate } from '../../../src/core/letter/template.ts';
import { anyTemplate, anyViews } from './templates.ts';

const make = (plain: string) => ({ plain });
const joinPieces = (pieces: readonly { plain: string }[]) =>
  make(pieces.map(({ plain }) => plain).join(''));
const spreads: readonly Spread[] = ['shared', 'few', 'own'];
/** Says of each path what it is, at random but always the same. */
const anyTable = fc.nat().map((seed) => (path: string): Spread => {
  const sum = [...path].reduce((at, sign) => (at * 31 + sign.charCodeAt(0)) % 9_973, seed);
  return spreads[sum % 3] ?? 'own';
});

/** What comes out, or that it throws and whether it is a variable that is missing. */
function tell(fill: () => string): string | { readonly thrown: string } {
  try {
    return fill();
  } catch (error) {
    return { thrown: String(error) };
  }
}

function compile(text: string, isText = false, spreadOf = (_path: string): Spread => 'shared') {
  const program = compileProgram<unknown, { plain: string }>(text, {
    isText,
    spreadOf,
    make,
    join: joinPieces,
  });
  const join = (view: unknown) =>
    program
      .fill(view)
      .map(({ plain }) => plain)
      .join('');
  return { slow: program.slow, join };
}

describe('a compiled template', () => {
  it.each([false, true])(
    'says what Handlebars says, whoever came before (as text: %s)',
    (isText) => {
      fc.assert(
        fc.property(anyTemplate(isText), anyViews, anyTable, (text, views, table) => {
          const plainly = buildTemplate<unknown>(text, isText);
          const { join } = compile(text, isText, table);
          for (const view of [...views, ...views, ...views]) {
            const expected = tell(() => plainly(view));
            const got = tell(() => join(view));
            if (typeof expected === 'string') expect(got).toBe(expected);
            // Handlebars stumbles over what a test reads in what is not there; here it is absent.
            else if (!expected.thrown.startsWith('TypeError')) expect(typeof got).toBe('object');
          }
        }),
        { numRuns: 200 },
      );
    },
  );

  const shared = { s: 'one', l: [] };
  const other = { s: 'two', l: [] };
  it.each<[string, string, ...unknown[]]>([
    [
      'the place in the list outside',
      '{{#each l}}{{#each ../p}}{{@../index}}{{@index}}{{/each}}{{/each}}',
      { l: [shared, other], p: ['a', 'b'] },
    ],
    ['a place where there is no list', '{{#if @first}}first{{else}}none{{/if}}', {}],
    [
      'a condition turned round',
      '{{^if s}}{{n}}{{/if}}{{^each l}}none{{/each}}',
      { s: '', n: 1, l: [] },
    ],
    ['a name with a dot', '{{[a.b]}}{{a.b}}', { 'a.b': 1, a: { b: 2 } }],
    ['a list with a name, in a line', 'x{{#each l as |y|}}\n{{y.s}}{{/each}}\n', { l: [shared] }],
    [
      'an object as a list, in a line',
      'x{{#each o}}\n{{this}}{{@index}}{{/each}}\n',
      { o: { a: 1, b: 2 } },
    ],
    [
      'a list in a list of the same',
      '{{#each l}}{{#each ../l}}{{s}}{{../s}};{{/each}}{{/each}}',
      { s: 0, l: [shared, other] },
    ],
    [
      'what stands outside of an item in itself',
      '{{#each l}}{{#with this}}{{../s}}{{/with}}{{/each}}',
      ...[0, 1, 2, 3].map((s) => ({ s, l: [shared] })),
    ],
  ])('says the same of %s', (_name, text, ...views) => {
    const plainly = buildTemplate<unknown>(text);
    const { join } = compile(text);
    for (const view of [...views, ...views]) expect(join(view)).toBe(plainly(view));
  });

  it('throws where a variable outside of a condition is missing', () => {
    const { join } = compile('{{#if s}}{{s}}{{/if}}{{o.t}}');
    expect(join({ o: { t: 1 } })).toBe('1');
    for (const view of [{}, { o: {} }, { o: null }]) {
      expect(() => join(view)).toThrow();
      expect(() => buildTemplate<unknown>('{{o.t}}')(view)).toThrow();
    }
    expect(() => join({ o: {} })).toThrow('"t" not defined in [object Object]');
    expect(() => compile('{{@index}}').join({})).toThrow('"index" not defined');
  });

  it('forgets what it kept when that is too much, and says the same', () => {
    let made = 0;
    const count = (plain: string) => {
      made += 1;
      return { plain };
    };
    const spreadOf = () => 'shared' as const;
    const options = { isText: true, spreadOf, make: count, join: joinPieces };
    const { fill } = compileProgram<unknown, { plain: string }>(
      '{{s}}{{#each l}}{{t}}{{/each}}',
      options,
    );
    const list = { l: [{ t: 'item' }] };
    const long = 'x'.repeat(1_000_000);
    const say = (at: number) =>
      fill({ s: `${at}${long}`, ...list })
        .map(({ plain }) => plain)
        .join('');
    for (let at = 0; at < 30; at += 1) expect(say(at) === `${at}${long}item`).toBe(true);
    const before = made;
    expect(say(29) === `29${long}item`).toBe(true);
    expect(made).toBe(before);
    expect(say(0) === `0${long}item`).toBe(true);
    expect(made).toBeGreaterThan(before);
  });

  it('makes the same pieces of an item however often it came', () => {
    const { fill } = compileProgram<unknown, { plain: string }>(
      '{{#each l}}<b>{{s}}</b>{{#if t}}{{t}}{{/if}}{{/each}}',
      {
        isText: false,
        spreadOf: (path) => (path.endsWith('t') ? 'own' : 'shared'),
        make,
        join: joinPieces,
      },
    );
    const view = { l: [{ s: 'a', t: 'b' }] };
    const first = fill(view);
    expect(first.map(({ plain }) => plain)).toEqual(['<b>a</b>', 'b']);
    for (let at = 0; at < 4; at += 1) expect(fill(view)).toEqual(first);
  });

  it("leaves the places of what is a reader's own open in what it keeps of an item", () => {
    let made = 0;
    const { fill } = compileProgram<unknown, { plain: string }>(
      '{{#each l}}{{ordinal @index}} {{s}}{{#if @root.o}} <{{../o}}/{{s}}>{{/if}}{{#each p}}{{q}}{{/each}};{{/each}}',
      {
        isText: true,
        spreadOf: (path) => (path === 'o' ? 'own' : 'shared'),
        make: (plain) => {
          made += 1;
          return { plain };
        },
        join: joinPieces,
      },
    );
    const item = { s: 'a', p: [{ q: 'b' }] };
    const say = (view: unknown) =>
      fill(view)
        .map(({ plain }) => plain)
        .join('');
    expect(say({ l: [item], o: 'x' })).toBe('1 a <x/a>b;');
    expect(say({ l: [item], o: '' })).toBe('1 ab;');
    const before = made;
    expect(say({ l: [item], o: 'y' })).toBe('1 a <y/a>b;');
    expect(made).toBe(before + 1);
    expect(say({ l: [item, item], o: 'y' })).toBe('1 a <y/a>b;2 a <y/a>b;');
  });
});
