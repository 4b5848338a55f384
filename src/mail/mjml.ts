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
  const made = await tryMjml(file);
  if ('html' in made) return made.html;
  throw made.faults[0];
}

/** The same, with all faults in their order instead of an error. */
export async function tryMjml(
  file: TemplateFile,
): Promise<{ readonly html: string } | { readonly faults: readonly TemplateError[] }> {
  const tell = (line: number, reason: string, cause?: unknown) =>
    new TemplateError(file, { line, reason, cause });
  const faults = listMarkupFaults(file).map(({ line, reason }) => tell(line, reason));
  if (faults.length > 0) return { faults };
  try {
    const { html, json } = await mjml2html(file.text, {
      validationLevel: 'strict',
      fonts: {},
      keepComments: false,
    });
    const lost = listLost(json).map(({ line, reason }) => tell(line, reason));
    return lost.length > 0 ? { faults: lost } : { html };
  } catch (cause) {
    if (!isMjmlFault(cause)) return { faults: [tell(1, String(cause), cause)] };
    return { faults: cause.errors.map(({ line, message }) => tell(line, message, cause)) };
  }
}

interface Fault {
  readonly line: number;
  readonly reason: string;
}

/** MJML takes tags that are never closed and leaves out includes, both without a word. */
function listMarkupFaults({ text }: TemplateFile): Fault[] {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) return [{ line: verdict.err.line, reason: verdict.err.msg }];
  return text
    .split('\n')
    .flatMap((words, at) =>
      words.includes('<mj-include')
        ? [{ line: at + 1, reason: 'mj-include is not used here' }]
        : [],
    );
}

/** MJML drops text that stands between its own tags: there, `{{…}}` belongs into mj-raw. */
function listLost({ tagName, content, line = 1, children = [] }: MjmlNode): Fault[] {
  const reason = `text in ${tagName} is lost outside of mj-raw: ${content}`;
  const own = containers.has(tagName) && content ? [{ line, reason }] : [];
  return [...own, ...children.flatMap(listLost)];
}

function isMjmlFault(cause: unknown): cause is MjmlFault {
  const errors = cause instanceof Error && 'errors' in cause ? cause.errors : undefined;
  return Array.isArray(errors) && errors.length > 0;
}
