/** A token as markdown-it gives it: of a block, or inside of a line. */
export interface MarkdownToken {
  readonly type: string;
  readonly tag: string;
  readonly content: string;
  /** Of a paragraph: true where it stands in a list without blank lines. */
  readonly hidden: boolean;
  readonly children: readonly MarkdownToken[] | null;
  attrGet(name: string): string | number | null;
}

/** Where the walk is: in which lists, how deep in quotes, in which row of a table. */
interface Place {
  /** The next number of each list; undefined where it has dashes. */
  readonly lists: (number | undefined)[];
  quotes: number;
  /** What stands before the next line of words. */
  mark: string;
  row: string[] | undefined;
  isTight: boolean;
  isHeading: boolean;
  readonly lines: string[];
}

type Read = (place: Place, token: MarkdownToken) => void;

/** What each kind of token does; all others say nothing by themselves. */
const readers: Readonly<Record<string, Read>> = {
  bullet_list_open: ({ lists }) => lists.push(undefined),
  bullet_list_close: endList,
  ordered_list_open: ({ lists }, token) => lists.push(Number(token.attrGet('start') ?? 1)),
  ordered_list_close: endList,
  list_item_open: beginItem,
  blockquote_open: (place) => {
    place.quotes += 1;
  },
  blockquote_close: (place) => {
    place.quotes -= 1;
  },
  heading_open: (place) => {
    place.isHeading = true;
  },
  heading_close: (place) => {
    place.isHeading = false;
  },
  paragraph_open: (place, { hidden }) => {
    place.isTight = hidden;
  },
  inline: (place, { children }) => addWords(place, tellLine(children ?? [])),
  fence: (place, { content }) => addCode(place, content),
  code_block: (place, { content }) => addCode(place, content),
  hr: (place) => addWords(place, '* * *'),
  tr_open: (place) => {
    place.row = [];
  },
  tr_close: (place) => {
    const { row = [] } = place;
    place.row = undefined;
    place.isTight = true;
    addWords(place, row.join(' | '));
  },
  table_close: (place) => {
    place.isTight = false;
    place.lines.push('');
  },
};

/** Markdown that was read, as plain text: lists with dashes, each link with its address behind it. */
export function tellTokens(tokens: readonly MarkdownToken[]): string {
  const place: Place = {
    lists: [],
    quotes: 0,
    mark: '',
    row: undefined,
    isTight: false,
    isHeading: false,
    lines: [],
  };
  for (const token of tokens) readers[token.type]?.(place, token);
  return place.lines.join('\n').trim();
}

function endList({ lists, lines }: Place): void {
  lists.pop();
  if (lists.length === 0) lines.push('');
}

function beginItem(place: Place): void {
  const { lists } = place;
  const number = lists.at(-1);
  if (number !== undefined) lists[lists.length - 1] = number + 1;
  place.mark = `${'  '.repeat(lists.length - 1)}${number === undefined ? '-' : `${number}.`} `;
}

function addWords(place: Place, words: string): void {
  if (place.row) {
    place.row.push(words);
    return;
  }
  const { quotes, lists, mark, isHeading, lines } = place;
  const before = `${'> '.repeat(quotes)}${mark || '  '.repeat(lists.length)}`;
  place.mark = '';
  if (!place.isTight && lines.length > 0 && lines.at(-1) !== '') lines.push('');
  for (const [at, line] of words.split('\n').entries()) {
    lines.push(`${at === 0 ? before : ' '.repeat(before.length)}${line}`);
  }
  if (isHeading) lines.push('-'.repeat(Math.min(words.length, 40)));
  if (!place.isTight) lines.push('');
}

function addCode(place: Place, code: string): void {
  const lines = code.trimEnd().split('\n');
  addWords(place, lines.map((line) => `    ${line}`).join('\n'));
}

function tellLine(children: readonly MarkdownToken[]): string {
  let text = '';
  let link: { readonly address: string; readonly from: number } | undefined;
  for (const token of children) {
    if (token.type === 'link_open') {
      link = { address: String(token.attrGet('href') ?? ''), from: text.length };
    } else if (token.type === 'link_close') {
      if (link && !isSame(text.slice(link.from), link.address)) text += ` (${link.address})`;
      link = undefined;
    } else if (token.type === 'softbreak') text += ' ';
    else if (token.type === 'hardbreak') text += '\n';
    else text += token.content;
  }
  return text;
}

/** Whether a link says its own address. */
function isSame(words: string, address: string): boolean {
  return address === words || address === `mailto:${words}` || address === `http://${words}`;
}
