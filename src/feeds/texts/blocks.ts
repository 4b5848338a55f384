import { decodeHTMLStrict } from 'entities';
import { SECTION_NAME } from '../../core/text/section-names.ts';
import { cleanText } from '../../core/text/text.ts';
import { splitLabels } from './label-lines.ts';

/** A piece of a description that its markup sets apart: a paragraph, a line, a cell. */
export interface Block {
  /** As the feed wrote it, its own tags included; empty where its line was split by labels. */
  readonly raw: string;
  /** What it shows, cleaned, on one line; never empty. */
  readonly text: string;
  /** The names and classes of the elements that its first word stands in: ` p b byline `. */
  readonly marks: string;
}

/** More than any abstract has; what is beyond belongs to the last. */
const MOST_BLOCKS = 500;
const BREAKS = new Set(
  `address article aside blockquote br caption center dd div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 header hr l li main nav ol p pre sec section st table tbody td tfoot th
  thead title tr ul abstract list-item`.split(/\s+/),
);
const TAG = /<(\/?)(?:[a-z][a-z0-9-]{0,20}:)?([a-z][a-z0-9-]{0,30})((?:\s[^<>]{0,2000})?)\s*\/?>/gi;
/** The name of a part in bold letters before its text, which it may touch. */
const BOLD_NAME = new RegExp(
  String.raw`<(?:strong|b|bold)>\s{0,9}(${SECTION_NAME})\s{0,9}[:.]?\s{0,9}</(?:strong|b|bold)>\s{0,9}[:.]?(?=\s{0,9}(?:[\p{Lu}\d"“(<]|$))`,
  'gu',
);
/** The pages of a citation that touch the abstract, as Emerald has them: `pp.1-9Purpose`. */
const PAGES = /(\bpp?\.\s?[\d–-]{1,15})(?=\p{Lu}\p{Ll})/u;
const CLASS = /\sclass\s*=\s*["']([^"'<>]{0,200})["']/i;

/**
 * Splits a description into what its markup sets apart, in order; where it has none, into what
 * empty lines part, and lines that begin with a label. Linear in time.
 */
export function splitBlocks(description: string): Block[] {
  const html = markNames(fromMarkdown(unwrap(description))).replace(PAGES, '$1\n\n');
  const pieces = /<\/?(?:[a-z][a-z0-9-]*:)?[a-z][a-z0-9-]*[\s/>]/i.test(html)
    ? splitMarkup(html)
    : [];
  // Of what only looks like markup (`n <m and p> q`) nothing comes.
  const found = pieces.length > 1 ? pieces : splitPlain(html, pieces[0]?.marks ?? ' ');
  return joinCells(
    found
      .map(({ raw, marks }) => ({ raw, marks, text: cleanText(raw) }))
      .flatMap((block) => splitLabels(block.text).map((text) => pieceOf(block, text)))
      .filter(({ text }) => text),
  );
}

/** Labels that programs set in bold as Markdown has it, and links: `**Authors:** …`, `[PDF](https://…)`. */
function fromMarkdown(text: string): string {
  if (!MARKED.test(text)) return text;
  return text
    .replace(/\*\*([^*\n<>]{1,60}?)\*\*/g, '$1')
    .replace(/(?<!!)\[([^[\]\n]{1,80})\]\((https?:[^()\s<>"]{1,500})\)/g, '<a href="$2">$1</a>');
}

const MARKED = /^\s{0,3}(?:[-*]\s)?\*\*[^*\n<>]{2,30}(?::\*\*|\*\*\s?:)/m;

/** What a block shows without marks that point elsewhere: `Ann Example<sup>A</sup>`. */
export function withoutMarks({ raw, text }: Block): string {
  return raw.length < LONGEST_MARKED && /<sup\b/i.test(raw)
    ? cleanText(raw.replace(/<sup\b[^<>]{0,200}>[^<]{0,40}(?:<(?!\/sup)[^<]{0,40})*<\/sup>/gi, ''))
    : text;
}

const LONGEST_MARKED = 20_000;

/** A text whose parts are named in bold letters, each name with a colon behind it. */
export function markNames(html: string): string {
  return html.replace(BOLD_NAME, ' $1: ');
}

/** A part of a block's line as a block. */
export function pieceOf(block: Block, text: string): Block {
  return text === block.text ? block : { ...block, raw: '', text };
}

/** A description whose tags are all escaped once more than they should be, read as it was meant. */
function unwrap(text: string): string {
  const isEscaped = /&lt;\/?(?:p|br|div|span|h[1-6]|b|i|em|strong|a|img)\b/i.test(text);
  return isEscaped && !/<\/?(?:p|br|div|span|h[1-6]|a)\b/i.test(text)
    ? decodeHTMLStrict(text)
    : text;
}

type Piece = Pick<Block, 'raw' | 'marks'>;

interface Element {
  readonly name: string;
  readonly mark: string;
}

function splitMarkup(html: string): Piece[] {
  const pieces: Piece[] = [];
  const open: Element[] = [];
  let [from, seen] = [0, 0];
  let marks: string | undefined;
  for (const { 0: tag, 1: slash, 2: spelt = '', 3: rest = '', index } of html.matchAll(TAG)) {
    const name = spelt.toLowerCase();
    if (marks === undefined && /\S/.test(html.slice(seen, index))) marks = marksOf(open);
    seen = index + tag.length;
    if (BREAKS.has(name) && pieces.length < MOST_BLOCKS) {
      if (marks !== undefined) pieces.push({ raw: html.slice(from, index), marks });
      from = seen;
      marks = undefined;
    }
    if (slash) close(open, name);
    else if (!VOID.has(name) && !tag.endsWith('/>') && open.length < 50) {
      open.push({ name, mark: `${name} ${CLASS.exec(rest)?.[1] ?? ''}` });
    }
  }
  return [...pieces, { raw: html.slice(from), marks: marks ?? marksOf(open) }];
}

const VOID = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);

function close(open: Element[], name: string): void {
  const at = open.findLastIndex((element) => element.name === name);
  if (at >= 0) open.length = at;
}

function marksOf(open: readonly Element[]): string {
  return ` ${open.map(({ mark }) => mark).join(' ')} `.toLowerCase().replace(/\s+/g, ' ');
}

/** `Authors: …`, at the start of a line of plain text. */
const LABELLED = /\n(?=[^\S\n]*\p{Lu}[\p{L}()' ]{1,24}:[^\S\n])/u;

function splitPlain(text: string, marks: string): Piece[] {
  return text
    .split(/\n\s*\n/)
    .flatMap((part) => part.split(LABELLED))
    .slice(0, MOST_BLOCKS)
    .map((raw) => ({ raw, marks }));
}

/** A table's or list's name and its value (`th` and `td`, `dt` and `dd`) are one labelled block. */
function joinCells(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const isValue = /\s(?:td|dd) /.test(block.marks) && !/\s(?:th|dt) /.test(block.marks);
    if (last && isValue && /\s(?:th|dt) /.test(last.marks)) {
      const text = `${last.text.replace(/\s*:$/, '')}: ${block.text}`;
      joined[joined.length - 1] = { raw: `${last.raw}: ${block.raw}`, text, marks: block.marks };
    } else joined.push(block);
  }
  return joined;
}
