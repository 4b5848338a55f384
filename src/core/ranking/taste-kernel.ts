import { assemble, type Code, f64, i32, type Locals, whileTrue } from './assembler.ts';

// The few ten thousand additions that a taste takes for every reader are written in WebAssembly:
// JavaScript asks of each number whether it lies in its array, which takes longer than to add it.

/** What the kernel works on; the byte address of each stands at the beginning, in this order. */
export const parts = [
  // The taste: its terms, ascending, and their weights. At the place 0 of each stands nothing.
  ...(['terms', 'library', 'more', 'less'] as const),
  // By the first bits of a term: the first slot whose term has these bits, or more.
  'buckets' as const,
  // By slot: the term, ascending, with two at the end that none is above; where its entries begin;
  // the place of the term in the taste.
  ...(['slotTerms', 'slotStarts', 'slotPlaces'] as const),
  // Of the terms that both have: the slot, the place in the taste, and how much it counts.
  ...(['metSlots', 'metPlaces', 'metCounts'] as const),
  // By entry of a slot: the address of a paper's score, and the term's weight in that paper.
  ...(['entryScores', 'entryWeights'] as const),
  // By paper: where its entries begin. By entry of a paper: the slot of a term, and its weight.
  ...(['paperStarts', 'ownSlots', 'ownWeights'] as const),
  // What comes of it: what the parts of the taste give one paper, and all of it to each.
  ...(['shares', 'scores'] as const),
];
export type Part = (typeof parts)[number];

/** The functions of the kernel over a memory that is laid out so. */
export interface TasteFunctions {
  /**
   * Adds to each paper's score, so many times, how much it is to a taste of terms up to the place
   * `last`. Gives the square of the length of what is wanted. By so many bits to the right of a
   * term are those that say its bucket.
   */
  score(last: number, times: number, bits: number): number;
  /** Writes what library, votes for more and votes for less give one paper. */
  share(paper: number): void;
}

/** What is used of WebAssembly: Node's types leave it to those of browsers. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
};

const PAGE = 65_536;

/** Starts a kernel over a new memory of at least so many bytes, all zeros. */
export function startKernel(bytes: number): TasteFunctions & { readonly buffer: ArrayBuffer } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const { exports } = new WebAssembly.Instance(compiled, { of: { memory } });
  return { ...(exports as TasteFunctions), buffer: memory.buffer };
}

const addressOf = (part: Part): Code => i32.load(i32.of(4 * parts.indexOf(part)));
/** The address so many places of four bytes behind another. */
const behind = (address: Code, count: Code): Code =>
  i32.add(address, i32.shiftLeft(count, i32.of(2)));

const numbers = (kind: 'i32' | 'f64', ...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, kind] as const));

const next = ({ get, set }: Locals, name: string, by = 1) =>
  set(name, i32.add(get(name), i32.of(by)));

// What cannot be foreseen takes longest: whether the edition has a term of the taste, and how many
// papers use it. So that the first is no branch, every term is written down as met, and the next
// one over it where it is not.
function writeScore(of: Locals): Code[] {
  const { get, set } = of;
  return [
    whileTrue(i32.less(get('place'), get('last')), next(of, 'place'), ...meetTerm(of)),
    set('toWeight', i32.subtract(addressOf('entryWeights'), addressOf('entryScores'))),
    set('last', get('met')),
    set('met', i32.of(0)),
    whileTrue(i32.less(get('met'), get('last')), ...addTerm(of), next(of, 'met')),
    get('squares'),
  ];
}

function meetTerm(of: Locals): Code[] {
  const { get, set } = of;
  const weightIn = (part: Part) => f64.loadShort(behind(addressOf(part), get('place')));
  const term = i32.load(behind(addressOf('slotTerms'), get('slot')));
  // The order of numbers with a sign is that of their bits, but for the first.
  const ordered = i32.xor(get('term'), i32.of(-0x80000000));
  const bucket = behind(addressOf('buckets'), i32.shiftRight(ordered, get('bits')));
  const at = (part: Part) => behind(addressOf(part), get('met'));
  return [
    set('term', i32.load(behind(addressOf('terms'), get('place')))),
    set('wanted', f64.add(weightIn('library'), weightIn('more'))),
    set('squares', f64.add(get('squares'), f64.multiply(get('wanted'), get('wanted')))),
    set('slot', i32.load(bucket)),
    // Hardly a bucket has three.
    set('slot', i32.add(get('slot'), i32.less(term, get('term')))),
    set('slot', i32.add(get('slot'), i32.less(term, get('term')))),
    whileTrue(i32.less(term, get('term')), next(of, 'slot')),
    i32.store(at('metSlots'), get('slot')),
    i32.store(at('metPlaces'), get('place')),
    f64.store(
      i32.add(addressOf('metCounts'), i32.shiftLeft(get('met'), i32.of(3))),
      f64.multiply(get('times'), f64.subtract(get('wanted'), weightIn('less'))),
    ),
    set('met', i32.add(get('met'), i32.equal(term, get('term')))),
  ];
}

function addTerm(of: Locals): Code[] {
  const { get, set } = of;
  const slotIn = (part: Part) => behind(addressOf(part), get('slot'));
  const entryAt = (place: Code) => behind(addressOf('entryScores'), place);
  const weight = f64.loadShort(i32.add(get('entry'), get('toWeight')));
  return [
    set('slot', i32.load(behind(addressOf('metSlots'), get('met')))),
    i32.store(slotIn('slotPlaces'), i32.load(behind(addressOf('metPlaces'), get('met')))),
    set('often', f64.load(i32.add(addressOf('metCounts'), i32.shiftLeft(get('met'), i32.of(3))))),
    set('entry', entryAt(i32.load(slotIn('slotStarts')))),
    next(of, 'slot'),
    set('end', entryAt(i32.load(slotIn('slotStarts')))),
    whileTrue(
      i32.less(get('entry'), get('end')),
      set('score', i32.load(get('entry'))),
      f64.store(get('score'), f64.add(f64.load(get('score')), f64.multiply(get('often'), weight))),
      next(of, 'entry', 4),
    ),
  ];
}

// What is no term of the taste stands at the place of nothing, whose weights are 0.
function writeShare({ get, set }: Locals): Code[] {
  const add = (sum: string, part: Part) => {
    const given = f64.loadShort(behind(addressOf(part), get('place')));
    return set(sum, f64.add(get(sum), f64.multiply(given, get('weight'))));
  };
  const tell = (at: number, sum: string) =>
    f64.store(i32.add(addressOf('shares'), i32.of(8 * at)), get(sum));
  const start = behind(addressOf('paperStarts'), get('paper'));
  return [
    set('toWeight', i32.subtract(addressOf('ownWeights'), addressOf('ownSlots'))),
    set('entry', behind(addressOf('ownSlots'), i32.load(start))),
    set('end', behind(addressOf('ownSlots'), i32.load(i32.add(start, i32.of(4))))),
    whileTrue(
      i32.less(get('entry'), get('end')),
      set('place', i32.load(behind(addressOf('slotPlaces'), i32.load(get('entry'))))),
      set('weight', f64.loadShort(i32.add(get('entry'), get('toWeight')))),
      add('fromLibrary', 'library'),
      add('fromMore', 'more'),
      add('fromLess', 'less'),
      set('entry', i32.add(get('entry'), i32.of(4))),
    ),
    tell(0, 'fromLibrary'),
    tell(1, 'fromMore'),
    tell(2, 'fromLess'),
  ];
}

const compiled = new WebAssembly.Module(
  assemble([
    {
      name: 'score',
      parameters: { last: 'i32', times: 'f64', bits: 'i32' },
      locals: {
        ...numbers('i32', 'toWeight', 'place', 'term', 'slot', 'met', 'entry', 'end', 'score'),
        ...numbers('f64', 'wanted', 'squares', 'often'),
      },
      result: 'f64',
      write: writeScore,
    },
    {
      name: 'share',
      parameters: { paper: 'i32' },
      locals: {
        ...numbers('i32', 'toWeight', 'entry', 'end', 'place'),
        ...numbers('f64', 'weight', 'fromLibrary', 'fromMore', 'fromLess'),
      },
      write: writeShare,
    },
  ]),
);
