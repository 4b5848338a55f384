/**
 * The template language of the mail and the pages: Handlebars with two helpers of its
 * own and no partials. Templates are checked against sample data before first use, so
 * that a fault stops the start and never a letter.
 */
import Handlebars from 'handlebars';
import { countOf } from '../text/words.ts';

/** A template's text and the path that its faults are reported under. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

/** One value with every optional field set, every list filled; and one with none. */
export interface Samples<T> {
  readonly full: T;
  readonly minimal: T;
}

/** A fault in a template; the message begins with `path:line`. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(file: TemplateFile, fault: { line: number; reason: string; cause?: unknown }) {
    super(`${file.path}:${fault.line}: ${fault.reason}`, { cause: fault.cause });
  }
}

const blockHelpers = new Set(['if', 'unless', 'each', 'with']);
const inlineHelpers = { count: countOf, ordinal };
const loopVariables = new Set(['index', 'first', 'last']);

const engine = Handlebars.create();
engine.registerHelper(inlineHelpers);

const settings = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { count: true, ordinal: true },
} satisfies CompileOptions;

/**
 * Turns a checked template into a function. Values are escaped for HTML, unless `isText`.
 * The function throws where a variable outside of `#if` is missing.
 */
export function buildTemplate<T>(text: string, isText = false): (view: T) => string {
  const fill = engine.compile<T>(text, { ...settings, noEscape: isText });
  return (view) => fill(view);
}

/**
 * Throws a TemplateError at the first fault: syntax, an unknown helper, a variable that
 * the full sample does not know (in any branch), or an optional one used unguarded.
 */
export function checkTemplate<T>(file: TemplateFile, samples: Samples<T>): void {
  try {
    new VariableCheck(samples.full).accept(engine.parse(file.text));
    const fill = buildTemplate<T>(file.text);
    fill(samples.full);
    fill(samples.minimal);
  } catch (cause) {
    throw new TemplateError(file, { line: lineOf(cause), reason: reasonOf(cause), cause });
  }
}

/** The place in a list as people count, for `{{ordinal @index}}`. */
function ordinal(index: number): number {
  return index + 1;
}

/** Follows every path of a template through a sample; throws at the first that leads nowhere. */
class VariableCheck extends Handlebars.Visitor {
  readonly #scopes: unknown[];

  constructor(sample: unknown) {
    super();
    this.#scopes = [sample];
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const helper = nameOf(block.path);
    if (!blockHelpers.has(helper)) throw fault(`unknown helper "${helper}"`, block);
    this.acceptArray(block.params);
    const scope = this.#innerScope(helper, block.params[0]);
    if (scope !== undefined) this.#scopes.push(scope);
    this.accept(block.program);
    if (scope !== undefined) this.#scopes.pop();
    if (block.inverse) this.accept(block.inverse);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    const helper = nameOf(mustache.path);
    if (mustache.params.length === 0) this.accept(mustache.path);
    else if (Object.hasOwn(inlineHelpers, helper)) this.acceptArray(mustache.params);
    else throw fault(`unknown helper "${helper}"`, mustache);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    throw fault('partials are not used here', partial);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    this.#resolve(path);
  }

  /** What `this` is inside of a block; undefined where the block does not change it. */
  #innerScope(helper: string, argument: hbs.AST.Expression | undefined): unknown {
    if (helper !== 'each' && helper !== 'with') return undefined;
    if (!argument || !isPath(argument)) throw fault(`#${helper} needs a variable`, argument);
    const value = this.#resolve(argument);
    return helper === 'each' && Array.isArray(value) ? value[0] : value;
  }

  #resolve(path: hbs.AST.PathExpression): unknown {
    const parts = path.parts.map(String);
    if (path.data && parts[0] !== 'root') {
      if (!loopVariables.has(String(parts[0]))) throw fault(`unknown "${path.original}"`, path);
      return 0;
    }
    let value = path.data ? this.#scopes[0] : this.#scopes.at(-1 - path.depth);
    for (const part of path.data ? parts.slice(1) : parts) {
      if (!isRecord(value) || !Object.hasOwn(value, part)) {
        throw fault(`unknown variable "${path.original}"`, path);
      }
      value = value[part];
    }
    return value;
  }
}

function fault(reason: string, node?: hbs.AST.Node): Handlebars.Exception {
  return new Handlebars.Exception(reason, node);
}

/** Handlebars keeps the line in a field of its own, its grammar only in the message. */
function lineOf(cause: unknown): number {
  if (isRecord(cause) && typeof cause['lineNumber'] === 'number') return cause['lineNumber'];
  return Number(/on line (\d+)/.exec(String(cause))?.[1] ?? 1);
}

function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/^Parse error[\s\S]*\n/, '').replace(/ - \d+:\d+$/, '');
}

function nameOf(expression: hbs.AST.Expression): string {
  return isPath(expression) ? expression.original : expression.type;
}

function isPath(expression: hbs.AST.Expression): expression is hbs.AST.PathExpression {
  return expression.type === 'PathExpression';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
