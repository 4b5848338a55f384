import { assemble, type Code, f64, i32, ifTrue, type Locals, whileTrue } from './assembler.ts';

// The few ten thousand additions that a taste takes for every reader are written in WebAssembly:
// JavaScript asks of each number whether it lies in its array, which takes longer than to add it.

/** What the kernel works on; the byte address of each stands at the beginning, in this order. */
export const parts = [
  // The taste: its terms, ascending, and their weights. At the place 0 of each stands nothing.
  ...(['terms', 'library', 'more', 'less'] as const),
  // By slot: the term, ascending, with a last one that none is above; where its entries begin; the
  // place of the term in the taste.
  ...(['slotTerms', 'slotStarts', 'slotPlaces'] as const),
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
   * `last`. Gives the square of the length of what is wanted.
   */
  score(last: number, times: number): number;
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

// Both lists of terms ascend: one way through both meets all that they share.
function writeScore({ get, set }: Locals): Code[] {
  const weightIn = (part: Part) => f64.loadShort(behind(addressOf(part), get('place')));
  const slotIn = (part: Part) => behind(addressOf(part), get('slot'));
  const next = (name: string, by: number) => set(name, i32.add(get(name), i32.of(by)));
  return [
    set('toWeight', i32.subtract(addressOf('entryWeights'), addressOf('entryScores'))),
    whileTrue(
      i32.less(get('place'), get('last')),
      next('place', 1),
      set('term', i32.load(behind(addressOf('terms'), get('place')))),
      set('wanted', f64.add(weightIn('library'), weightIn('more'))),
      set('squares', f64.add(get('squares'), f64.multiply(get('wanted'), get('wanted')))),
      whileTrue(i32.less(i32.load(slotIn('slotTerms')), get('term')), next('slot', 1)),
      ifTrue(
        i32.equal(i32.load(slotIn('slotTerms')), get('term')),
        i32.store(slotIn('slotPlaces'), get('place')),
        set('often', f64.multiply(get('times'), f64.subtract(get('wanted'), weightIn('less')))),
        set('entry', behind(addressOf('entryScores'), i32.load(slotIn('slotStarts')))),
        next('slot', 1),
        set('end', behind(addressOf('entryScores'), i32.load(slotIn('slotStarts')))),
        whileTrue(i32.less(get('entry'), get('end')), ...addEntry({ get, set })),
      ),
    ),
    get('squares'),
  ];
}

function addEntry({ get, set }: Locals): Code[] {
  const weight = f64.loadShort(i32.add(get('entry'), get('toWeight')));
  return [
    set('score', i32.load(get('entry'))),
    f64.store(get('score'), f64.add(f64.load(get('score')), f64.multiply(get('often'), weight))),
    set('entry', i32.add(get('entry'), i32.of(4))),
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
      parameters: { last: 'i32', times: 'f64' },
      locals: {
        ...numbers('i32', 'toWeight', 'place', 'term', 'slot', 'entry', 'end', 'score'),
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
