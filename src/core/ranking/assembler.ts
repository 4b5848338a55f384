// As much of WebAssembly's binary format (Core Specification 2.0, chapter 5) as a few loops over
// numbers need: an instruction is its bytes, after those of its operands.

export type Code = readonly number[];
type Kind = 'i32' | 'f64';

/** A function of a module; its parameters and locals by their names. */
export interface WrittenFunction {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Kind>>;
  readonly locals: Readonly<Record<string, Kind>>;
  readonly result?: Kind;
  readonly write: (of: Locals) => readonly Code[];
}

/** Reads and writes the parameters and locals of the function that is being written. */
export interface Locals {
  get(name: string): Code;
  set(name: string, value: Code): Code;
}

const op =
  (byte: number) =>
  (...operands: Code[]): Code => [...operands.flat(), byte];
/** Takes an address that is a multiple of 2 to the power of `align`, and what is written there. */
const access =
  (byte: number, align: number) =>
  (...operands: Code[]): Code => [...operands.flat(), byte, align, 0];

const KIND: Readonly<Record<Kind, number>> = { i32: 0x7f, f64: 0x7c };
const VOID = 0x40;
const END = 0x0b;

export const i32 = {
  of: (value: number): Code => [0x41, ...signed(value)],
  load: access(0x28, 2),
  store: access(0x36, 2),
  add: op(0x6a),
  subtract: op(0x6b),
  shiftLeft: op(0x74),
  /** The bits that come from above are zeros. */
  shiftRight: op(0x76),
  xor: op(0x73),
  equal: op(0x46),
  less: op(0x48),
};

export const f64 = {
  load: access(0x2b, 3),
  /** A number of 32 bits as the same one of 64. */
  loadShort: (address: Code): Code => [...access(0x2a, 2)(address), 0xbb],
  store: access(0x39, 3),
  add: op(0xa0),
  subtract: op(0xa1),
  multiply: op(0xa2),
};

/** Does a body as long as a condition holds: a loop around an "if", whose last instruction begins it again. */
export function whileTrue(condition: Code, ...body: Code[]): Code {
  const again = [0x0c, 1];
  return [0x03, VOID, ...condition, 0x04, VOID, ...body.flat(), ...again, END, END];
}

/** A module of functions over one memory, which is imported as `memory` of `of`. */
export function assemble(functions: readonly WrittenFunction[]): Uint8Array<ArrayBuffer> {
  const list = (entries: readonly Code[]) => [...unsigned(entries.length), ...entries.flat()];
  const section = (id: number, entries: readonly Code[]) => [id, ...sized(list(entries))];
  const types = functions.map(({ parameters, result }) => [
    0x60,
    ...list(Object.values(parameters).map((kind) => [KIND[kind]])),
    ...list(result ? [[KIND[result]]] : []),
  ]);
  const exported = functions.map(({ name }, at) => [...text(name), 0x00, ...unsigned(at)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [[...text('of'), ...text('memory'), 0x02, 0x00, 0x01]]),
    ...section(
      3,
      functions.map((_, at) => unsigned(at)),
    ),
    ...section(7, exported),
    ...section(10, functions.map(writeFunction)),
  ]);
}

function writeFunction({ parameters, locals, write }: WrittenFunction): Code {
  const names = [...Object.keys(parameters), ...Object.keys(locals)];
  const numberOf = (name: string) => {
    const number = names.indexOf(name);
    if (number < 0) throw new Error(`a function has no local "${name}"`);
    return unsigned(number);
  };
  const code = write({
    get: (name) => [0x20, ...numberOf(name)],
    set: (name, value) => [...value, 0x21, ...numberOf(name)],
  });
  const declared = Object.values(locals).map((kind) => [1, KIND[kind]]);
  return sized([...unsigned(declared.length), ...declared.flat(), ...code.flat(), END]);
}

const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
const text = (name: string): Code => sized([...new TextEncoder().encode(name)]);

/** LEB128 without a sign. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 with a sign. */
function signed(value: number): number[] {
  const [low, rest] = [value & 0x7f, value >> 7];
  const isLast = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
