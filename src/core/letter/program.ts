/**
 * A template compiled to be filled often: what says the same for many readers is put into words
 * and encoded once and kept under the values it was made of, so that nothing of one reader can
 * stand in another's letter, whatever the table of variables says. The table only says what is worth
 * keeping. Conditions and loops are followed here; what else a template does is left to Handlebars.
 */
import Handlebars from 'handlebars';
import { compileStatement, inlineHelpers, parseTemplate, sayMissing } from './template.ts';

/** A template, ready to be filled. */
export interface Program<View, Piece> {
  /** The pieces of one letter, in their order. Throws where a variable outside of `#if` is missing. */
  fill(view: View): Piece[];
  /** What is filled anew for each reader, since only Handlebars knows how. */
  readonly slow: readonly SlowStatement[];
}

/** A statement that is not taken apart. */
export interface SlowStatement {
  readonly line: number;
  readonly text: string;
}

/** A piece knows its words. */
export interface Plain {
  readonly plain: string;
}

/**
 * How many different values a variable has: as many as there are papers, or as readers ask for, or
 * one a reader. What is made of the last is not kept; of the second it is kept by itself.
 */
export type Spread = 'shared' | 'few' | 'own';

/** How a program is made. */
export interface ProgramOptions<Piece> {
  /** Values are escaped for HTML, unless it is text. */
  readonly isText: boolean;
  /** How many different values a variable has, by its path with `[]` for each of a list. */
  readonly spreadOf: (path: string) => Spread;
  readonly make: (plain: string) => Piece;
}

/** Where a statement stands while it is filled. */
interface Scope {
  readonly context: unknown;
  readonly up: Scope | undefined;
  readonly root: unknown;
  readonly loop: Loop | undefined;
}

/** The place in a list, and that of the list around it. */
interface Loop {
  readonly index: number;
  readonly isLast: boolean;
  readonly up: Loop | undefined;
}

type Read = (scope: Scope) => unknown;
type Say = (scope: Scope) => string;
type Node<Piece> = (scope: Scope, out: Piece[]) => void;

/** What words depend on: a value, or only whether it is there; within one context the same name is the same. */
interface Dependency {
  readonly read: Read;
  readonly name: string;
  readonly isTest: boolean;
  /** Whether it is read of the item of a list alone. */
  readonly isOfItem: boolean;
}

/** A statement in words, with what its words depend on. */
interface Said {
  readonly say: Say;
  readonly reads: readonly Dependency[];
  readonly spread: Spread;
}

/** Text between two variables of a reader that is shorter than this is not worth a piece. */
const SHORT = 24;
/** In characters: kept of one template, at most; then all is made anew. */
const MOST_KEPT = 12_000_000;

/** Compiles a template that was checked. */
export function compileProgram<View, Piece extends Plain>(
  text: string,
  options: ProgramOptions<Piece>,
): Program<View, Piece> {
  const slow: SlowStatement[] = [];
  const { statements } = createCompiler(options, slow);
  const nodes = statements(parseTemplate(text).body, ['']);
  return {
    slow,
    fill(view) {
      const out: Piece[] = [];
      const scope = { context: view, up: undefined, root: view, loop: undefined };
      for (const node of nodes) node(scope, out);
      return out;
    },
  };
}

/** Names are the paths of the contexts that enclose a statement, the innermost last. */
type Names = readonly string[];

function createCompiler<Piece extends Plain>(
  { isText, spreadOf, make }: ProgramOptions<Piece>,
  slow: SlowStatement[],
) {
  const shelf = createShelf(make);
  const printed = (value: unknown, isRaw: boolean) =>
    value === null || value === undefined
      ? ''
      : isText || isRaw
        ? String(value)
        : Handlebars.escapeExpression(value as string);

  /** Runs of statements in words become nodes of their own; blocks that hold more are followed. */
  const statements = (body: readonly hbs.AST.Statement[], names: Names): Node<Piece>[] => {
    const nodes: Node<Piece>[] = [];
    let run: Said[] = [];
    const endRun = () => {
      nodes.push(
        ...joinRun(run).map((part) =>
          part.spread === 'own' ? shelf.anew(part) : shelf.kept(part),
        ),
      );
      run = [];
    };
    for (const statement of body) {
      const said = inWords(statement, names);
      if (said) {
        run.push(said);
        continue;
      }
      endRun();
      nodes.push(followed(statement as hbs.AST.BlockStatement, names) ?? whole(statement));
    }
    endRun();
    return nodes;
  };

  /** Undefined for what holds a list, or a reader's own words under a condition. */
  const inWords = (statement: hbs.AST.Statement, names: Names): Said | undefined => {
    switch (statement.type) {
      case 'ContentStatement': {
        const { value } = statement as hbs.AST.ContentStatement;
        return { say: () => value, reads: [], spread: 'shared' };
      }
      case 'CommentStatement':
        return { say: () => '', reads: [], spread: 'shared' };
      case 'MustacheStatement':
        return mustache(statement as hbs.AST.MustacheStatement, names);
      case 'BlockStatement':
        return condition(statement as hbs.AST.BlockStatement, names);
      default:
        return undefined;
    }
  };

  const mustache = (
    { path, params, hash, escaped }: hbs.AST.MustacheStatement,
    names: Names,
  ): Said | undefined => {
    const inPrint = (value: unknown) => printed(value, escaped === false);
    const given = params.map((param) => readParam(param, names));
    if (hash || !isPath(path) || given.includes(undefined)) return undefined;
    const known = given.filter((param) => param !== undefined);
    const spread = widest(known);
    if (params.length > 0) {
      const helper = inlineHelpers[path.original];
      const say: Say = (scope) => inPrint(helper?.(...known.map(({ read }) => read(scope))));
      return helper && { say, reads: known.map(asValue), spread };
    }
    const variable = readPath(path, names);
    if (!variable) return undefined;
    const say: Say = (scope) => inPrint(variable.readStrictly(scope));
    return { say, reads: [asValue(variable)], spread: variable.spread };
  };

  /** A condition of which all that it holds is in words, the same for many. */
  const condition = (block: hbs.AST.BlockStatement, names: Names): Said | undefined => {
    const test = readTest(block, names);
    if (!test) return undefined;
    const [yes, no] = [block.program, block.inverse].map((program) =>
      (program?.body ?? []).map((statement) => inWords(statement, names)),
    );
    if (!yes || !no) return undefined;
    const all = [...yes, ...no].filter((said) => said !== undefined);
    const spread = widest(all);
    if (all.length < yes.length + no.length || spread === 'own') return undefined;
    const sayAll = (saids: readonly (Said | undefined)[]) => (scope: Scope) =>
      saids.map((said) => said?.say(scope)).join('');
    const [sayYes, sayNo] = [sayAll(yes), sayAll(no)];
    return {
      say: (scope) => (test.read(scope) ? sayYes(scope) : sayNo(scope)),
      reads: [test, ...all.flatMap(({ reads }) => reads)],
      spread,
    };
  };

  /** A condition or a list, followed for each reader. */
  const followed = (block: hbs.AST.BlockStatement, names: Names): Node<Piece> | undefined => {
    if (block.type !== 'BlockStatement' || block.program?.blockParams?.length) return undefined;
    const test = readTest(block, names);
    const otherwise = () => statements(block.inverse?.body ?? [], names);
    if (test) {
      const [yes, no] = [statements(block.program?.body ?? [], names), otherwise()];
      return (scope, out) => {
        for (const node of test.read(scope) ? yes : no) node(scope, out);
      };
    }
    const helper = isPath(block.path) ? block.path.original : '';
    const [argument, ...more] = block.params;
    const variable = argument && isPath(argument) ? readPath(argument, names) : undefined;
    if (!variable || block.hash || more.length > 0) return undefined;
    const inner = block.program?.body ?? [];
    if (helper === 'each') {
      const nodes = statements(inner, [...names, `${variable.path}[]`]);
      const body = isClosed(inner) ? shelf.keptOfItem(nodes) : nodes;
      return eachOf(variable.read, body, { no: otherwise(), other: untouched(block) });
    }
    if (helper !== 'with') return undefined;
    const [body, no] = [statements(inner, [...names, variable.path]), otherwise()];
    return (scope, out) => {
      const value = variable.read(scope);
      const isThere = !Handlebars.Utils.isEmpty(value);
      const within =
        isThere && value !== scope.context ? { ...scope, context: value, up: scope } : scope;
      for (const node of isThere ? body : no) node(within, out);
    };
  };

  /** What only Handlebars knows how to fill, and says so. */
  const whole = (statement: hbs.AST.Statement): Node<Piece> => {
    slow.push({ line: statement.loc.start.line, text: nameStatement(statement) });
    return untouched(statement);
  };

  const untouched = (statement: hbs.AST.Statement): Node<Piece> => {
    let fill: ReturnType<typeof compileStatement> | undefined;
    return (scope, out) => {
      fill ??= compileStatement(statement, isText);
      const contexts: unknown[] = [];
      for (let at: Scope | undefined = scope; at; at = at.up) contexts.push(at.context);
      out.push(make(fill(contexts, frameOf(scope.root, scope.loop))));
    };
  };

  /** `#if` and `#unless`; undefined for other blocks. */
  const readTest = (block: hbs.AST.BlockStatement, names: Names): Dependency | undefined => {
    const helper = isPath(block.path) ? block.path.original : '';
    const [argument, ...more] = block.params;
    if ((helper !== 'if' && helper !== 'unless') || block.hash || more.length > 0) return undefined;
    const param = argument && readParam(argument, names);
    if (!param) return undefined;
    const isThere: Read = (scope) => {
      const value = param.read(scope);
      return Boolean(value) && !Handlebars.Utils.isEmpty(value);
    };
    const read: Read = helper === 'if' ? isThere : (scope) => !isThere(scope);
    return { read, name: param.name, isTest: true, isOfItem: param.isOfItem };
  };

  const readParam = (expression: hbs.AST.Expression, names: Names) => {
    if (isPath(expression)) return readPath(expression, names);
    if (!/^(String|Number|Boolean)Literal$/.test(expression.type)) return undefined;
    const { value } = expression as hbs.AST.Literal & { value: unknown };
    return {
      read: () => value,
      spread: 'shared' as const,
      name: `=${String(value)}`,
      isOfItem: true,
    };
  };

  const readPath = ({ data, depth, parts: given }: hbs.AST.PathExpression, names: Names) => {
    const parts = given.map(String);
    if (data && parts[0] !== 'root') return readLoop(parts, depth);
    if (data && depth > 0) return undefined;
    const above = data ? names[0] : names.at(-1 - depth);
    if (above === undefined) return undefined;
    const wanted = data ? parts.slice(1) : parts;
    const start: Read = data
      ? ({ root }) => root
      : depth === 0
        ? ({ context }) => context
        : (scope) => climb(scope, depth);
    const last = wanted.at(-1);
    const owner = wanted.slice(0, -1).reduce(memberOf, start);
    const read = last === undefined ? start : memberOf(owner, last);
    const readStrictly: Read = (scope) => {
      const value = read(scope);
      if (value !== undefined || last === undefined) return value;
      const holder = owner(scope);
      if (!isObject(holder) || !(last in holder)) throw sayMissing(last, holder);
      return undefined;
    };
    const path = [above, ...wanted].filter(Boolean).join('.');
    // Two lists of one path stand at different items.
    const name = JSON.stringify([data ? '@root' : depth, ...wanted]);
    const isOfItem = !data && depth === 0 && names.length > 1;
    return { read, readStrictly, spread: spreadOf(path), path, name, isOfItem };
  };

  return { statements };
}

const loopVariables: Readonly<Record<string, (loop: Loop) => unknown>> = {
  index: ({ index }) => index,
  first: ({ index }) => index === 0,
  last: ({ isLast }) => isLast,
};

/** A variable of a list that stands `depth` lists further out. */
function readLoop([name = '', ...more]: readonly string[], depth: number) {
  const of = loopVariables[name];
  if (!of || more.length > 0) return undefined;
  const read: Read = (scope) => {
    let { loop } = scope;
    for (let step = 0; step < depth; step += 1) loop = loop?.up;
    return loop && of(loop);
  };
  const readStrictly: Read = (scope) => {
    const value = read(scope);
    if (value === undefined) throw sayMissing(name, {});
    return value;
  };
  const at = { path: '', name: `@${depth}:${name}`, isOfItem: false };
  return { read, readStrictly, spread: 'shared' as const, ...at };
}

/** The variables of a list as Handlebars hands them down. */
function frameOf(root: unknown, loop: Loop | undefined): Record<string, unknown> {
  if (!loop) return { root };
  const { index, isLast, up } = loop;
  return { root, index, first: index === 0, last: isLast, _parent: frameOf(root, up) };
}

/** A list, or what it is not. */
function eachOf<Piece>(
  read: Read,
  body: readonly Node<Piece>[],
  { no, other }: { no: readonly Node<Piece>[]; other: Node<Piece> },
): Node<Piece> {
  return (scope, out) => {
    const list = read(scope);
    if (Handlebars.Utils.isEmpty(list)) for (const node of no) node(scope, out);
    else if (!Array.isArray(list)) other(scope, out);
    else {
      for (let index = 0; index < list.length; index += 1) {
        const loop = { index, isLast: index === list.length - 1, up: scope.loop };
        const context = list[index];
        // Handlebars counts no step where an item stands in itself.
        const up = context === scope.context ? scope.up : scope;
        const within = { context, up, root: scope.root, loop };
        for (const node of body) node(within, out);
      }
    }
  };
}

/** Neighbours of one spread become one; short text joins what is a reader's own on both sides. */
function joinRun(run: readonly Said[]): Said[] {
  const parts: Said[] = [];
  run.forEach((said, at) => {
    const last = parts.at(-1);
    const isShort = said.reads.length === 0 && said.say(nowhere).length < SHORT;
    const isBetween = isShort && last?.spread === 'own' && run[at + 1]?.spread === 'own';
    const spread = isBetween ? 'own' : said.spread;
    if (!last || last.spread !== spread) {
      parts.push({ ...said, spread });
      return;
    }
    const say: Say = (scope) => last.say(scope) + said.say(scope);
    parts[parts.length - 1] = { say, reads: [...last.reads, ...said.reads], spread };
  });
  return parts;
}

function widest(parts: readonly { readonly spread: Spread }[]): Spread {
  const has = (spread: Spread) => parts.some((part) => part.spread === spread);
  if (has('own')) return 'own';
  return has('few') ? 'few' : 'shared';
}

const nowhere: Scope = { context: {}, up: undefined, root: {}, loop: undefined };

/** Whether what statements say depends on the item of their list alone, not on what is around it. */
function isClosed(body: readonly hbs.AST.Statement[]): boolean {
  const outer = new OuterCheck();
  for (const statement of body) outer.accept(statement);
  return !outer.isFound;
}

/** Looks for a path that may lead out of where it began: `with this` is no step, so any way up may. */
class OuterCheck extends Handlebars.Visitor {
  isFound = false;

  override PathExpression({ data, depth }: hbs.AST.PathExpression): void {
    this.isFound ||= data || depth > 0;
  }
}

/** Keeps pieces under the values that they were made of. */
function createShelf<Piece extends Plain>(make: (plain: string) => Piece) {
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

function asValue({ read, name, isOfItem }: Omit<Dependency, 'isTest'>): Dependency {
  return { read, name, isTest: false, isOfItem };
}

type Shelf<Piece> = Map<unknown, Shelf<Piece> | Piece | typeof NOTHING>;
const DONE = Symbol('done');
const NOTHING = Symbol('nothing');

function climb(scope: Scope, depth: number): unknown {
  let at: Scope | undefined = scope;
  for (let step = 0; step < depth; step += 1) at = at?.up;
  return at?.context;
}

/** A member of what is read; what every object inherits counts as missing. */
function memberOf(read: Read, name: string): Read {
  if (name in Object.prototype || (name in Array.prototype && name !== 'length')) {
    return (scope) => {
      const value = read(scope);
      return isObject(value) && Object.hasOwn(value, name) ? memberIn(value, name) : undefined;
    };
  }
  return (scope) => {
    const value = read(scope);
    return isObject(value) ? memberIn(value, name) : undefined;
  };
}

function memberIn(value: object, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isPath(expression: hbs.AST.Node): expression is hbs.AST.PathExpression {
  return expression.type === 'PathExpression';
}

function nameStatement(statement: hbs.AST.Statement): string {
  const { path } = statement as { path?: hbs.AST.Expression };
  return path && isPath(path) ? `#${path.original}` : statement.type;
}
