import { FeedError } from './feed.ts';

const MAX_DEPTH = 100;
const MAX_ELEMENTS = 400_000;

/**
 * Reads once over an XML text, in linear time, before any parser sees it. Throws FeedError
 * `malformed` where it declares entities (bombs, files to include), nests deeper than 100
 * elements or has more than 400,000: nothing a feed needs.
 */
export function checkXml(text: string): void {
  const open: string[] = [];
  let elements = 0;
  for (const { kind, name, isEmpty } of readMarks(text)) {
    if (kind === 'close') closeElement(open, name);
    if (kind !== 'open') continue;
    elements += 1;
    if (!isEmpty) open.push(name);
    if (open.length > MAX_DEPTH) throw refuse(`nests deeper than ${MAX_DEPTH} elements`);
    if (elements > MAX_ELEMENTS) throw refuse(`has more than ${MAX_ELEMENTS} elements`);
  }
}

/** Whether every element is closed where it must be; a lenient parser guesses where it is not. */
export function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const { kind, name, isEmpty } of readMarks(text)) {
    if (kind === 'open' && !isEmpty) open.push(name);
    if (kind === 'close' && open.pop() !== name) return false;
  }
  return open.length === 0;
}

/** The marks of an XML text in their order, whatever it holds; linear in its length. */
export function* readMarks(text: string): Generator<Mark> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const mark = readMark(text, at);
    yield { ...mark, start: at };
    at = mark.end;
  }
}

/** A tag, a comment, an instruction or a declaration. */
export interface Mark {
  readonly kind: 'open' | 'close' | 'other';
  readonly name: string;
  readonly isEmpty: boolean;
  readonly start: number;
  readonly end: number;
}

function readMark(text: string, at: number): Omit<Mark, 'start'> {
  if (text.startsWith('<!--', at)) return other(endOf(text, '-->', at + 4));
  if (text.startsWith('<![CDATA[', at)) return other(endOf(text, ']]>', at + 9));
  if (text.startsWith('<?', at)) return other(endOf(text, '?>', at + 2));
  const declaration = /^<!(doctype|entity)/i.exec(text.slice(at, at + 9))?.[1]?.toLowerCase();
  NAME.lastIndex = at;
  const [, slash = '', name] = NAME.exec(text) ?? [];
  if (!name && !declaration) return other(at + 1);
  const end = endOf(text, '>', at + 1);
  if (declaration === 'entity' || (declaration && text.slice(at, end).includes('['))) {
    throw refuse('declares entities of its own');
  }
  if (!name) return other(end);
  return { kind: slash ? 'close' : 'open', name, isEmpty: text[end - 2] === '/', end };
}

const NAME = /<(\/?)([\p{L}_:][\p{L}\p{N}_:.-]{0,200})/uy;

function other(end: number): Omit<Mark, 'start'> {
  return { kind: 'other', name: '', isEmpty: true, end };
}

/** Where the text after a mark begins; its end where the mark is never closed. */
function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** As a browser does: what was left open inside is closed with it. */
function closeElement(open: string[], name: string): void {
  const at = open.lastIndexOf(name);
  if (at >= 0) open.length = at;
}

function refuse(what: string): FeedError {
  return new FeedError('malformed', `The document ${what}, which no feed needs; it was not read.`);
}
