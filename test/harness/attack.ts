import fc from 'fast-check';

/** `npm run test:attack` tries so much more than the short form, which CI runs. */
export const isLong = process.env['ATTACK'] === 'long';
const TIMES = isLong ? 20 : 1;
/** The same in each run, so that what was found is found again. */
const SEED = 20_260_307;

/** What was tried, how often, and what went wrong. */
export interface Tried {
  readonly what: string;
  count: number;
  readonly faults: string[];
}

const texts: readonly string[] = [
  '',
  '0',
  '-1',
  '1e999',
  '9'.repeat(30),
  '\0',
  'a\0b',
  '😀',
  'a😀',
  '\u001b[31mred',
  '\u202egnp.exe',
  '../../etc/hosts',
  '%00',
  '%',
  "' or 1=1 --",
  '<b>x</b>',
  '{{this}}',
  '__proto__',
  'constructor',
  'toString',
  '2026-02-30',
  'Mars/Base',
  'a@b@c',
  'a'.repeat(900),
  '\r\nX: y',
  '=1+1',
  'null',
];

/** A text that no form expects: one of a list, or made up. */
export const oddText = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** A value of any shape, where JSON is taken. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: oddText },
  { weight: 2, arbitrary: fc.constantFrom(null, true, 0, -1, 1e21, 0.5, [], {}, [[]]) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Some fields with odd values, of a form that has these. */
export function oddFields<Value>(
  names: readonly string[],
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<Record<string, Value>> {
  return fc.dictionary(fc.constantFrom(...names, 'other'), value, { maxKeys: 8 });
}

/** So many different ones, in the long form twenty times as many. */
export function sampleOf<Value>(arbitrary: fc.Arbitrary<Value>, count: number): Value[] {
  return fc.sample(arbitrary, { numRuns: count * TIMES, seed: SEED });
}

/** A path with odd texts in the place of its parameters. */
export function fillPath(path: string, next: () => string): string {
  return path.replace(/:\w+|\{\w+\}|\*/g, () => {
    // Half of a pair of surrogates cannot be written in an address.
    const text = Buffer.from(next(), 'utf8').toString('utf8');
    return encodeURIComponent(text) || '%20';
  });
}
