import { XMLValidator } from 'fast-xml-parser';
import mjml2html from 'mjml';
import { TemplateError, type TemplateFile } from '../core/letter/template.ts';

interface MjmlNode {
  readonly tagName: string;
  readonly line?: number;
  readonly content?: string;
  readonly children?: readonly MjmlNode[];
}

const containers = new Set(
  'mjml mj-head mj-attributes mj-body mj-wrapper mj-section mj-group mj-column'.split(' '),
);

interface MjmlFault {
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Turns MJML into HTML that asks for nothing remote. Throws a TemplateError at the first
 * fault, also at those that MJML passes over: open tags, includes, text between its tags.
 */
export async function compileMjml(file: TemplateFile): Promise<string> {
  checkMarkup(file);
  try {
    const { html, json } = await mjml2html(file.text, {
      validationLevel: 'strict',
      fonts: {},
      keepComments: false,
    });
    checkNothingLost(file, json);
    return html;
  } catch (cause) {
    if (cause instanceof TemplateError) throw cause;
    const first = isMjmlFault(cause) ? cause.errors[0] : undefined;
    const reason = first?.message ?? String(cause);
    throw new TemplateError(file, { line: first?.line ?? 1, reason, cause });
  }
}

/** MJML takes tags that are never closed and leaves out includes, both without a word. */
function checkMarkup(file: TemplateFile): void {
  const verdict = XMLValidator.validate(file.text);
  if (verdict !== true) {
    throw new TemplateError(file, { line: verdict.err.line, reason: verdict.err.msg });
  }
  const include = file.text.split('\n').findIndex((text) => text.includes('<mj-include'));
  if (include >= 0) {
    throw new TemplateError(file, { line: include + 1, reason: 'mj-include is not used here' });
  }
}

/** MJML drops text that stands between its own tags: there, `{{…}}` belongs into mj-raw. */
function checkNothingLost(file: TemplateFile, node: MjmlNode): void {
  if (containers.has(node.tagName) && node.content) {
    const reason = `text in ${node.tagName} is lost outside of mj-raw: ${node.content}`;
    throw new TemplateError(file, { line: node.line ?? 1, reason });
  }
  for (const child of node.children ?? []) checkNothingLost(file, child);
}

function isMjmlFault(cause: unknown): cause is MjmlFault {
  return cause instanceof Error && 'errors' in cause && Array.isArray(cause.errors);
}
