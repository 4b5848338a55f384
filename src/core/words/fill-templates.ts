import { fillSlots, listSlots, type Plural, type Text } from './catalogue.ts';
import type { WordKey, Words } from './words.ts';

/**
 * What a template says in the words of a language: `{{t "key" slot=variable}}`, or `{{T "key"}}` in
 * capitals. A mark of the text gets its attributes by its name: `a='href="{{link}}"'`.
 */
const MARKER = /\{\{([tT]) (["'])([\w.]+)\2((?: +\w+=(?:'[^']*'|[@\w./]+))*) *\}\}/g;
const GIVEN = / (\w+)=(?:'([^']*)'|([@\w./]+))/g;

/** How the texts of a template are put in. */
export interface Put {
  /** Without marks of HTML. */
  readonly isPlain: boolean;
  /** Kept for old processes, which know no helper that chooses a plural. */
  readonly isKept: boolean;
  /** What paths of pages for all begin with in this language, for `{{t "path"}}`. */
  readonly path: string;
}

/**
 * A template with the words of a language in the place of its markers, as plain Handlebars, line by
 * line. A marker whose text is not there, or has other slots, stays: it is a fault of the template.
 */
export function putWords(template: string, words: Words, put: Put): string {
  return template
    .replace(
      MARKER,
      (marker, helper: string, _quote, key: string, rest: string) =>
        putText(words, { key, given: readGiven(rest), isUpper: helper === 'T' }, put) ?? marker,
    )
    .replace(PATH, put.path);
}

const PATH = /\{\{t (?:"path"|'path')\}\}/g;

/** The keys of the texts that a template asks for, each once. */
export function listAsked(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(MARKER), ([, , , key = '']) => key))];
}

/** What stands in slots, as a template writes it; and the attributes of marks. */
type Given = ReadonlyMap<string, string>;

function readGiven(text: string): Given {
  return new Map(
    Array.from(text.matchAll(GIVEN), ([, name = '', literal, variable]) => [
      name,
      literal ?? `{{${variable}}}`,
    ]),
  );
}

interface Asked {
  readonly key: string;
  readonly given: Given;
  readonly isUpper: boolean;
}

function putText(words: Words, { key, given, isUpper }: Asked, put: Put): string | undefined {
  const text: Text | undefined = words.textOf(key as WordKey);
  if (text === undefined) return undefined;
  const slots = listSlots(text);
  const names = [...given.keys()];
  const isGiven = slots.every((slot) => slot.startsWith('<') || given.has(slot));
  const isWanted = names.every((name) => slots.includes(name) || slots.includes(`<${name}>`));
  if (!isGiven || !isWanted) return undefined;
  if (typeof text !== 'string') return put.isKept ? undefined : putPlural(words, text, given);
  const said = isUpper ? words.upper(text) : text;
  const fill = (bare: string) => fillSlots(bare, (slot) => given.get(slot));
  // Attributes come last: a variable in them is in braces, as a slot is.
  return put.isPlain ? fill(said.replace(/<\/?\w+>/g, '')) : markUp(fill(said), given);
}

function markUp(text: string, given: Given): string {
  return text.replace(/<(\w+)>/g, (mark, name: string) => {
    const attributes = given.get(name);
    return attributes ? `<${name} ${attributes}>` : mark;
  });
}

/** Only a number can stand in one. */
function putPlural(words: Words, text: Plural, given: Given): string | undefined {
  const count = /^\{\{(.+)\}\}$/.exec(given.get('count') ?? '')?.[1];
  if (count === undefined || given.size > 1) return undefined;
  const forms = Object.entries(text).map(([form, said]) => `${form}="${said}"`);
  return `{{plural ${count} "${words.language}" ${forms.join(' ')}}}`;
}
