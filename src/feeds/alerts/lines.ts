import { Parser } from 'htmlparser2';

/** A stretch of one line that looks the same all along. */
export interface Stretch {
  readonly text: string;
  /** Where it leads, as the mail has it. */
  readonly href?: string;
  /** `tag`, `tag.class` and `tag#ref` of what it stands in, from the outside. */
  readonly marks: readonly string[];
  /** In pixels, where a style around it says so. */
  readonly size?: number;
}

/** What a reader sees as one line or paragraph. */
export interface Line {
  /** With single blanks. */
  readonly text: string;
  readonly stretches: readonly Stretch[];
  /** `Q` where it is quoted so deep. */
  readonly depth: number;
}

/** Longer mails are read so far; the fullest that were seen have 720 kB. */
export const LONGEST_MARKUP = 5_000_000;
const MOST_LINES = 50_000;
const MOST_MARKS = 40;

const BREAKS = new Set(
  'address article aside blockquote br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(['head', 'script', 'style', 'template', 'title', 'svg', 'object']);
/** Nothing stands in them, closed or not. */
const EMPTY = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr', 'base']);

interface Open {
  readonly tag: string;
  readonly marks: readonly string[];
  readonly href?: string;
  readonly size?: number;
  readonly depth: number;
}

/** The lines of an HTML part, in the order in which they are read. Linear in its length. */
export function readHtmlLines(html: string): Line[] {
  const lines: Line[] = [];
  const open: Open[] = [];
  let stretches: Stretch[] = [];
  let silent = 0;
  const endLine = () => {
    if (stretches.length > 0 && lines.length < MOST_LINES) {
      const line = tidyLine(stretches, open.at(-1)?.depth ?? 0);
      if (line) lines.push(line);
    }
    stretches = [];
  };
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (SILENT.has(tag)) silent += 1;
      if (BREAKS.has(tag)) endLine();
      if (!EMPTY.has(tag)) open.push(openIn(open.at(-1), tag, attributes));
    },
    onclosetag(tag) {
      if (SILENT.has(tag)) silent -= 1;
      if (BREAKS.has(tag)) endLine();
      if (!EMPTY.has(tag) && open.at(-1)?.tag === tag) open.pop();
    },
    ontext(text) {
      if (silent > 0) return;
      const { marks = [], href, size } = open.at(-1) ?? {};
      const last = stretches.at(-1);
      if (last && last.marks === marks) {
        stretches[stretches.length - 1] = { ...last, text: last.text + text };
        return;
      }
      stretches.push({ text, marks, ...(href && { href }), ...(size && { size }) });
    },
  });
  parser.end(html.slice(0, LONGEST_MARKUP));
  endLine();
  return lines;
}

function openIn(
  outer: Open | undefined,
  tag: string,
  attributes: Readonly<Record<string, string>>,
): Open {
  const { class: names = '', ref, href, style = '' } = attributes;
  const own = [
    tag,
    ...names
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => `${tag}.${name}`),
    ...(ref ? [`${tag}#${ref}`] : []),
  ];
  const size = /(?:^|[;\s])font-size:\s*(\d{1,3})(?:\.\d+)?px/i.exec(style)?.[1];
  const marks = outer ? [...outer.marks, ...own].slice(-MOST_MARKS) : own;
  const leads = (tag === 'a' ? href?.trim() : undefined) ?? outer?.href;
  const px = size === undefined ? outer?.size : Number(size);
  return {
    tag,
    marks,
    depth: (outer?.depth ?? 0) + (tag === 'blockquote' ? 1 : 0),
    ...(leads && { href: leads }),
    ...(px && { size: px }),
  };
}

// Marks of direction and soft hyphens are no letters.
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function tidyLine(stretches: readonly Stretch[], depth: number): Line | undefined {
  const tidied: Stretch[] = [];
  let isBlank = true;
  for (const stretch of stretches) {
    const plain = stretch.text.replace(UNSEEN, '').replace(/\s+/g, ' ');
    const text: string = isBlank ? plain.trimStart() : plain;
    if (text === '') continue;
    isBlank = text.endsWith(' ');
    tidied.push({ ...stretch, text });
  }
  const text = tidied
    .map((stretch) => stretch.text)
    .join('')
    .trim();
  return text === '' ? undefined : { text, stretches: tidied, depth };
}

/** The lines of a text part: a paragraph is what stands between empty lines, folded. */
export function readTextLines(text: string): Line[] {
  return text
    .slice(0, LONGEST_MARKUP)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .slice(0, MOST_LINES)
    .flatMap((raw) => {
      const [, quotes = '', own = ''] = /^((?:>\s?)*)(.*)$/.exec(raw) ?? [];
      const plain = own.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
      const depth = quotes.replace(/[^>]/g, '').length;
      return [{ text: plain, stretches: plain ? [{ text: plain, marks: [] }] : [], depth }];
    });
}
