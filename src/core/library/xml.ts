import { decodeXML } from 'entities';
import { XMLParser } from 'fast-xml-parser';
import { checkXml, readMarks } from '../feed/xml-bounds.ts';
import { countLines } from './format.ts';

/** An element that stands by itself in a longer text. */
export interface Stretch {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

/** An element as read: its text with that of all within it, its attributes, its elements. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/**
 * The elements at a depth (the root has 0) one by one, so that
 * no parser gets more than one of them. The last may not be whole; its text then ends with the file.
 */
export function* stretchesOf(text: string, depth: number): Generator<Stretch> {
  let open = 0;
  let from: { at: number; name: string } | undefined;
  const lineOf = countLines(text);
  for (const { kind, name, isEmpty, start, end } of readMarks(text)) {
    if (kind === 'open') {
      if (open === depth) from ??= { at: start, name };
      if (!isEmpty) open += 1;
    }
    if (kind === 'close') open -= 1;
    if (from && open === depth && kind !== 'other') {
      yield { name: from.name, line: lineOf(from.at), text: text.slice(from.at, end) };
      from = undefined;
    }
  }
  if (from) yield { name: from.name, line: lineOf(from.at), text: text.slice(from.at) };
}

/** What is wrong with an XML text as a whole, in a sentence; undefined where it may be read. */
export function findXmlFault(text: string): string | undefined {
  try {
    checkXml(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Reads one element; undefined where it is not well formed. */
export function readElement(text: string): XmlElement | undefined {
  try {
    return elementsOf(parser.parse(text)).elements[0];
  } catch {
    return undefined;
  }
}

/** What the parser gives in order: each node an object of its name and `:@`. */
function elementsOf(nodes: unknown): { text: string; elements: XmlElement[] } {
  const elements: XmlElement[] = [];
  let text = '';
  for (const node of Array.isArray(nodes) ? nodes : []) {
    const { ':@': attributes, ...named } = node as Record<string, unknown>;
    const [name, content] = Object.entries(named)[0] ?? [];
    if (name === undefined) continue;
    if (name === '#text') {
      text += decodeXML(String(content));
      continue;
    }
    const inner = elementsOf(content);
    text += inner.text;
    elements.push({
      name,
      attributes: readAttributes(attributes),
      text: inner.text,
      children: inner.elements,
    });
  }
  return { text, elements };
}

function readAttributes(found: unknown): Record<string, string> {
  const entries = Object.entries((found ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, decodeXML(String(value))]));
}

/** The texts of an element and of all within it, by their paths below it: `titles/title`. */
export function flatten(element: XmlElement, values: Map<string, string[]>, path = ''): void {
  for (const child of element.children) {
    const here = path === '' ? child.name : `${path}/${child.name}`;
    const known = values.get(here) ?? [];
    known.push(child.text);
    values.set(here, known);
    flatten(child, values, here);
  }
}
