import { listSlots } from './catalogue.ts';
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
}

/**
 * A template with the words of a language in the place of its markers, as plain Handlebars, line by
 * line. A marker whose text is not there, or has other slots, stays: it is a fault of the template.
 */
export function putWords(template: string, words: Words, put: Put): string {
  return template.replace(
    MARKER,
    (marker, helper: string, _quote, key: string, rest: string) =>
      putText(words, { key, given: readGiven(rest), isUpper: helper === 'T' }, put) ?? marker,
  );
}

/** Whether a template asks for the words of a language. */
export function asksForWords(template: string): boolean {
  return template.search(MARKER) >= 0;
}

interface Given {
  /** Variables by the slots that they fill. */
  readonly slots: ReadonlyMap<string, string>;
  /** Attributes by the marks that have them. */
  readonly marks: ReadonlyMap<string, string>;
}

function readGiven(text: string): Given {
  const all = [...text.matchAll(GIVEN)];
  const named = (group: 2 | 3) =>
    new Map(all.flatMap((one) => (one[group] === undefined ? [] : [[one[1] ?? '', one[group]]])));
  return { marks: named(2), slots: named(3) };
}

interface Asked {
  readonly key: string;
  readonly given: Given;
  readonly isUpper: boolean;
}

function putText(
  words: Words,
  { key, given: { slots, marks }, isUpper }: Asked,
  { isPlain, isKept }: Put,
): string | undefined {
  const text = words.textOf(key as WordKey);
  if (text === undefined) return undefined;
  const wanted = listSlots(text).filter((slot) => !slot.startsWith('<'));
  if (wanted.join() !== [...slots.keys()].sort().join()) return undefined;
  if (typeof text !== 'string') {
    const forms = Object.entries(text).map(([form, said]) => `${form}="${said}"`);
    const count = slots.get('count');
    if (isKept || wanted.length > 1 || count === undefined) return undefined;
    return `{{plural ${count} "${words.language}" ${forms.join(' ')}}}`;
  }
  const said = isUpper ? words.upper(text) : text;
  const marked = isPlain
    ? said.replace(/<\/?\w+>/g, '')
    : said.replace(/<(\w+)>/g, (whole, name: string) => {
        const attributes = marks.get(name);
        return attributes ? `<${name} ${attributes}>` : whole;
      });
  return marked.replace(/\{(\w+)\}/g, (whole, slot: string) => {
    const variable = slots.get(slot);
    return variable ? `{{${variable}}}` : whole;
  });
}
