import { scriptText } from './tex-scripts.ts';

/**
 * Takes the known tags of HTML, JATS and MathML out of a text, whatever their prefix: an inline
 * one leaves nothing, a block a blank. Scripts and styles go with what is in them; raised and lowered
 * text becomes Unicode where it can, and TeX within MathML. Unknown tags stay as text.
 */
export function dropTags(text: string): string {
  if (!/<[!/a-z]|\]\]>/i.test(text)) return text;
  const shown: string[] = [];
  const formula: OpenElement[] = [];
  let from = 0;
  let script = -1;
  for (const { name, isEnd, isEmpty, start, end } of knownTags(text)) {
    const before = text.slice(from, start);
    if (formula.length === 0 || before.trim()) shown.push(before);
    from = end;
    if (BLOCK.has(name)) shown.push(' ');
    else if (MATHML.test(name)) {
      shown.push(isEnd ? closeElement(formula, name) : openElement(formula, name, isEmpty));
    } else if (SCRIPTS.has(name)) {
      if (isEnd && script >= 0) shown.push(raised(name, shown.splice(script).join('')));
      script = isEnd ? -1 : shown.length;
    }
  }
  return shown.join('') + text.slice(from);
}

/** `inf` is Elsevier's and APA's lowered text. */
const SCRIPTS = new Set(['sub', 'sup', 'inf']);

function raised(name: string, text: string): string {
  return scriptText(name === 'sup' ? '^' : '_', text) ?? text;
}

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly isEmpty: boolean;
  readonly start: number;
  readonly end: number;
}

/** The known tags in order; an element that is dropped whole counts as one empty tag. */
function* knownTags(text: string): Generator<Tag> {
  const lastEnds = lastEndsOfDropped(text);
  let dropped: { name: string; start: number } | undefined;
  for (const { 0: tag, 1: slash, 2: prefix, 3: spelled = '', index } of text.matchAll(TAG)) {
    const name = spelled.toLowerCase();
    const start = dropped?.start ?? index;
    const end = index + tag.length;
    const isEnd = slash !== '';
    if (dropped) {
      if (!isEnd || name !== dropped.name) continue;
      dropped = undefined;
      yield { name, isEnd: false, isEmpty: true, start, end };
    } else if (!isEnd && (lastEnds.get(name) ?? -1) > index) dropped = { name, start };
    else if (!name || isOurs(prefix) || INLINE.has(name) || BLOCK.has(name)) {
      yield { name, isEnd, isEmpty: tag.endsWith('/>'), start, end };
    }
  }
}

/** Of these vocabularies even an unknown element is none of the text. */
function isOurs(prefix: string | undefined): boolean {
  return /^(?:jats|mml|m):$/i.test(prefix ?? '');
}

/** Where the last end tag stands of each element that is dropped with its content. */
function lastEndsOfDropped(text: string): Map<string, number> {
  const ends = new Map<string, number>();
  for (const match of text.matchAll(DROPPED_END)) {
    ends.set(match[1]?.toLowerCase() ?? '', match.index);
  }
  // Publishers give one formula both ways.
  if (!/<(?:mml:|m:)?math[\s>]/i.test(text)) ends.delete('tex-math');
  return ends;
}

const DROPPED_END =
  /<\/(?:[a-z][a-z0-9-]{0,20}:)?(script|style|annotation|annotation-xml|noscript|iframe|tex-math)\s*>/gi;

// A quoted value may hold `>`, no value holds `<`: so no tag is read twice.
const ATTRIBUTE = String.raw`\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=][^\s"'<>]*)`;
const TAG = new RegExp(
  String.raw`<!--[^<>]*-->|<!\[CDATA\[|\]\]>|<(/?)([a-z][a-z0-9-]{0,20}:)?([a-z][a-z0-9-]*)(?:${ATTRIBUTE})*\s*/?>`,
  'gi',
);

const INLINE = new Set(
  `a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span
  strike strong sub sup inf tt u var wbr bold italic sc scp sans-serif monospace roman underline
  overline xref ext-link inter-ref cross-ref hsp email uri named-content styled-content inline-formula inline-graphic
  tex-math alternatives math mi mn mo ms mrow msub msup msubsup mfrac msqrt mroot mover munder
  munderover mtext mspace mstyle mtable mtr mtd semantics mfenced mpadded mphantom menclose
  mmultiscripts mprescripts annotation annotation-xml`.split(/\s+/),
);

const BLOCK = new Set(
  `address article aside blockquote body br button caption center dd details div dl dt embed
  figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input li link
  meta nav noscript object ol p pre script section style summary svg table tbody td tfoot th
  thead title tr ul audio video abstract sec st l para simple-para section-title list-item disp-formula disp-quote graphic`.split(
    /\s+/,
  ),
);

/** An open element of a MathML formula. */
interface OpenElement {
  readonly name: string;
  /** What closes the script that it stands in. */
  readonly end: string;
  children: number;
}

const MATHML =
  /^(?:math|semantics|m(?:i|n|o|s|row|su[bp]|subsup|frac|sqrt|under|over|underover|text|style|fenced|padded))$/;

/** What TeX writes before each child of an element. */
const BEFORE_CHILD = new Map([
  ['msub', ['', '_{']],
  ['msup', ['', '^{']],
  ['msubsup', ['', '_{', '^{']],
  ['munder', ['', '_{']],
  ['munderover', ['', '_{', '^{']],
  ['mfrac', ['', '/']],
]);

function openElement(formula: OpenElement[], name: string, isEmpty: boolean): string {
  const parent = formula.at(-1);
  const before = (parent && BEFORE_CHILD.get(parent.name)?.[parent.children]) ?? '';
  if (parent) parent.children += 1;
  if (isEmpty) return '';
  formula.push({ name, children: 0, end: before.endsWith('{') ? '}' : '' });
  return before + (name === 'msqrt' ? '√' : '');
}

function closeElement(formula: OpenElement[], name: string): string {
  return formula.at(-1)?.name === name ? (formula.pop()?.end ?? '') : '';
}
