import type { AmendedPaper } from '../paper/amendment.ts';
import type { Choice, HiddenPaper } from '../ranking/choice.ts';
import type { NamedAuthor, ReasonPart } from '../ranking/reason.ts';
import type { KeptWeek } from '../reader/kept.ts';
import type { DigestContent } from './digest-content.ts';
import type { ItemCounts } from './digest-items.ts';
import { type PackedItem, packItem, unpackItem } from './packed-item.ts';

// A digest as it is stored: JSON without names, a tenth of the same with them. Papers are told
// by their distance from the first number, which is the smallest of the chosen; what the edition
// holds anyway is not told at all.
//
//   [form, editions, first, choices, more]
//   a choice: [paper, mark…, code, value…]; a mark: "o" outside, "k" picked, "b" with names
//   more: h hidden by word, r rising, s risen, a amended, l editions left out, n note, c correction,
//     t test, i items beside the editions, j how many more of them, d the date where there is no
//     edition, m in a circle, k kept last week: how much, and the papers; older versions leave out what
//     they do not know
//
// Rows of a form live as long as digests are kept: a new one gets the next number.
const FORM = 1;

type Json = string | number | readonly Json[];
interface More {
  readonly h?: readonly (readonly [string, ...number[]])[];
  readonly r?: readonly (readonly [number, number, number, number])[];
  readonly s?: readonly number[];
  readonly a?: readonly (readonly [number, 'c' | 'r', string, string, string?])[];
  readonly l?: number;
  readonly n?: string;
  readonly c?: string;
  readonly t?: 1;
  readonly i?: readonly PackedItem[];
  readonly j?: ItemCounts;
  readonly d?: string;
  readonly m?: 1;
  readonly k?: readonly [number, ...(readonly [number, string, string?])[]];
}
type Packed = readonly [number, readonly number[], number, readonly (readonly Json[])[], More?];

/** Packs a digest for the database. Throws for a trial, which no edition stands behind. */
export function packDigest(content: DigestContent): string {
  if (content.trial) throw new Error('a trial holds its edition and is not packed');
  const { editions, choices } = content;
  let first = choices[0]?.paper ?? 0;
  for (const { paper } of choices) first = Math.min(first, paper);
  // Written as text at once: a round packs millions of these values.
  let packed = '';
  for (const choice of choices) packed += `${packed && ','}[${packChoice(choice, first)}]`;
  const more = packMore(content, first);
  return `[${FORM},[${editions.join()}],${first},[${packed}]${more && `,${more}`}]`;
}

/** The digest that was packed. Throws where a newer version packed it. */
export function unpackDigest(text: string): DigestContent {
  const [form, editions, first, choices, more = {}] = JSON.parse(text) as Packed;
  if (form !== FORM) throw new Error(`a digest of form ${form} was packed by a newer version`);
  const { h, r, s, a, l, n, c, t, i, j, d, m, k } = more;
  return {
    editions,
    choices: choices.map((choice) => unpackChoice(choice, first)),
    ...(h ? { hidden: h.flatMap((by) => unpackHidden(by, first)) } : {}),
    ...(r
      ? { rising: r.map(([edition, paper, votes, gained]) => ({ edition, paper, votes, gained })) }
      : {}),
    ...(s ? { risen: s } : {}),
    ...(a ? { amended: a.map(unpackAmended) } : {}),
    ...(l !== undefined ? { leftOut: l } : {}),
    ...(n !== undefined ? { note: n } : {}),
    ...(c !== undefined ? { correction: c } : {}),
    ...(t ? { isTest: true } : {}),
    ...(i ? { items: i.map(unpackItem) } : {}),
    ...(j ? { moreItems: j } : {}),
    ...(d !== undefined ? { date: d } : {}),
    ...(m ? { inCircle: true } : {}),
    ...(k ? { kept: unpackKept(k) } : {}),
  };
}

/** What stands behind the choices; empty where nothing does. */
function packMore(content: DigestContent, first: number): string {
  const { hidden = [], rising, risen, amended, leftOut, note, correction, isTest } = content;
  const { items, moreItems, date, inCircle, kept } = content;
  const isMore =
    rising || risen || amended || leftOut || note !== undefined || correction !== undefined;
  const isOwn = items || date || inCircle || kept;
  if (hidden.length === 0 && !isMore && !isTest && !isOwn) return '';
  const more: More = {
    ...(hidden.length > 0 ? { h: packHidden(hidden, first) } : {}),
    ...(rising
      ? {
          r: rising.map(
            ({ edition, paper, votes, gained }) => [edition, paper, votes, gained] as const,
          ),
        }
      : {}),
    ...(risen ? { s: risen } : {}),
    ...(amended ? { a: amended.map(packAmended) } : {}),
    ...(leftOut ? { l: leftOut } : {}),
    ...(note !== undefined ? { n: note } : {}),
    ...(correction !== undefined ? { c: correction } : {}),
    ...(isTest ? { t: 1 as const } : {}),
    ...(items ? { i: items.map(packItem) } : {}),
    ...(moreItems ? { j: moreItems } : {}),
    ...(date !== undefined ? { d: date } : {}),
    ...(inCircle ? { m: 1 as const } : {}),
    ...(kept ? { k: packKept(kept) } : {}),
  };
  return JSON.stringify(more);
}

type PackedKept = NonNullable<More['k']>;

function packKept({ count, papers }: KeptWeek): PackedKept {
  return [
    count,
    ...papers.map(({ paper, title, link }) =>
      link === undefined ? ([paper, title] as const) : ([paper, title, link] as const),
    ),
  ];
}

function unpackKept([count, ...papers]: PackedKept): KeptWeek {
  return {
    count,
    papers: papers.map(([paper, title, link]) => ({ paper, title, ...(link ? { link } : {}) })),
  };
}

type PackedAmended = NonNullable<More['a']>[number];

function packAmended({ paper, kind, title, said, link }: AmendedPaper): PackedAmended {
  const packed = [paper, kind === 'retraction' ? 'r' : 'c', title, said] as const;
  return link === undefined ? packed : [...packed, link];
}

function unpackAmended([paper, kind, title, said, link]: PackedAmended): AmendedPaper {
  const unpacked = {
    paper,
    kind: kind === 'r' ? 'retraction' : 'correction',
    title,
    said,
  } as const;
  return link === undefined ? unpacked : { ...unpacked, link };
}

function packHidden(hidden: readonly HiddenPaper[], first: number): [string, ...number[]][] {
  const byWord = new Map<string, [string, ...number[]]>();
  for (const { paper, word } of hidden) {
    const by = byWord.get(word) ?? [word];
    by.push(paper - first);
    byWord.set(word, by);
  }
  return [...byWord.values()];
}

function unpackHidden([word, ...papers]: readonly [string, ...number[]], first: number) {
  return papers.map((paper) => ({ paper: first + paper, word }));
}

const marks = { outside: 'o', picked: 'k' } as const;
const OUTSIDE: Json = marks.outside;
const PICKED: Json = marks.picked;

function packChoice({ paper, reason, place, by }: Choice, first: number): string {
  const isNamed = typeof reason !== 'string' && reason.some(({ code }) => code === 'authors');
  let packed = `${paper - first}`;
  if (place === 'outside' || place === 'picked') packed += `,"${marks[place]}"`;
  if (place === 'followed' && !isNamed) packed += ',"w"';
  if (by && !isNamed) packed += `,"b",${JSON.stringify(by)}`;
  if (typeof reason !== 'string') for (const part of reason) packed += packPart(part);
  else if (reason !== '') packed += `,"x",${JSON.stringify(reason)}`;
  return packed;
}

function packPart(part: ReasonPart): string {
  switch (part.code) {
    case 'topics':
      return `,"t",${JSON.stringify(part.names)}`;
    case 'near':
      return `,"n",${JSON.stringify(part.names)}`;
    case 'field':
      return `,"f",${JSON.stringify(part.id)}`;
    case 'library':
      return `,"l",${part.papers}`;
    case 'more':
      return part.like === undefined ? ',"m"' : `,"i",${JSON.stringify(part.like)}`;
    case 'authors':
      return `,"a",${JSON.stringify(part.authors.map(packAuthor))}`;
    case 'popular':
      return ',"p"';
    case 'upvotes':
      return `,"u",${part.votes}`;
    case 'readers':
      return `,"h",${part.votes}`;
    case 'votes':
      return `,"v",${part.votes}`;
    case 'leads':
      return ',"e"';
    case 'group':
      return ',"g"';
  }
}

/** Who is printed as the reader wrote them is said once. */
function packAuthor({ followed, printed, isSure }: NamedAuthor): Json[] {
  const names = followed === printed ? [followed] : [followed, printed];
  return [isSure ? 1 : 0, ...names];
}

function unpackAuthor(packed: Json): NamedAuthor {
  const [isSure, followed, printed = followed] = packed as readonly [number, string, string?];
  return { followed, printed, isSure: isSure === 1 };
}

/** Reads the values of a code; what comes back is what they say. */
const codes: Readonly<Record<string, (next: () => Json) => ReasonPart>> = {
  t: (next) => ({ code: 'topics', names: next() as readonly string[] }),
  f: (next) => ({ code: 'field', id: next() as string }),
  l: (next) => ({ code: 'library', papers: next() as number }),
  n: (next) => ({ code: 'near', names: next() as readonly string[] }),
  m: () => ({ code: 'more' }),
  i: (next) => ({ code: 'more', like: next() as string }),
  a: (next) => ({ code: 'authors', authors: (next() as readonly Json[]).map(unpackAuthor) }),
  p: () => ({ code: 'popular' }),
  u: (next) => ({ code: 'upvotes', votes: next() as number }),
  h: (next) => ({ code: 'readers', votes: next() as number }),
  v: (next) => ({ code: 'votes', votes: next() as number }),
  e: () => ({ code: 'leads' }),
  g: () => ({ code: 'group' }),
};

function unpackChoice([paper, ...rest]: readonly Json[], first: number): Choice {
  const parts: ReasonPart[] = [];
  let words: string | undefined;
  let place: Choice['place'];
  let by: readonly string[] | undefined;
  const left = [...rest];
  const next = () => left.shift() ?? '';
  while (left.length > 0) {
    const code = next();
    if (code === OUTSIDE) place = 'outside';
    else if (code === PICKED) place = 'picked';
    else if (code === 'w') place = 'followed';
    else if (code === 'b') by = next() as readonly string[];
    else if (code === 'x') words = next() as string;
    else parts.push(unpackPart(String(code), next));
  }
  const authors = parts.find((part) => part.code === 'authors');
  if (authors) {
    place ??= 'followed';
    by ??= authors.authors.map(({ printed }) => printed);
  }
  return {
    paper: first + (paper as number),
    reason: words ?? parts,
    ...(place ? { place } : {}),
    ...(by ? { by } : {}),
  };
}

function unpackPart(code: string, next: () => Json): ReasonPart {
  const read = codes[code];
  if (!read) throw new Error(`a reason has the code "${code}", which this version does not know`);
  return read(next);
}
