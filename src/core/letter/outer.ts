import Handlebars from 'handlebars';

/**
 * The paths by which the body of a list says more than its item holds, each of which can be read
 * where the item is. Undefined where something in it leads elsewhere: then no few values tell all
 * that the body may say.
 */
export function findOuter(
  body: readonly hbs.AST.Statement[],
): readonly hbs.AST.PathExpression[] | undefined {
  const search = new OuterSearch();
  for (const statement of body) search.accept(statement);
  return search.isLost ? undefined : search.found;
}

class OuterSearch extends Handlebars.Visitor {
  readonly found: hbs.AST.PathExpression[] = [];
  isLost = false;
  /** How many contexts within that of the item. */
  private level = 0;

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const { path, params, hash, program, inverse } = block;
    const helper = path.type === 'PathExpression' ? path.original : '';
    const isStep = helper === 'each' || helper === 'with';
    if (!isStep && helper !== 'if' && helper !== 'unless') this.isLost = true;
    // What is listed here must be the item's own.
    if (isStep && params.some((param) => isOuter(param))) this.isLost = true;
    if (hash || program?.blockParams?.length) this.isLost = true;
    for (const param of params) this.accept(param);
    this.level += isStep ? 1 : 0;
    if (program) this.accept(program);
    this.level -= isStep ? 1 : 0;
    if (inverse) this.accept(inverse);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    if (!isOuter(path)) return;
    // `with this` is no step, so a way up from further in may lead out or not.
    if (this.level === 0) this.found.push(path);
    else if (!path.data || path.depth > 0 || path.parts[0] === 'root') this.isLost = true;
  }
}

function isOuter(expression: hbs.AST.Node): boolean {
  if (expression.type !== 'PathExpression') return false;
  const { data, depth } = expression as hbs.AST.PathExpression;
  return data || depth > 0;
}
