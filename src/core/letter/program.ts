/**
 * A template compiled to be filled often: what says the same for many readers is put into words
 * and encoded once and kept under the values it was made of, so that nothing of one reader can
 * stand in another's letter, whatever the table of variables says. The table only says what is worth
 * keeping. Conditions and loops are followed here; what else a template does is left to Handlebars.
 */
import Handlebars from 'handlebars';
import { findOuter } from './outer.ts';
import {
  type Dependency,
  isObject,
  type Loop,
  type Node,
  type Plain,
  type Read,
  type Said,
  type Say,
  type Scope,
  type Spread,
} from './scope.ts';
import { createShelf, type Make } from './shelf.ts';
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

/** How a program is made. */
export interface ProgramOptions<Piece> extends Make<Piece> {
  /** Values are escaped for HTML, unless it is text. */
  readonly isText: boolean;
  /** How many different values a variable has, by its path with `[]` for each of a list. */
  readonly spreadOf: (path: string) => Spread;
}

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
  { isText, spreadOf, make, join }: ProgramOptions<Piece>,
  slow: SlowStatement[],
) {
  const shelf = createShelf({ make, join });
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
      const body = ofItem(inner, [...names, `${variable.path}[]`]);
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

  /** The body of a list; where all else that it says is known by a few values, it is kept by its item. */
  const ofItem = (body: readonly hbs.AST.Statement[], names: Names): Node<Piece>[] => {
    const slowBefore = slow.length;
    const nodes = statements(body, names);
    const paths = findOuter(body);
    if (!paths || slow.length > slowBefore) return nodes;
    const outer = paths.map((path) => readPath(path, names));
    if (outer.includes(undefined)) return nodes;
    const keys = new Map(outer.flatMap((path) => (path ? [[path.name, asKey(path)]] : [])));
    return [shelf.keptOfItem(nodes, [...keys.values()])];
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
    const isThere = testOf(param.read);
    const read: Read = helper === 'if' ? isThere : (scope) => !isThere(scope);
    return { read, name: param.name, isTest: true };
  };

  const readParam = (expression: hbs.AST.Expression, names: Names) => {
    if (isPath(expression)) return readPath(expression, names);
    if (!/^(String|Number|Boolean)Literal$/.test(expression.type)) return undefined;
    const { value } = expression as hbs.AST.Literal & { value: unknown };
    return { read: () => value, spread: 'shared' as const, name: `=${String(value)}` };
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
    return { read, readStrictly, spread: spreadOf(path), path, name };
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
  return { read, readStrictly, spread: 'shared' as const, path: '', name: `@${depth}:${name}` };
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

/** Neighbours that say the same for many become one; what is a reader's own stands by itself. */
function joinRun(run: readonly Said[]): Said[] {
  const parts: Said[] = [];
  for (const said of run) {
    const last = parts.at(-1);
    if (!last || last.spread !== said.spread || said.spread === 'own') {
      parts.push(said);
      continue;
    }
    const say: Say = (scope) => last.say(scope) + said.say(scope);
    parts[parts.length - 1] = { ...said, say, reads: [...last.reads, ...said.reads] };
  }
  return parts;
}

function widest(parts: readonly { readonly spread: Spread }[]): Spread {
  const has = (spread: Spread) => parts.some((part) => part.spread === spread);
  if (has('own')) return 'own';
  return has('few') ? 'few' : 'shared';
}

/** Whether a value counts as there in a condition. */
function testOf(read: Read): Read {
  return (scope) => {
    const value = read(scope);
    return Boolean(value) && !Handlebars.Utils.isEmpty(value);
  };
}

/** What parts the ways in which an item is said: of what is a reader's own, whether it is there. */
function asKey({ read, spread }: { readonly read: Read; readonly spread: Spread }): Read {
  return spread === 'own' ? testOf(read) : read;
}

function asValue({ read, name }: Omit<Dependency, 'isTest'>): Dependency {
  return { read, name, isTest: false };
}

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

function isPath(expression: hbs.AST.Node): expression is hbs.AST.PathExpression {
  return expression.type === 'PathExpression';
}

function nameStatement(statement: hbs.AST.Statement): string {
  const { path } = statement as { path?: hbs.AST.Expression };
  return path && isPath(path) ? `#${path.original}` : statement.type;
}
