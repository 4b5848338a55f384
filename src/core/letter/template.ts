/**
 * The template language of the mail and the pages: Handlebars with two helpers of its
 * own and no partials. An operator's are checked against sample data before first use, so
 * that a fault stops the start and never a letter.
 */
import Handlebars from 'handlebars';
import { countOf } from '../text/words.ts';
import { type Language, wordsOf } from '../words/words.ts';

/** A template's text and the path that its faults are reported under. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
  /** One of ours, as it came with this version. */
  readonly isOurs?: boolean;
}

/** Reads a template by its name below `templates`, such as `mail/digest.mjml`. */
export type ReadTemplate = (name: string) => Promise<TemplateFile>;

/** One value with every optional field set, every list filled; and one with none. */
export interface Samples<T> {
  readonly full: T;
  readonly minimal: T;
}

/** A fault in a template; the message begins with `path:line`. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  readonly path: string;
  readonly line: number;
  readonly reason: string;

  constructor(file: TemplateFile, fault: { line: number; reason: string; cause?: unknown }) {
    super(`${file.path}:${fault.line}: ${fault.reason}`, { cause: fault.cause });
    this.path = file.path;
    this.line = fault.line;
    this.reason = fault.reason;
  }
}

const blockHelpers = new Set(['if', 'unless', 'each', 'with']);
/** The helpers that stand in a line, by their names. */
export const inlineHelpers: Record<string, Handlebars.HelperDelegate> = {
  count: countOf,
  ordinal,
  plural,
};
const loopVariables = new Set(['index', 'first', 'last']);

const engine = Handlebars.create();
engine.registerHelper(inlineHelpers);

const settings = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { count: true, ordinal: true, plural: true },
} satisfies CompileOptions;

/**
 * Turns a checked template into a function. Values are escaped for HTML, unless `isText`.
 * The function throws where a variable outside of `#if` is missing.
 */
export function buildTemplate<T>(text: string, isText = false): (view: T) => string {
  const fill = engine.compile<T>(text, { ...settings, noEscape: isText });
  return (view) => fill(view);
}

/** The syntax tree of a template, blanks around its blocks taken away as Handlebars does. */
export function parseTemplate(text: string): hbs.AST.Program {
  return engine.parse(text);
}

/**
 * One statement of a template as a function of the contexts that enclose it, the innermost first,
 * and of the variables of its loop.
 */
export function compileStatement(
  statement: hbs.AST.Statement,
  isText: boolean,
): (contexts: readonly unknown[], data: Record<string, unknown>) => string {
  const program = { type: 'Program', body: [statement], blockParams: [], loc: statement.loc };
  const fill = engine.compile(program as hbs.AST.Program, {
    ...settings,
    noEscape: isText,
    // It stood among others: which blanks around its blocks go was settled there.
    ignoreStandalone: true,
  });
  return ([context, ...depths], data) =>
    fill(context, { data, depths: [context, ...depths] } as RuntimeOptions);
}

/** What is thrown where a variable outside of `#if` is missing, in the words of Handlebars. */
export function sayMissing(name: string, owner: unknown): Error {
  return new Handlebars.Exception(`"${name}" not defined in ${owner}`);
}

/**
 * Throws a TemplateError at the first fault: syntax, an unknown helper, a variable that
 * the full sample does not know (in any branch), or an optional one used unguarded.
 * Ours are taken as they are: this version's tests have checked them.
 */
export function checkTemplate<T>(file: TemplateFile, samples: Samples<T>): void {
  if (file.isOurs) return;
  const [first] = listFaults(file, samples);
  if (first) throw first;
}

/** All such faults, in their order; of those of syntax and of filling only the first can be told. */
export function listFaults<T>(file: TemplateFile, samples: Samples<T>): TemplateError[] {
  const tell = (cause: unknown) => {
    const open = /got 'EOF'/.test(String(cause)) ? findOpenBlock(file.text) : undefined;
    return new TemplateError(file, {
      ...(open ?? { line: lineOf(cause), reason: reasonOf(cause) }),
      cause,
    });
  };
  try {
    const check = new VariableCheck(samples.full);
    check.accept(engine.parse(file.text));
    if (check.faults.length > 0) return check.faults.map(tell);
    const fill = buildTemplate<T>(file.text);
    fill(samples.full);
    fill(samples.minimal);
    return [];
  } catch (cause) {
    return [tell(cause)];
  }
}

/** The place in a list as people count, for `{{ordinal @index}}`; `{{ordinal @index 2}}` is that wide at least. */
function ordinal(index: number, width?: unknown): string {
  // Handlebars gives every helper its options as the last argument.
  return String(index + 1).padStart(typeof width === 'number' ? width : 0);
}

/** A number with its text, out of those that a language has: what `{{t …}}` makes of a plural. */
function plural(count: number, language: Language, { hash }: Handlebars.HelperOptions): string {
  return wordsOf(language).choose({ other: '', ...hash }, count);
}

/** A marker that no text was put in for. */
function sayNoText({ params: [key], hash }: hbs.AST.MustacheStatement): string {
  const slots = (hash?.pairs ?? []).map((pair) => pair.key).join(', ');
  const name = key?.type === 'StringLiteral' ? (key as hbs.AST.StringLiteral).value : '';
  return `the catalogue has no text "${name}" ${slots ? `with ${slots}` : 'without slots'}`;
}

/** Stands for what an unknown name leads to, so that one fault is told once. */
const nowhere = Symbol('nowhere');

/** Follows every path of a template through a sample and keeps each that leads nowhere. */
class VariableCheck extends Handlebars.Visitor {
  readonly faults: Handlebars.Exception[] = [];
  readonly #scopes: unknown[];

  constructor(sample: unknown) {
    super();
    this.#scopes = [sample];
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const helper = nameOf(block.path);
    if (!blockHelpers.has(helper)) this.#blame(`unknown helper "${helper}"`, block);
    const scope = this.#innerScope(helper, block);
    if (scope !== undefined) this.#scopes.push(scope);
    this.accept(block.program);
    if (scope !== undefined) this.#scopes.pop();
    if (block.inverse) this.accept(block.inverse);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    const helper = nameOf(mustache.path);
    if (mustache.params.length === 0) this.accept(mustache.path);
    else if (Object.hasOwn(inlineHelpers, helper)) this.acceptArray(mustache.params);
    else if (helper === 't' || helper === 'T') this.#blame(sayNoText(mustache), mustache);
    else this.#blame(`unknown helper "${helper}"`, mustache);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.#blame('partials are not used here', partial);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    this.#resolve(path);
  }

  /** What `this` is inside of a block; undefined where the block does not change it. */
  #innerScope(helper: string, block: hbs.AST.BlockStatement): unknown {
    const [argument] = block.params;
    if (helper === 'if' || helper === 'unless') {
      this.acceptArray(block.params);
      return undefined;
    }
    if (helper !== 'each' && helper !== 'with') return nowhere;
    if (!argument || !isPath(argument)) return this.#blame(`#${helper} needs a variable`, block);
    const value = this.#resolve(argument);
    return helper === 'each' && Array.isArray(value) ? value[0] : value;
  }

  #resolve(path: hbs.AST.PathExpression): unknown {
    const parts = path.parts.map(String);
    if (path.data && parts[0] !== 'root') {
      if (loopVariables.has(String(parts[0]))) return 0;
      return this.#blame(`unknown "${path.original}"`, path);
    }
    let value = path.data ? this.#scopes[0] : this.#scopes.at(-1 - path.depth);
    for (const part of path.data ? parts.slice(1) : parts) {
      if (value === nowhere) return nowhere;
      if (!isRecord(value) || !Object.hasOwn(value, part)) {
        return this.#blame(`unknown variable "${path.original}"`, path);
      }
      value = value[part];
    }
    return value;
  }

  #blame(reason: string, node: hbs.AST.Node): typeof nowhere {
    this.faults.push(new Handlebars.Exception(reason, node));
    return nowhere;
  }
}

/** The innermost block that is opened and never closed: the grammar only knows that the file ended. */
function findOpenBlock(text: string): { line: number; reason: string } | undefined {
  const open: RegExpMatchArray[] = [];
  for (const tag of text.matchAll(/\{\{~?([#/])\s*(\w+)[^}]*\}\}/g)) {
    if (tag[1] === '#') open.push(tag);
    else open.pop();
  }
  const last = open.at(-1);
  if (!last) return undefined;
  const line = text.slice(0, last.index).split('\n').length;
  return { line, reason: `${last[0]} is never closed: {{/${last[2]}}} is missing` };
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
