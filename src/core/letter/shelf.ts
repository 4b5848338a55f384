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

/** Keeps pieces under the values that they were made of. */
export function createShelf<Piece extends Plain>(make: (plain: string) => Piece) {
  let kept = 0;
  let generation = 0;
  const anew = ({ say }: Said): Node<Piece> => {
    // The links of one letter are the same from paper to paper.
    let last: Piece | undefined;
    return (scope, out) => {
      const plain = say(scope);
      if (plain === '') return;
      if (last?.plain !== plain) last = make(plain);
      out.push(last);
    };
  };
  const keptUnder = ({ say, reads: dependencies }: Said): Node<Piece> => {
    const reads = listKeys(dependencies);
    const isOfItem = reads.length > 0 && dependencies.every((each) => each.isOfItem);
    let shelf: Shelf<Piece> = new Map();
    // A list's items are never changed: those that many letters have are known by themselves.
    let items = new WeakMap<object, Piece | typeof NOTHING>();
    let of = generation;
    const find = (scope: Scope): Piece | typeof NOTHING => {
      let place = shelf;
      for (const read of reads) {
        const value = read(scope);
        // What can change under the same reference is no key.
        if (isObject(value)) return makeOf(scope);
        let next = place.get(value);
        if (!(next instanceof Map)) {
          next = new Map();
          place.set(value, next);
        }
        place = next;
      }
      const known = place.get(DONE);
      if (known !== undefined) return known as Piece | typeof NOTHING;
      const piece = makeOf(scope);
      place.set(DONE, piece);
      kept += 200 + (piece === NOTHING ? 0 : piece.plain.length);
      if (kept > MOST_KEPT) {
        kept = 0;
        generation += 1;
      }
      return piece;
    };
    const makeOf = (scope: Scope) => {
      const plain = say(scope);
      return plain === '' ? NOTHING : make(plain);
    };
    return (scope, out) => {
      if (of !== generation) {
        shelf = new Map();
        items = new WeakMap();
        of = generation;
      }
      const { context } = scope;
      const isKnown = isOfItem && isObject(context);
      let piece = isKnown ? items.get(context) : undefined;
      if (piece === undefined) {
        piece = find(scope);
        if (isKnown) items.set(context, piece);
      }
      if (piece !== NOTHING) out.push(piece);
    };
  };
  /** One piece, found by the item itself: a list's items are never changed. */
  const keptOfItem = (nodes: readonly Node<Piece>[]): Node<Piece>[] => {
    let items = new WeakMap<object, Piece | typeof NOTHING>();
    let of = generation;
    const node: Node<Piece> = (scope, out) => {
      const { context } = scope;
      if (of !== generation) items = new WeakMap();
      of = generation;
      const known = isObject(context) ? items.get(context) : undefined;
      if (known !== undefined) {
        if (known !== NOTHING) out.push(known);
        return;
      }
      const from = out.length;
      for (const each of nodes) each(scope, out);
      if (!isObject(context)) return;
      // Joined from the first time on: else the bytes of a letter were others the second time.
      const plain = out
        .splice(from)
        .map((piece) => piece.plain)
        .join('');
      const piece = plain === '' ? NOTHING : make(plain);
      items.set(context, piece);
      if (piece !== NOTHING) out.push(piece);
    };
    return [node];
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

type Shelf<Piece> = Map<unknown, Shelf<Piece> | Piece | typeof NOTHING>;
const DONE = Symbol('done');
const NOTHING = Symbol('nothing');
