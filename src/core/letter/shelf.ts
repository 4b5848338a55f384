import {
  type Dependency,
  isObject,
  type Node,
  type Plain,
  type Read,
  type Said,
  type Scope,
} from './scope.ts';

/** In characters: kept of one template, at most; then all is made anew. */
const MOST_KEPT = 12_000_000;

/** How pieces come about: of words, and of the neighbours that they are of. */
export interface Make<Piece> {
  readonly make: (plain: string) => Piece;
  readonly join: (pieces: readonly Piece[]) => Piece;
}

/** What is said of an item, with open places for what is a reader's own. */
type Parts<Piece> = (Piece | Node<Piece>)[];

interface Recording<Piece> {
  readonly scope: Scope;
  readonly parts: Parts<Piece>;
}

/** Keeps pieces under the values that they were made of. */
export function createShelf<Piece extends Plain>({ make, join }: Make<Piece>) {
  let kept = 0;
  let generation = 0;
  let recording: Recording<Piece> | undefined;
  const count = (length: number) => {
    kept += 200 + length;
    if (kept <= MOST_KEPT) return;
    kept = 0;
    generation += 1;
  };

  // The links of a letter stand in it again and again.
  const lasts = new Map<string, Piece>();
  /** What is one reader's own: made for each letter. */
  const anew = ({ say, reads }: Said): Node<Piece> => {
    const name = reads.map((each) => each.name).join();
    const node: Node<Piece> = (scope, out) => {
      if (recording?.scope === scope) {
        endPiece(recording.parts, out);
        recording.parts.push(node);
        return;
      }
      const plain = say(scope);
      if (plain === '') return;
      const last = lasts.get(name);
      const piece = last?.plain === plain ? last : make(plain);
      if (piece !== last) lasts.set(name, piece);
      out.push(piece);
    };
    return node;
  };

  /** What was said since the last open place becomes a piece. */
  const endPiece = (parts: Parts<Piece>, out: Piece[]) => {
    if (out.length === 0) return;
    const piece = join(out.splice(0));
    count(piece.plain.length);
    parts.push(piece);
  };

  const keptUnder = ({ say, reads: dependencies }: Said): Node<Piece> => {
    const reads = listKeys(dependencies);
    const makeOf = (scope: Scope) => {
      const plain = say(scope);
      return plain === '' ? NOTHING : make(plain);
    };
    let known = new ByValues<Piece | typeof NOTHING>();
    let of = generation;
    return (scope, out) => {
      if (of !== generation) known = new ByValues();
      of = generation;
      const values = reads.map((read) => read(scope));
      // What can change under the same reference is no key.
      const isKey = !values.some(isObject);
      let piece = isKey ? known.get(values) : makeOf(scope);
      if (piece === undefined) {
        piece = makeOf(scope);
        known.set(values, piece);
        count(piece === NOTHING ? 0 : piece.plain.length);
      }
      if (piece !== NOTHING) out.push(piece);
    };
  };

  /**
   * What a list says of an item, found by the item itself, which is never changed, and by the values
   * that part the ways to say it. It is put together the first time as ever after, since where
   * pieces end is seen in the bytes.
   */
  const keptOfItem = (nodes: readonly Node<Piece>[], keys: readonly Read[]): Node<Piece> => {
    let items = new WeakMap<object, ByValues<Parts<Piece>>>();
    let of = generation;
    const record = (scope: Scope): Parts<Piece> => {
      const outer = recording;
      const parts: Parts<Piece> = [];
      const out: Piece[] = [];
      recording = { scope, parts };
      try {
        for (const node of nodes) node(scope, out);
      } finally {
        recording = outer;
      }
      endPiece(parts, out);
      return parts;
    };
    const keep = (context: object, values: readonly unknown[], parts: Parts<Piece>) => {
      const known = items.get(context) ?? new ByValues<Parts<Piece>>();
      known.set(values, parts);
      items.set(context, known);
      return parts;
    };
    return (scope, out) => {
      const { context } = scope;
      if (of !== generation) items = new WeakMap();
      of = generation;
      let known = isObject(context) ? items.get(context) : undefined;
      for (const key of keys) known = known?.next.get(key(scope));
      let parts: readonly (Piece | Node<Piece>)[] | undefined = known?.made;
      if (!parts) {
        const values = keys.map((key) => key(scope));
        const isKey = isObject(context) && !values.some(isObject);
        parts = isKey ? keep(context, values, record(scope)) : nodes;
      }
      for (const part of parts) {
        if (typeof part === 'function') part(scope, out);
        else out.push(part);
      }
    };
  };
  return { anew, kept: keptUnder, keptOfItem };
}

/** Each value once, the one that parts most first; whether it is there is known by itself. */
function listKeys(dependencies: readonly Dependency[]): Read[] {
  const values = new Map(
    dependencies.flatMap((each) => (each.isTest ? [] : [[each.name, each.read]])),
  );
  const tests = new Map(
    dependencies.flatMap((each) =>
      each.isTest && !values.has(each.name) ? [[each.name, each.read] as const] : [],
    ),
  );
  return [...values.values(), ...tests.values()];
}

const NOTHING = Symbol('nothing');

/** A table under several values at once, always as many. */
class ByValues<Made> {
  readonly next = new Map<unknown, ByValues<Made>>();
  made: Made | undefined;

  get(values: readonly unknown[]): Made | undefined {
    let at: ByValues<Made> | undefined = this;
    for (const value of values) at = at?.next.get(value);
    return at?.made;
  }

  set(values: readonly unknown[], made: Made): void {
    let at: ByValues<Made> = this;
    for (const value of values) {
      const next = at.next.get(value) ?? new ByValues<Made>();
      at.next.set(value, next);
      at = next;
    }
    at.made = made;
  }
}
